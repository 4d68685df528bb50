/** `logonscope import-winauthmon`: an original installation moves in, with its people, keys and events. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { CONFIG_FLAG, importWinauthmon, type MoveProblem } from '@logonscope/server';
import { visible } from '@logonscope/writers';
import type { Command } from '../command.ts';
import { CannotRun, CLEAN, WITH_PROBLEMS } from '../exit-status.ts';
import type { OptionDefinition } from '../options.ts';
import { timezone } from '../parse-value.ts';

/** More would push the counts out of sight. */
const SHOWN = 20;
const COLUMNS = [
  ['added', 'taken over'],
  ['known', 'there already'],
  ['leftOut', 'left out'],
] as const;

const place = (flags: string, doc: string, completesFiles: boolean): OptionDefinition<unknown> => ({
  ...{ flags, doc, group: 'Server', parse: (text: string) => ({ value: text }) },
  ...(completesFiles && { completesFiles: true as const }),
});

const TIMEZONE: OptionDefinition<unknown> = {
  flags: '--timezone <zone>',
  doc: 'TIMEZONE of the original server, whose times carry none (default: of the config.ini, else Europe/London)',
  group: 'Reading',
  parse: timezone,
};

export const importWinauthmonCommand: Command = {
  name: 'import-winauthmon',
  summary: 'take over a winauthmon-server with its people, keys and events',
  description: [
    'Reads the database of a winauthmon-server and changes nothing in it. Companies, sites, users, memberships, keys, settings and events move into the store that --database names: people sign in with their passwords, agents go on with their keys, sessions are computed from the events.',
    'What is there already is left alone, so it can be run again to fetch what came in between. Whatever could not be taken over as it stood is told with its table, row and field. Stop our own server first if its store is SQLite.',
  ],
  operands: [{ name: 'from', doc: 'the SQLite file (instance/database.db), or a postgresql:// address' }],
  options: ['quiet', 'problems'],
  ownFlags: [
    TIMEZONE,
    place(`${CONFIG_FLAG} <path>`, 'The config.ini to read (default: config.ini of this folder)', true),
    place('--database <url>', 'The store to move into (default sqlite:///logonscope.db)', false),
    place('--instance <path>', 'Folder of the embedded database and the secret key (default instance)', true),
  ],
  examples: [
    {
      line: 'logonscope import-winauthmon /srv/winauthmon/instance/database.db --timezone Europe/London',
      shows: 'into the embedded database',
    },
    {
      line: 'logonscope import-winauthmon postgresql://reader@db.example.org/winauthmon --problems left.jsonl',
      shows: 'from PostgreSQL; everything that is not as it was, as lines of JSON',
    },
  ],
  async run({ operands, ownFlags, options, terminal }) {
    const told = collect(options.problems);
    try {
      const { counts, timezone: zone } = await importWinauthmon({
        ...{ from: operands.from!, argv: ownFlags, env: process.env, folder: process.cwd() },
        tell: told.add,
      });
      terminal.writeOut(
        new TextEncoder().encode(`${countLines(counts).join('\n')}\nTimes read in ${zone}.\n`),
      );
      if (!options.quiet)
        terminal.writeError(
          told
            .lines()
            .map((line) => `${line}\n`)
            .join(''),
        );
      return told.count() === 0 ? CLEAN : WITH_PROBLEMS;
    } catch (error) {
      throw new CannotRun([error instanceof Error ? error.message : String(error)]);
    } finally {
      told.close();
    }
  },
};

/** Keeps the first problems for people; writes all of them, as they come, to the file that was named. */
function collect(file: string | undefined) {
  const descriptor = file === undefined ? null : openSync(file, 'w');
  const first: MoveProblem[] = [];
  let count = 0;
  return {
    add(problem: MoveProblem) {
      count++;
      if (first.length < SHOWN) first.push(problem);
      if (descriptor !== null) writeSync(descriptor, `${JSON.stringify(problem)}\n`);
    },
    count: () => count,
    lines(): string[] {
      const rest = count - first.length;
      const more = rest === 0 ? [] : [`… and ${rest} more (all of them with --problems FILE)`];
      return [...first.map(lineOf), ...more];
    },
    close: () => descriptor !== null && closeSync(descriptor),
  };
}

/** `api_logs, row 17   left out   timestamp: found "soon", expected a time like 2026-03-01 08:00:00`. */
function lineOf({ table, row, field, found, expected, outcome }: MoveProblem): string {
  const where = row === null ? table : `${table}, row ${row}`;
  const what = outcome === 'left-out' ? 'left out' : 'changed';
  const seen = found === null ? '' : `found ${JSON.stringify(found)}, `;
  return visible(`${where}   ${what}   ${field === null ? '' : `${field}: `}${seen}expected ${expected}`);
}

type Counts = Awaited<ReturnType<typeof importWinauthmon>>['counts'];

function countLines(counts: Counts): string[] {
  const names = Object.keys(counts);
  const widest = Math.max(0, ...names.map((name) => name.length));
  const head = [' '.repeat(widest), ...COLUMNS.map(([, title]) => title.padStart(14))].join('');
  const row = (name: string) =>
    [name.padEnd(widest), ...COLUMNS.map(([column]) => String(counts[name]![column]).padStart(14))].join('');
  return [head, ...names.map(row)];
}
