/** `logonscope overlaps`: who else was logged on while a user was. */
import { type Overlap, overlaps, sessionToContract } from '@logonscope/core';
import { type ObjectColumns, tableFromObjects } from '@logonscope/writers';
import { type Command, INPUTS } from '../command.ts';
import { COUNTING, READING, WRITING } from '../options.ts';
import { chooseOutput } from '../output.ts';
import { finish, readSessions } from '../reading.ts';
import { isJson, writeTable, writeValues } from '../show.ts';
import { accountName } from '../words.ts';

// biome-ignore format: a table
const COLUMNS: ObjectColumns<Overlap> = {
  account:       { title: 'Other user', value: (o) => o.account },
  computer:      { title: 'Computer', value: (o) => o.session.computer },
  otherComputer: { title: 'Their computer', value: (o) => o.otherSession.computer },
  from:          { title: 'From', unit: 'instant', value: (o) => o.from },
  to:            { title: 'To', unit: 'instant', value: (o) => o.to },
  overlap:       { title: 'Together', unit: 'duration', value: (o) => o.overlapMs },
  bothInUse:     { title: 'Both in use', unit: 'duration', value: (o) => o.bothInUseMs },
  user:          { title: 'User', value: (o) => accountName(o.session) },
  session:       { title: 'Session', value: (o) => o.session.id },
  otherSession:  { title: 'Their session', value: (o) => o.otherSession.id },
};

export const overlapsCommand: Command = {
  name: 'overlaps',
  summary: 'who else was logged on at the same time',
  description: [
    'Lists the sessions of other people that overlapped with those of a user on the same computer, or with --anywhere on any.',
  ],
  operands: [{ name: 'user', doc: 'alice, CORP\\alice, alice@corp or a SID' }, INPUTS],
  options: ['anywhere', 'from', 'to', 'dayStart', 'limit', ...READING, ...COUNTING, ...WRITING],
  examples: [
    { line: 'logonscope overlaps alice logs/', shows: 'who shared a computer with alice' },
    {
      line: 'logonscope overlaps alice --anywhere --from 2025-11-03 --to 2025-11-03 logs/',
      shows: 'who was at work while she was, on one day',
    },
  ],
  async run(invocation) {
    const output = chooseOutput(invocation.options, invocation.terminal);
    const read = await readSessions(invocation);
    const { selection, timezone } = read.settings;
    const found = overlaps(read.sessions, invocation.operands.user!, {
      anywhere: invocation.options.anywhere ?? false,
      ...(selection.from !== null && { from: selection.from }),
      ...(selection.to !== null && { to: selection.to }),
    }).slice(0, selection.limit ?? undefined);
    if (isJson(output)) await writeValues(output, found.map(toValue));
    else {
      const title = `Together with ${invocation.operands.user}`;
      const table = tableFromObjects({ title, timezone, columns: COLUMNS, objects: found });
      await writeTable(output, table, invocation.terminal);
    }
    return finish(invocation, read);
  },
};

function toValue({ account, session, otherSession, from, to, overlapMs, bothInUseMs }: Overlap) {
  return {
    account,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    overlapSeconds: overlapMs / 1_000,
    bothInUseSeconds: bothInUseMs / 1_000,
    session: sessionToContract(session),
    otherSession: sessionToContract(otherSession),
  };
}
