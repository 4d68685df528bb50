/** A filter's predicates on sessions as conditions on their columns. */
import {
  CERTAINTIES,
  type Certainty,
  certaintyOf,
  END_EVIDENCE,
  type Measure,
  type Predicate,
} from '@logonscope/core';
import { type SqlBool, sql } from 'kysely';
import { ALWAYS, type Asked, atLeast, both, either, exactly, isOneOf, NOT_ASKED } from './asked.ts';
import { fitsPattern } from './like.ts';
import type { Places } from './places.ts';
import { askShared } from './shared-predicates.ts';

const COLUMN_OF: Readonly<Record<Measure, string>> = {
  duration: 'duration_ms',
  use: 'use_ms',
  away: 'away_ms',
  locked: 'locked_ms',
  disconnected: 'disconnected_ms',
  screensaver: 'screensaver_ms',
  asleep: 'asleep_ms',
  loggingOff: 'logging_off_ms',
  paused: 'paused_ms',
};

const column = (name: string) => sql.ref<string | null>(`sessions.${name}`);

/** What the database is asked for one predicate of a session. */
export function askSession(predicate: Predicate, places: Places): Asked {
  switch (predicate.is) {
    case 'type':
      return exactly(
        predicate.kinds.length > 0
          ? isOneOf(column('kind'), predicate.kinds)
          : isOneOf(column('logon_type'), predicate.logonTypes),
      );
    case 'length': {
      const length = column(COLUMN_OF[predicate.of]);
      const first = sql<SqlBool>`${length} ${sql.raw(predicate.op)} ${predicate.ms}`;
      if (predicate.upToMs === null) return exactly(first);
      return exactly(both([first, sql<SqlBool>`${length} <= ${predicate.upToMs}`]));
    }
    case 'certainty':
      return askCertainty(predicate.among);
    case 'firstSeen':
      return exactly(fitsPattern(column('start_by'), predicate.yes ? 'first-seen' : 'logon'));
    case 'end':
      return exactly(fitsPattern(column('end_by'), predicate.by));
    case 'finding':
      return atLeast(fitsPattern(column('findings'), `*${predicate.code}*`));
    case 'elevated':
      return exactly(sql<SqlBool>`${column('elevated')} = ${predicate.yes ? 1 : 0}`);
    default:
      return askShared(predicate, 'sessions', places) ?? NOT_ASKED;
  }
}

/** The pairs of beginning and end that a certainty stands for; made from the core's own function. */
function askCertainty(among: readonly Certainty[]): Asked {
  if (among.length === CERTAINTIES.length) return ALWAYS;
  const pairs = (['logon', 'first-seen'] as const).map((startBy) => {
    const ends = END_EVIDENCE.filter((endBy) => among.includes(certaintyOf({ startBy, endBy })));
    return both([fitsPattern(column('start_by'), startBy), isOneOf(column('end_by'), ends)]);
  });
  return exactly(either(pairs));
}
