/** `logonscope sessions`: who was logged on where, from when to when, and how long in use. */
import { type LogonSession, sessionToContract } from '@logonscope/core';
import { findWriter, sessionTable } from '@logonscope/writers';
import { type Command, INPUTS } from '../command.ts';
import { explainSession } from '../explanation.ts';
import { ledgerOf } from '../ledger-json.ts';
import { CHOOSING, COUNTING, READING, WRITING } from '../options.ts';
import { chooseOutput } from '../output.ts';
import { finish, readSessions } from '../reading.ts';
import { selectSessions } from '../select.ts';
import { isJson, writeLines, writeTable, writeValues } from '../show.ts';
import { tellingOptions } from '../telling.ts';

export const sessions: Command = {
  name: 'sessions',
  summary: 'logon sessions with use time',
  description: [
    'Reads Windows event logs and prints one row per logon session: who, where, from when to when, how it ended, how long it lasted and how much of that was use (session time without locked, disconnected, screen saver, asleep and paused time, overlaps counted once).',
    'Sessions of people are shown; --include adds network, service and system logons.',
  ],
  operands: [INPUTS],
  options: [...READING, ...CHOOSING, 'include', ...COUNTING, ...WRITING, 'explain'],
  examples: [
    { line: 'logonscope sessions Security.evtx System.evtx', shows: 'the sessions of one computer' },
    {
      line: 'logonscope sessions logs/ --user alice --from 2025-11-01 --to 2025-11-30 -o alice.xlsx',
      shows: "one person's November, from a folder of many computers, as a spreadsheet",
    },
    {
      line: 'logonscope sessions user_activity_logs.csv --timezone Europe/London --format json',
      shows: 'a collector file, whose times carry no zone',
    },
    {
      line: 'logonscope sessions Security.evtx --screensaver-delay 10m --explain',
      shows: 'every session with its ledger',
    },
  ],
  async run(invocation) {
    const { options, terminal } = invocation;
    const output = chooseOutput(options, terminal);
    const read = await readSessions(invocation);
    const { selection, timezone } = read.settings;
    const selected = selectSessions(read.sessions, selection);
    const explain = options.explain ?? false;
    if (isJson(output)) await writeValues(output, contracts(selected, explain));
    else if (explain && output.format === 'table') await writeLines(output, stories(selected, timezone));
    else {
      const table = sessionTable(selected, { timezone, narrow: findWriter(output.format)?.narrow ?? false });
      await writeTable(output, table, terminal);
    }
    return finish(invocation, read);
  },
};

/** The contract of spec 9; with the ledger added nothing of it changes. */
function* contracts(selected: readonly LogonSession[], explain: boolean) {
  for (const session of selected) {
    const contract = sessionToContract(session);
    yield explain ? { ...contract, ledger: ledgerOf(session) } : contract;
  }
}

function* stories(selected: readonly LogonSession[], timezone: string) {
  const options = tellingOptions(timezone);
  for (const session of selected) yield* [...explainSession(session, options), ''];
}
