/** Sessions: pages, totals, and what they have in common. */
import { certaintyOf, type LogonSession, sessionToContract } from '@logonscope/core';
import { compareKeys, type PageWish, pageOf } from './page-of.ts';
import { type AskedFields, questionOf, sessionsFor } from './question.ts';
import type { LocalStore } from './store.ts';

type Sort = 'start' | 'use' | 'duration';

const SORTED_BY: Readonly<Record<Sort, (session: LogonSession) => number>> = {
  start: ({ start }) => start,
  use: ({ useMs }) => useMs,
  duration: ({ durationMs }) => durationMs,
};

export function listSessions(
  store: LocalStore,
  fields: AskedFields & PageWish & { readonly sort: Sort; readonly order: 'asc' | 'desc' },
) {
  const { found, ignored } = sessionsFor(store, questionOf(fields));
  const sortedBy = SORTED_BY[fields.sort];
  const keysOf = (session: LogonSession) => [sortedBy(session), session.start, session.id];
  const sign = fields.order === 'asc' ? 1 : -1;
  const rows = found.toSorted((a, b) => sign * compareKeys(keysOf(a), keysOf(b)));
  const { shown, next } = pageOf(rows, keysOf, fields);
  return { rows: shown.map(sessionToContract), next, ignored };
}

const ADDED = {
  durationSeconds: ({ durationMs }) => durationMs,
  useSeconds: ({ useMs }) => useMs,
  useSecondsMin: ({ useMinMs }) => useMinMs,
  useSecondsMax: ({ useMaxMs }) => useMaxMs,
  awaySeconds: ({ awayMs }) => awayMs.total,
  lockedSeconds: ({ awayMs }) => awayMs.locked,
  disconnectedSeconds: ({ awayMs }) => awayMs.disconnected,
  screensaverSeconds: ({ awayMs }) => awayMs.screensaver,
  asleepSeconds: ({ awayMs }) => awayMs.asleep,
} as const satisfies Record<string, (session: LogonSession) => number>;

const isInferred = (session: LogonSession) =>
  session.endBy !== 'open' && certaintyOf({ ...session, startBy: 'logon' }) !== 'exact';

export function totalSessions(store: LocalStore, fields: AskedFields) {
  const { found, ignored } = sessionsFor(store, questionOf(fields));
  const sums = Object.fromEntries(
    Object.entries(ADDED).map(([key, msOf]) => [
      key,
      found.reduce((sum, session) => sum + msOf(session), 0) / 1000,
    ]),
  ) as Record<keyof typeof ADDED, number>;
  return {
    sessions: found.length,
    open: found.filter(({ endBy }) => endBy === 'open').length,
    inferredEnds: found.filter(isInferred).length,
    ...sums,
    complete: true,
    ignored,
  };
}

/** Keys of the filter language, so that a value can become a condition. Files know of no sites. */
const FACETS = {
  type: ({ kind }) => kind,
  end: ({ endBy }) => endBy,
  cert: (session) => certaintyOf(session),
  elevated: ({ elevated }) => (elevated ? 'yes' : 'no'),
  site: () => null,
  user: ({ user }) => user.toLowerCase(),
  host: ({ computer }) => computer,
} as const satisfies Record<string, (session: LogonSession) => string | null>;

export function facetSessions(store: LocalStore, { values, ...fields }: AskedFields & { values: number }) {
  const { found, ignored } = sessionsFor(store, questionOf(fields));
  const facets = Object.entries(FACETS).map(([key, valueIn]) => {
    const counts = new Map<string, number>();
    for (const session of found) {
      const value = valueIn(session);
      if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const sorted = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
    return {
      key,
      values: sorted.slice(0, values).map(([value, sessions]) => ({ value, sessions })),
      complete: sorted.length <= values,
    };
  });
  return { facets, complete: true, ignored };
}
