/** How long pages take in a company with a million events: events, sessions, people, computers and the timeline. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDecoder, type SessionEvent } from '@logonscope/core';
import { loadInside } from '@logonscope/server';
import { simulateFleet } from '@logonscope/simulator';
import { decodeSimulated } from '@logonscope/testkit';
import { tell } from './lib/figures.ts';

const QUICK = process.argv.includes('--quick');
const EVENTS = QUICK ? 20_000 : 1_000_000;
const DAYS = QUICK ? 20 : 90;
const BATCH_EVENTS = 5_000;
const PAGE_MS_MAX = 1_000;
const TIMES = 3;
const COMPANY = 1;
const DAY_MS = 86_400_000;

/** Whole computers one after another until there are enough events. */
function* fleet(): Generator<SessionEvent[]> {
  let count = 0;
  const decode = () => createDecoder({ peopleOnly: true });
  const computers = simulateFleet({ seed: 3, computers: 5_000, days: DAYS, noise: 0.05, processes: 0 });
  for (const { records } of computers) {
    const { events } = decodeSimulated(records, decode());
    yield events;
    count += events.length;
    if (count >= EVENTS) return;
  }
}

const folder = mkdtempSync(join(tmpdir(), 'logonscope-bench-queries-'));
const { openStore, askDirectly } = await loadInside();
const store = await openStore('sqlite:///store.db', { folder });
await store.migrate();
await store.db
  .insertInto('companies')
  .values({ id: COMPANY, name: 'Big', name_key: 'big', is_active: 1, mfa_policy: 'inherit', created_at: 0 })
  .execute();

let stored = 0;
let computers = 0;
let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
let someone = '';
let somewhere = '';
for (const events of fleet()) {
  for (let i = 0; i < events.length; i += BATCH_EVENTS) {
    const batch = events.slice(i, i + BATCH_EVENTS).map((event) => ({ event, siteId: null }));
    await store.events.append(COMPANY, { events: batch, receivedAt: 0 });
  }
  for (const { time, signal, user, computer } of events) {
    [first, last] = [Math.min(first, time), Math.max(last, time)];
    if (signal === 'lock' && user !== null) [someone, somewhere] = [user, computer];
  }
  stored += events.length;
  computers += 1;
}
const { sessions } = await store.db
  .selectFrom('sessions')
  .select((eb) => eb.fn.countAll<number>().as('sessions'))
  .executeTakeFirstOrThrow();
console.log(`${stored} events, ${sessions} sessions, ${computers} computers, ${DAYS} days, SQLite`);

const ask = askDirectly(store, COMPANY);
const iso = (at: number) => new Date(at).toISOString();
const filter = (text: string) => ({ filter: text, timezone: 'Europe/London' });
const MONTH = { from: iso(last - 30 * DAY_MS), to: iso(last + 1) };
const WEEK = { from: iso(last - 7 * DAY_MS), to: iso(last + 1) };
const ALL = { from: iso(first), to: iso(last + 1) };
const OLDER = { to: iso((first + last) / 2) };
const NEWEST = { limit: 100, order: 'desc', sort: 'start' } as const;
const LANES = { by: 'user', limit: 40 } as const;
const outOfHours = { ...filter('hours:outside'), ...MONTH };
const theirMonth = { ...filter(`user:${someone}`), ...MONTH };

/** Pages, which must come within a second, and answers over everything, which are shown for information. */
// biome-ignore format: a table reads better in rows
const QUESTIONS: readonly (readonly [what: string, msMax: number | null, question: () => Promise<unknown>])[] = [
  ['events: newest page', PAGE_MS_MAX, () => ask.events({}, NEWEST)],
  ['events: page in the middle', PAGE_MS_MAX, () => ask.events(OLDER, NEWEST)],
  ['events: oldest page', PAGE_MS_MAX, () => ask.events({}, { ...NEWEST, order: 'asc' })],
  ['events: of one user', PAGE_MS_MAX, () => ask.events(filter(`user:${someone}`), NEWEST)],
  ['events: of one computer', PAGE_MS_MAX, () => ask.events(filter(`host:${somewhere}`), NEWEST)],
  ['events: of a signal and some computers', PAGE_MS_MAX, () => ask.events(filter('event:lock host:*1'), NEWEST)],
  ['events: of a user nobody has', PAGE_MS_MAX, () => ask.events(filter('user:nobody'), NEWEST)],
  ['events: a word nobody has', PAGE_MS_MAX, () => ask.events(filter('zzzzzz'), NEWEST)],
  ['events: an event ID nobody has', PAGE_MS_MAX, () => ask.events(filter('event:1'), NEWEST)],
  ['events: judged one by one, nothing fits', PAGE_MS_MAX, () => ask.events(filter('type:99'), NEWEST)],
  ['events: totals of a month', PAGE_MS_MAX, () => ask.eventTotals(MONTH)],
  ['events: totals of all', null, () => ask.eventTotals({})],
  ['sessions: newest page', PAGE_MS_MAX, () => ask.sessions({}, NEWEST)],
  ['sessions: page in the middle', PAGE_MS_MAX, () => ask.sessions(OLDER, NEWEST)],
  ['sessions: the longest of all', PAGE_MS_MAX, () => ask.sessions({}, { ...NEWEST, sort: 'duration' })],
  ['sessions: a user’s month', PAGE_MS_MAX, () => ask.sessions(theirMonth, NEWEST)],
  ['sessions: over twelve hours, not exact', PAGE_MS_MAX, () => ask.sessions(filter('dur:>12h cert:<exact'), NEWEST)],
  ['sessions: out of hours', PAGE_MS_MAX, () => ask.sessions(outOfHours, NEWEST)],
  ['sessions: totals of a month', PAGE_MS_MAX, () => ask.sessionTotals(MONTH)],
  ['sessions: totals of all', null, () => ask.sessionTotals({})],
  ['people: page of a month', PAGE_MS_MAX, () => ask.people(MONTH, NEWEST)],
  ['computers: page of a month', PAGE_MS_MAX, () => ask.computers(MONTH, NEWEST)],
  ['timeline: 40 lanes of a month', PAGE_MS_MAX, () => ask.lanes(MONTH, LANES)],
  ['timeline: days of 40 lanes, all days', PAGE_MS_MAX, () => ask.days(ALL, LANES)],
  ['timeline: segments of 40 lanes, a week', PAGE_MS_MAX, () => ask.segments(WEEK, LANES)],
  ['timeline: minimap of all', null, () => ask.minimap(ALL, 400)],
];

/** The quickest of three: what else the machine does is not the question. */
for (const [what, most, question] of QUESTIONS) {
  let quickest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < TIMES; i++) {
    const started = performance.now();
    await question();
    quickest = Math.min(quickest, performance.now() - started);
  }
  tell({ part: 'queries', what, value: quickest, unit: 'ms', ...(most !== null && { most }) });
}
await store.close();
rmSync(folder, { recursive: true });
