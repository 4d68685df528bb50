/** `logonscope explain`: one session told in full, down to its raw events. */
import { eventToContract, type LogonSession, orderEvents, sessionToContract } from '@logonscope/core';
import { eventTable, findWriter } from '@logonscope/writers';
import { type Command, INPUTS, type Invocation } from '../command.ts';
import { CannotRun } from '../exit-status.ts';
import { eventsOf, explainSession } from '../explanation.ts';
import { ledgerOf } from '../ledger-json.ts';
import { COUNTING, READING, WRITING } from '../options.ts';
import { chooseOutput, type Output } from '../output.ts';
import { finish, type ReadSessions, readSessions } from '../reading.ts';
import { isJson, writeLines, writeTable, writeValues } from '../show.ts';
import { tellingOptions } from '../telling.ts';

export const explain: Command = {
  name: 'explain',
  summary: 'one session in full: ledger, bounds, findings, raw events',
  description: [
    'Tells how the use time of a session came about: what was taken off, by which records, how sure both ends are, what does not add up, and every event of the session.',
    'The session is named by the id that sessions prints (--format json or csv), or by its first characters.',
  ],
  operands: [{ name: 'session', doc: 'id of a session, or enough of its beginning' }, INPUTS],
  options: [...READING, ...COUNTING, ...WRITING],
  examples: [{ line: 'logonscope explain 7f3a91 Security.evtx System.evtx', shows: 'the whole story' }],
  async run(invocation) {
    const output = chooseOutput(invocation.options, invocation.terminal);
    const read = await readSessions(invocation, { everything: true });
    const session = findSession(read.sessions, invocation.operands.session!);
    const events = orderEvents(eventsOf(session, read.events));
    if (isJson(output)) {
      const value = {
        ...sessionToContract(session),
        ledger: ledgerOf(session),
        evidence: events.map(eventToContract),
      };
      await writeValues(output, [value]);
    } else await tell(invocation, output, read, session);
    return finish(invocation, read);
  },
};

async function tell(
  { terminal }: Invocation,
  output: Output,
  { events, settings }: ReadSessions,
  session: LogonSession,
): Promise<void> {
  const { timezone } = settings;
  const raw = eventTable(orderEvents(eventsOf(session, events)), {
    timezone,
    narrow: findWriter(output.format)?.narrow ?? false,
  });
  if (output.format !== 'table') return writeTable(output, raw, terminal);
  const story = explainSession(session, tellingOptions(timezone));
  await output.write(async (sink) => {
    const whole: Output = { ...output, write: async (work) => work(sink) };
    await writeLines(whole, [...story, '']);
    await writeTable(whole, raw, terminal);
  });
}

/** The session whose id begins like this; says what to do if there is none or more than one. */
function findSession(sessions: readonly LogonSession[], id: string): LogonSession {
  const found = sessions.filter((session) => session.id.startsWith(id.toLowerCase()));
  if (found.length === 1) return found[0]!;
  const exact = found.find((session) => session.id === id);
  if (exact !== undefined) return exact;
  const reason =
    found.length === 0
      ? `no session has this id; logonscope sessions … --format csv lists them`
      : `${found.length} sessions begin like this; give more of the id`;
  throw new CannotRun([`${id}: ${reason}`]);
}
