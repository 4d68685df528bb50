/** A filter's predicates on events as conditions on their columns. */
import type { Predicate } from '@logonscope/core';
import { type SqlBool, sql } from 'kysely';
import { type Asked, exactly, NOT_ASKED } from './asked.ts';
import type { Places } from './places.ts';
import { askShared } from './shared-predicates.ts';

/** What the database is asked for one predicate of an event. */
export function askEvent(predicate: Predicate, places: Places): Asked {
  switch (predicate.is) {
    case 'eventId':
      return exactly(sql<SqlBool>`${sql.ref('events.event_id')} = ${predicate.id}`);
    case 'signal':
      return exactly(sql<SqlBool>`${sql.ref('events.signal')} = ${predicate.signal}`);
    default:
      return askShared(predicate, 'events', places) ?? NOT_ASKED;
  }
}
