/** One session explained: its ledger, and the events of its computer that tell of it. */
import type { LogonSession, SessionEvent, Signal } from '@logonscope/core';
import { eventOfBody, sessionOfBody } from '../../db/index.ts';
import { eventToWire } from '../../questions/event-wire.ts';
import type { Source } from '../../questions/source.ts';
import { explainedToWire } from './wire.ts';

/** Signs written a little before the logon or after the end belong to the story. */
const AROUND_MS = 60_000;
/** Of a session of months the first events are told; the list says how far it goes by its last. */
const TOLD_MAX = 2_000;

/** What happens to a computer happens to everybody on it. */
const OF_THE_COMPUTER: ReadonlySet<Signal> = new Set([
  'crash',
  'boot',
  'resume',
  'wake',
  'clockChange',
  'sleep',
  'shutdown',
  'logCleared',
  'auditChanged',
  'eventsLost',
]);

/** A session with all it rests on; null if the company has none of that id. */
export async function explainSession({ scope, limit }: Source, companyId: number, id: string) {
  const row = await scope
    .sessions()
    .innerJoin('computers', (join) =>
      join
        .onRef('computers.company_id', '=', 'sessions.company_id')
        .onRef('computers.id', '=', 'sessions.computer_id'),
    )
    .select(['sessions.computer_id', 'sessions.body', 'sessions.kept_since', 'computers.as_of'])
    .where('sessions.company_id', '=', companyId)
    .where('sessions.id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return null;
  const session = sessionOfBody(row.body, row.as_of);
  const events = await scope
    .events()
    .select(['events.computer_id', 'events.time', 'events.hash', 'events.body'])
    .where('events.company_id', '=', companyId)
    .where('events.computer_id', '=', row.computer_id)
    .where('events.time', '>=', (session.startEarliest ?? session.start) - AROUND_MS)
    .where('events.time', '<=', (session.endLatest ?? session.end ?? session.asOf) + AROUND_MS)
    .orderBy('events.time')
    .orderBy('events.hash')
    .modifyEnd(limit(TOLD_MAX))
    .execute();
  const concerns = concerning(session);
  const told = events.flatMap((event) => {
    const read = eventOfBody(event.body);
    return concerns(read) ? [eventToWire(event, read)] : [];
  });
  const kept = row.kept_since === null ? {} : { keptSince: new Date(row.kept_since).toISOString() };
  return { ...explainedToWire(session), told, ...kept };
}

/** Events that name the session's logons, its terminal or its evidence, or that concern the whole computer. */
function concerning(session: LogonSession): (event: SessionEvent) => boolean {
  const logonIds = new Set([...session.logonIds, ...session.aliasLogonIds]);
  const named = new Set(
    [
      session.startEvidence,
      session.endEvidence,
      ...session.ledger.flatMap(({ evidence }) => evidence),
    ].filter((evidence) => evidence !== null),
  );
  const isAccount = (event: SessionEvent) =>
    event.logonId === null && event.user?.toLowerCase() === session.user.toLowerCase();
  return (event) =>
    (event.logonId !== null && logonIds.has(event.logonId)) ||
    (event.linkedLogonId !== null && logonIds.has(event.linkedLogonId)) ||
    (event.recordId !== null && named.has(`${event.channel}:${event.recordId}`)) ||
    isAccount(event) ||
    OF_THE_COMPUTER.has(event.signal);
}
