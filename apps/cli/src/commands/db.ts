/** `logonscope db`: the database of an installation, looked after from the command line. */
import type { Command } from '../command.ts';
import { CannotRun, type ExitStatus } from '../exit-status.ts';
import type { OptionDefinition } from '../options.ts';
import { text } from '../parse-value.ts';
import { PLACE_FLAGS, partFlags, settingsOf } from '../server-flags.ts';
import {
  backUpDatabase,
  checkDatabase,
  copyDatabase,
  type DbWork,
  migrateDatabase,
  rebuildDatabase,
  restoreDatabase,
} from './db-actions.ts';

interface Action {
  run(work: DbWork): Promise<ExitStatus>;
  /** What it is about besides the database: a file, an address, a company. */
  readonly needs: readonly Detail[];
  readonly takes?: readonly Detail[];
}
type Detail = keyof typeof DETAILS;

const DETAILS = { file: '<file>', to: '--to <url>', company: '--company <name>' } as const;

const ACTIONS: Readonly<Record<string, Action>> = {
  migrate: { run: migrateDatabase, needs: [] },
  check: { run: checkDatabase, needs: [] },
  copy: { run: copyDatabase, needs: ['to'] },
  backup: { run: backUpDatabase, needs: ['file'] },
  restore: { run: restoreDatabase, needs: ['file'] },
  rebuild: { run: rebuildDatabase, needs: [], takes: ['company'] },
};

const TO: OptionDefinition<unknown> = {
  flags: '--to <url>',
  doc: 'with db copy: address of the database to copy to, which must be empty; a relative file of sqlite:/// lies in this folder',
  group: 'Server',
  parse: text('an address such as postgresql://logonscope@db.example.org/logonscope'),
};
const COMPANY: OptionDefinition<unknown> = {
  flags: '--company <name>',
  doc: 'with db rebuild: only this company',
  group: 'Server',
  parse: text('the name of a company'),
};

export const dbCommand: Command = {
  name: 'db',
  summary: 'migrate, check, copy, back up, restore or rebuild the database of a server',
  description: [
    'Works on the database that logonscope serve would open with the same settings: config.ini, the environment, or --database and --instance.',
    'migrate brings the schema up to date. check reads everything, changes nothing and ends with 1 if something is wrong. copy moves the whole installation to another database of any kind and prints rows and a checksum for each table; what arrived is read again and compared. backup writes one file, whatever the database; restore fills a database from it that is empty. rebuild makes all sessions anew from their events and prints what differed.',
    'check and backup can run beside a server. Stop it before copy and restore: what arrives meanwhile would stay behind.',
  ],
  operands: [
    { name: 'action', doc: 'what to do', choices: () => Object.keys(ACTIONS) },
    { name: 'file', doc: 'with backup and restore: the file to write or to read', optional: true },
  ],
  options: [],
  ownFlags: [TO, COMPANY, ...PLACE_FLAGS],
  examples: [
    {
      line: 'logonscope db backup /backup/logonscope-monday.db',
      shows: 'everything in one file, while the server runs',
    },
    {
      line: 'logonscope db restore /backup/logonscope-monday.db --instance restored',
      shows: 'into a new folder',
    },
    { line: 'logonscope db check', shows: 'whether events, totals and sessions still agree' },
    {
      line: 'logonscope db copy --to postgresql://logonscope@db.example.org/logonscope',
      shows: 'from the embedded database to PostgreSQL',
    },
    { line: 'logonscope db rebuild --company "My company"', shows: "one company's sessions anew" },
  ],
  async run({ operands, ownFlags, terminal }) {
    const { own, server } = partFlags(ownFlags, ['--to', '--company']);
    const name = operands.action!;
    const given = { file: operands.file, to: own['--to'], company: own['--company'] };
    const action = ACTIONS[name]!;
    const wrong = wrongDetails(name, action, given);
    if (wrong.length > 0) throw new CannotRun([...wrong, 'see: logonscope db --help']);
    const { file = '', to = '', company = null } = given;
    return action.run({ settings: settingsOf(server), file, to, company, terminal });
  },
};

function wrongDetails(
  name: string,
  { needs, takes = [] }: Action,
  given: Readonly<Record<Detail, string | undefined>>,
): string[] {
  const missing = needs.filter((detail) => given[detail] === undefined);
  const details = Object.keys(DETAILS) as Detail[];
  const idle = details.filter(
    (detail) => given[detail] !== undefined && ![...needs, ...takes].includes(detail),
  );
  return [
    ...missing.map((detail) => `db ${name}: ${DETAILS[detail]} is needed`),
    ...idle.map((detail) => `db ${name}: takes no ${DETAILS[detail]}`),
  ];
}
