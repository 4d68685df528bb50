/** `logonscope who` and `logonscope where`: who was on a computer, and where a user was, at one moment. */
import { type Presence, sessionToContract, whereWas, whoWasOn } from '@logonscope/core';
import { type ObjectColumns, tableFromObjects } from '@logonscope/writers';
import { type Command, INPUTS, type Invocation } from '../command.ts';
import type { ExitStatus } from '../exit-status.ts';
import { COUNTING, READING, WRITING } from '../options.ts';
import { chooseOutput } from '../output.ts';
import { finish, type ReadSessions, readSessions } from '../reading.ts';
import { includesKind } from '../select.ts';
import { isJson, writeTable, writeValues } from '../show.ts';
import { accountName } from '../words.ts';

const CERTAINTY =
  'Surely: within the certain part of the session. Possibly: only between its outer bounds, as its start or end was not recorded.';

// biome-ignore format: a table
const COLUMNS: ObjectColumns<Presence> = {
  computer:  { title: 'Computer', value: ({ session }) => session.computer },
  account:   { title: 'User', value: ({ session }) => accountName(session) },
  certainty: { title: 'Certainty', value: ({ certainty }) => certainty },
  state:     { title: 'State', value: ({ state }) => state },
  since:     { title: 'Since', unit: 'instant', value: ({ since }) => since },
  kind:      { title: 'Kind', value: ({ session }) => session.kind },
  start:     { title: 'Start', unit: 'instant', value: ({ session }) => session.start },
  end:       { title: 'End', unit: 'instant', value: ({ session }) => session.end },
  endBy:     { title: 'End by', value: ({ session }) => session.endBy },
  session:   { title: 'Session', value: ({ session }) => session.id },
};

export const who: Command = {
  name: 'who',
  summary: 'who was on a computer at a moment',
  description: [
    'Names the sessions on a computer at a moment, what they were doing, and how sure that is.',
    CERTAINTY,
  ],
  operands: [{ name: 'computer', doc: 'name of the computer' }, INPUTS],
  options: ['at', 'include', ...READING, ...COUNTING, ...WRITING],
  required: ['at'],
  examples: [
    {
      line: 'logonscope who PC-0012 --at 2025-11-03T14:30 logs/',
      shows: 'who sat there on Monday at half past two',
    },
  ],
  run: (invocation) =>
    answer(invocation, `Who was on ${invocation.operands.computer}`, (sessions, at) =>
      whoWasOn(sessions, invocation.operands.computer!, at),
    ),
};

export const where: Command = {
  name: 'where',
  summary: 'where a user was at a moment',
  description: [
    'Names the sessions of a user on all computers at a moment, and how sure that is.',
    CERTAINTY,
  ],
  operands: [{ name: 'user', doc: 'alice, CORP\\alice, alice@corp or a SID' }, INPUTS],
  options: ['at', 'include', ...READING, ...COUNTING, ...WRITING],
  required: ['at'],
  examples: [
    {
      line: "logonscope where 'CORP\\alice' --at 2025-11-03T14:30 logs/",
      shows: 'every computer she was on',
    },
  ],
  run: (invocation) =>
    answer(invocation, `Where ${invocation.operands.user} was`, (sessions, at) =>
      whereWas(sessions, invocation.operands.user!, at),
    ),
};

async function answer(
  invocation: Invocation,
  title: string,
  ask: (sessions: ReadSessions['sessions'], at: number) => Presence[],
): Promise<ExitStatus> {
  const output = chooseOutput(invocation.options, invocation.terminal);
  const read = await readSessions(invocation);
  const { settings } = read;
  const at = settings.at!;
  const shown = read.sessions.filter((session) => includesKind(settings.selection, session.kind));
  const presences = ask(shown, at);
  if (isJson(output)) await writeValues(output, presences.map(toValue));
  else {
    const { timezone } = settings;
    const table = { title, note: CERTAINTY, timezone, columns: COLUMNS, objects: presences };
    await writeTable(output, tableFromObjects(table), invocation.terminal);
  }
  return finish(invocation, read);
}

function toValue({ session, state, reasons, certainty, since }: Presence) {
  const sinceText = since === null ? null : new Date(since).toISOString();
  return { certainty, state, reasons, since: sinceText, session: sessionToContract(session) };
}
