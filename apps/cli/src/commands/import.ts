/** `logonscope import`: log files into the store of a server. */
import type { Problem } from '@logonscope/core';
import { visible } from '@logonscope/writers';
import { type Command, INPUTS } from '../command.ts';
import { CannotRun, type ExitStatus } from '../exit-status.ts';
import { expandInputs, type Input } from '../inputs.ts';
import type { OptionDefinition } from '../options.ts';
import { text, timezone } from '../parse-value.ts';
import { UNREADABLE } from '../read-log.ts';
import { finish, LOG_EXTENSIONS, strangersLine, withoutStrangers } from '../reading.ts';
import { PLACE_FLAGS, partFlags, settingsOf } from '../server-flags.ts';
import { counted, type Maintenance, type Store, say, withInstallation } from '../store-work.ts';
import type { Terminal } from '../terminal.ts';

const COMPANY: OptionDefinition<unknown> = {
  flags: '--company <name>',
  doc: 'with import: the company whose computers the files are of',
  group: 'Server',
  parse: text('the name of a company'),
};
const SITE: OptionDefinition<unknown> = {
  flags: '--site <name>',
  doc: 'with import: the site of the company that they are of (default: none)',
  group: 'Server',
  parse: text('the name of a site'),
};

const TIMEZONE: OptionDefinition<unknown> = {
  flags: '--timezone <zone>',
  doc: 'with import: IANA zone of times that name none (default: TIMEZONE of the server, with a warning)',
  group: 'Reading',
  parse: timezone,
};

export const importCommand: Command = {
  name: 'import',
  summary: 'load log files into the database of a server',
  description: [
    'Reads log files of any known format and stores their events for a company, as an upload to the server does; sessions follow at once. Files that were imported before are known and change nothing.',
    'Works on the database that logonscope serve would open with the same settings, also while it runs. For each file it prints what was stored, what was known already and how much could not be read.',
  ],
  operands: [{ ...INPUTS, name: 'files', doc: 'files, folders (with all below) or globs' }],
  options: ['quiet', 'problems'],
  ownFlags: [TIMEZONE, COMPANY, SITE, ...PLACE_FLAGS],
  examples: [
    {
      line: 'logonscope import Security.evtx System.evtx --company "My company"',
      shows: 'the logs of one computer',
    },
    {
      line: 'logonscope import old-logs/ --company "My company" --site HO --timezone Europe/London',
      shows: 'a folder of collector files, whose times carry no zone',
    },
  ],
  async run(invocation): Promise<ExitStatus> {
    const { inputs: words, options, ownFlags, terminal } = invocation;
    const { own, server } = partFlags(ownFlags, ['--timezone', '--company', '--site']);
    const { inputs, missing } = filesOf(words);
    const company = own['--company'];
    if (company === undefined) throw new CannotRun(['--company <name> is needed: whose events they are']);
    const settings = settingsOf(server);
    const done = await withInstallation(settings, 'change', async (store, maintenance) => {
      const { id: companyId } = await maintenance.companyNamed(store, company);
      const site = own['--site'];
      const siteId = site === undefined ? null : (await maintenance.siteNamed(store, companyId, site)).id;
      const zones = { timezone: own['--timezone'] ?? null, assumedTimezone: settings.timezone };
      return importEach(inputs, { store, maintenance, terminal, companyId, siteId, ...zones });
    });
    const { problems, strangers } = withoutStrangers([...missing, ...done.problems], inputs);
    if (strangers.length > 0 && !options.quiet) terminal.writeError(`${strangersLine(strangers)}\n`);
    return finish(invocation, { problems, events: { length: done.eventsRead } });
  },
};

/** The files that were typed; throws where there is none. Nothing can be read twice from standard input. */
function filesOf(words: readonly string[]): { inputs: readonly Input[]; missing: readonly Problem[] } {
  const { inputs, missing } = expandInputs(words, LOG_EXTENSIONS);
  if (inputs.some(({ path }) => path === null))
    throw new CannotRun(['-: import reads files, not standard input']);
  if (inputs.length === 0) throw new CannotRun(missing);
  const lost = missing.map((reason): Problem => {
    const colon = reason.lastIndexOf(': ');
    const at = { file: reason.slice(0, colon) };
    return { code: UNREADABLE, at, field: null, message: reason.slice(colon + 2) };
  });
  return { inputs, missing: lost };
}

interface Around {
  readonly store: Store;
  readonly maintenance: Maintenance;
  readonly terminal: Terminal;
  readonly companyId: number;
  readonly siteId: number | null;
  readonly timezone: string | null;
  readonly assumedTimezone: string;
}

/** Imports one file after the other; one that cannot be read does not keep the next from being. */
async function importEach(inputs: readonly Input[], around: Around) {
  const problems: Problem[] = [];
  const total = { eventsRead: 0, eventsStored: 0, eventsKnown: 0 };
  for (const input of inputs) {
    const { counts, found } = await importOne(input, around);
    // Not spread: a damaged file may have more problems than a call takes arguments.
    for (const problem of found) problems.push(problem);
    total.eventsRead += counts.eventsRead;
    total.eventsStored += counts.eventsStored;
    total.eventsKnown += counts.eventsKnown;
    // What a folder holds besides logs is named once, at the end.
    if (withoutStrangers(found, [input]).strangers.length > 0) continue;
    say(around.terminal, `${visible(input.name)}   ${told(counts)}${badly(found.length)}`);
  }
  if (inputs.length > 1) say(around.terminal, `${counted(inputs.length)} files   ${told(total)}`);
  return { problems, eventsRead: total.eventsRead };
}

interface Counts {
  readonly eventsStored: number;
  readonly eventsKnown: number;
}

const told = ({ eventsStored, eventsKnown }: Counts) =>
  `${counted(eventsStored)} events stored, ${counted(eventsKnown)} known already`;

const badly = (problems: number) =>
  problems === 0 ? '' : `, ${counted(problems)} ${problems === 1 ? 'problem' : 'problems'}`;

async function importOne({ path, sizeBytes }: Input, around: Around) {
  const { store, maintenance, companyId, siteId, timezone, assumedTimezone } = around;
  const file = { path: path!, bytes: sizeBytes! };
  let counts = { eventsRead: 0, eventsStored: 0, eventsKnown: 0 };
  try {
    const result = await maintenance.importLocal(store, {
      ...{ ...file, companyId, siteId, timezone, assumedTimezone, now: Date.now },
      progress: (so) => {
        counts = so;
      },
    });
    return { counts: result, found: result.problems };
  } catch (error) {
    const { syscall, message } = error as NodeJS.ErrnoException;
    // A fact about the file; what the store refused ends the command.
    if (syscall !== 'open' && syscall !== 'read') throw error;
    const problem = {
      code: UNREADABLE,
      at: { file: path! },
      field: null,
      message: `cannot be read: ${message}`,
    };
    return { counts, found: [problem] };
  }
}
