/** Sessions of a company: pages and totals. */
import { certaintyOf, type LogonSession, sessionToContract } from '@logonscope/core';
import { ignoredChips, type Question } from '../../questions/question.ts';
import { cursorKeys, readPage } from '../../questions/scan.ts';
import {
  type AskedSessions,
  askSessions,
  SESSION_KEYS,
  type SessionOrder,
} from '../../questions/sessions.ts';
import { readSome } from '../../questions/some.ts';
import type { Source } from '../../questions/source.ts';

/** Sessions looked at one by one for a total; more would keep others waiting. */
const ADDED_MAX = 100_000;

/** One page of sessions that touch the range. */
export async function listSessions(
  source: Source,
  question: Question,
  wish: SessionOrder & { readonly cursor?: string | undefined; readonly limit: number },
) {
  const asked = await askSessions(source, question);
  const { found, next } = await readPage(asked.scan(wish), cursorKeys(wish.cursor, SESSION_KEYS), wish.limit);
  const rows = found.map(({ subject }) => sessionToContract(subject));
  return { rows, next, ignored: ignoredChips(asked.ignored) };
}

/** What is added up, as columns and as facts of a session; one list, so that both ways give the same. */
const ADDED = {
  durationSeconds: { column: 'sessions.duration_ms', ms: ({ durationMs }) => durationMs },
  useSeconds: { column: 'sessions.use_ms', ms: ({ useMs }) => useMs },
  useSecondsMin: { column: 'sessions.use_min_ms', ms: ({ useMinMs }) => useMinMs },
  useSecondsMax: { column: 'sessions.use_max_ms', ms: ({ useMaxMs }) => useMaxMs },
  awaySeconds: { column: 'sessions.away_ms', ms: ({ awayMs }) => awayMs.total },
  lockedSeconds: { column: 'sessions.locked_ms', ms: ({ awayMs }) => awayMs.locked },
  disconnectedSeconds: { column: 'sessions.disconnected_ms', ms: ({ awayMs }) => awayMs.disconnected },
  screensaverSeconds: { column: 'sessions.screensaver_ms', ms: ({ awayMs }) => awayMs.screensaver },
  asleepSeconds: { column: 'sessions.asleep_ms', ms: ({ awayMs }) => awayMs.asleep },
} as const satisfies Record<string, { column: string; ms: (session: LogonSession) => number }>;

type Sums = Record<keyof typeof ADDED, number>;
const KEYS = Object.keys(ADDED) as (keyof Sums)[];

interface Totals extends Sums {
  sessions: number;
  open: number;
  inferredEnds: number;
}

const isInferred = (session: Pick<LogonSession, 'startBy' | 'endBy'>) =>
  session.endBy !== 'open' && certaintyOf({ ...session, startBy: 'logon' }) !== 'exact';

/** How many sessions touch the range and how long they are, whole. */
export async function totalSessions(source: Source, question: Question) {
  const asked = await askSessions(source, question);
  const { totals, complete } = asked.fits === null ? await addedByStore(asked) : await addedHere(asked);
  for (const key of KEYS) totals[key] /= 1000;
  return { ...totals, complete, ignored: ignoredChips(asked.ignored) };
}

const nothing = (): Totals => ({
  sessions: 0,
  open: 0,
  inferredEnds: 0,
  ...(Object.fromEntries(KEYS.map((key) => [key, 0])) as Sums),
});

async function addedByStore(asked: AskedSessions): Promise<{ totals: Totals; complete: boolean }> {
  const asking = await asked.rows();
  const rows = await asking
    .select(['sessions.end_by', (eb) => eb.fn.countAll().as('sessions')])
    .select((eb) => KEYS.map((key) => eb.fn.sum(ADDED[key].column).as(key)))
    .groupBy('sessions.end_by')
    .execute();
  const totals = nothing();
  for (const row of rows) {
    const count = Number(row.sessions);
    const endBy = row.end_by as LogonSession['endBy'];
    totals.sessions += count;
    if (endBy === 'open') totals.open += count;
    if (isInferred({ startBy: 'logon', endBy })) totals.inferredEnds += count;
    for (const key of KEYS) totals[key] += Number(row[key]);
  }
  return { totals, complete: true };
}

async function addedHere(asked: AskedSessions): Promise<{ totals: Totals; complete: boolean }> {
  const totals = nothing();
  const { complete } = await readSome(asked.scan({ sort: 'start', order: 'desc' }), ADDED_MAX, (session) => {
    totals.sessions += 1;
    if (session.endBy === 'open') totals.open += 1;
    if (isInferred(session)) totals.inferredEnds += 1;
    for (const key of KEYS) totals[key] += ADDED[key].ms(session);
  });
  return { totals, complete };
}
