/** All that is held of one person, line by line, one computer's log in memory at a time. */
import { eventToContract, sessionToContract } from '@logonscope/core';
import type { Scope } from '../../access/scope.ts';
import { computersOf, findPersonKeys, readLog } from './person-log.ts';
import { type Person, shareOf } from './whose.ts';

const ACTION = 'person.export';
const DAY_MS = 86_400_000;
const iso = (at: number) => new Date(at).toISOString();

const line = (is: string, fields: object) => `${JSON.stringify({ is, ...fields })}\n`;

/** What there was, told in the last line and in the trail. */
export interface ExportCounts {
  computers: number;
  sessions: number;
  events: number;
}

/** NDJSON; `done` hears the counts once everything was written. The first line is the person, null if nobody is that. */
export async function exportOf(
  scope: Scope,
  companyId: number,
  personId: string,
  done: (counts: ExportCounts) => Promise<void>,
): Promise<AsyncGenerator<string> | null> {
  const person = await findPersonKeys(scope, ACTION, companyId, personId);
  if (person.users.size === 0 && !(await isKnown(scope, companyId, person))) return null;
  return lines(scope, companyId, person, done);
}

async function isKnown(scope: Scope, companyId: number, person: Person): Promise<boolean> {
  return (await computersOf(scope, ACTION, companyId, person)).length > 0;
}

async function* lines(
  scope: Scope,
  companyId: number,
  person: Person,
  done: (counts: ExportCounts) => Promise<void>,
): AsyncGenerator<string> {
  const { id, keys, users } = person;
  yield line('person', { id, accounts: [...keys].sort(), userNames: [...users].sort() });
  const counts: ExportCounts = { computers: 0, sessions: 0, events: 0 };
  const days = new Map<string, { sessions: number; useSeconds: number }>();
  for (const computer of await computersOf(scope, ACTION, companyId, person)) {
    const log = await readLog(scope, ACTION, companyId, computer);
    const { sessions, isEvent } = shareOf(person, log);
    const events = log.events.filter(isEvent);
    if (sessions.length + events.length > 0) counts.computers++;
    for (const session of sessions) {
      yield line('session', { ...sessionToContract(session), ledger: session.ledger });
      const day = iso(Math.floor(session.start / DAY_MS) * DAY_MS).slice(0, 10);
      const sum = days.get(day) ?? { sessions: 0, useSeconds: 0 };
      days.set(day, { sessions: sum.sessions + 1, useSeconds: sum.useSeconds + session.useMs / 1000 });
    }
    for (const { event } of events) yield line('event', eventToContract(event));
    counts.sessions += sessions.length;
    counts.events += events.length;
  }
  for (const day of [...days.keys()].sort()) yield line('day', { day, ...days.get(day)! });
  await done(counts);
  yield line('end', counts);
}
