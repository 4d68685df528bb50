/** Deletes one person's data computer by computer; the trail keeps that it was done, by whom, and how much it was. */
import { createHash } from 'node:crypto';
import { type Acting, entryOf, type Ground } from '../../access/acting.ts';
import { writeAudit } from '../../access/trail/audit.ts';
import type { Store } from '../../db/index.ts';
import { computersOf, findPersonKeys } from './person-log.ts';
import { shareOf } from './whose.ts';

export interface Erased {
  readonly computers: number;
  readonly events: number;
  readonly sessions: number;
}

/**
 * Erases a person. It is written down before anything is deleted, since what fails half-way has deleted something, and
 * with its counts after; erasing again goes on where it stopped and finds nothing once all is gone.
 */
export async function erasePerson(
  ground: Ground & { readonly store: Store },
  { scope, origin }: Acting,
  companyId: number,
  personId: string,
): Promise<Erased> {
  await scope.requireCompany('person.erase', companyId);
  const deed = { target: personMark(companyId, personId), companyId };
  const write = (action: string, detail?: Readonly<Record<string, unknown>>) =>
    writeAudit(
      ground.store,
      entryOf(ground, origin, { ...deed, action, ...(detail === undefined ? {} : { detail }) }),
    );
  await write('person.erase-begin');
  const person = await findPersonKeys(scope, 'person.erase', companyId, personId);
  const erased = { computers: 0, events: 0, sessions: 0 };
  for (const { name } of await computersOf(scope, 'person.erase', companyId, person)) {
    const { events, sessions } = await ground.store.events.forget(companyId, {
      computer: name,
      choose: (log) => shareOf(person, log).isEvent,
      chooseKept: (log) => shareOf(person, log).isSession,
      totals: 'subtract',
      now: ground.clock(),
    });
    if (events > 0 || sessions > 0) erased.computers++;
    erased.events += events;
    erased.sessions += sessions;
  }
  await write('person.erase', erased);
  return erased;
}

/** Who it was, for those who know and ask again; the trail itself names nobody who was to be forgotten. */
export function personMark(companyId: number, personId: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([companyId, personId]))
    .digest('hex');
  return `person:${digest.slice(0, 16)}`;
}
