/** Deletes some of a computer's events for good: its sessions are made anew from what is left, in the same transaction. */
import type { LogonSession } from '@logonscope/core';
import { type Kysely, sql, type Transaction } from 'kysely';
import { type LockedComputer, lockComputers, saveComputers } from '../append/computers.ts';
import { groupBy } from '../append/group.ts';
import { deleteKept, keepSessions, readKept } from '../append/kept-sessions.ts';
import { readLife, trimLife } from '../append/life.ts';
import { replaceSessions } from '../append/sessions.ts';
import { subtractTotals } from '../append/totals.ts';
import { readWindows } from '../append/touched.ts';
import { type FoldState, NO_WINDOW, type StoredSession, type WindowEvent } from '../append/window.ts';
import type { Row, StoreDialect } from '../dialects/index.ts';
import { refold } from '../fold/refold.ts';
import { sessionBody, sessionOfBody } from '../fold/session-body.ts';
import { newId } from '../ids.ts';
import type { Forgetting, StoreChange } from '../ports.ts';
import type { Tables } from '../schema.ts';
import { companyTransaction } from '../transaction.ts';

export interface Forgotten {
  readonly events: number;
  readonly sessions: number;
  readonly changes: readonly StoreChange[];
}

const NOTHING: Forgotten = { events: 0, sessions: 0, changes: [] };

/** See `EventStore.forget`. */
export function forget(
  db: Kysely<Tables>,
  dialect: StoreDialect,
  companyId: number,
  forgetting: Forgetting,
): Promise<Forgotten> {
  const { computer: name, choose, totals, now } = forgetting;
  return companyTransaction(db, dialect, companyId, async (tx) => {
    const known = await tx
      .selectFrom('computers')
      .select('id')
      .where('company_id', '=', companyId)
      .where('name', '=', name)
      .executeTakeFirst();
    if (known === undefined) return NOTHING;
    const computer = (await lockComputers(tx, dialect, companyId, [name], now)).get(name)!;
    const since = [{ computerId: computer.id, from: null }];
    const log = (await readWindows(tx, dialect, companyId, since)).get(computer.id) ?? NO_WINDOW;
    const sessions = log.sessions.map(({ body }): LogonSession => sessionOfBody(body, computer.as_of));
    const kept = await keptOf(tx, companyId, computer);
    const life = await readLife(tx, companyId, computer, null);
    const whole = { computer: name, events: log.events, sessions, kept, life };
    const goes = choose(whole);
    const keptGone = forgetting.chooseKept === undefined ? [] : kept.filter(forgetting.chooseKept(whole));
    await deleteKept(tx, dialect, { companyId, computerId: computer.id, ids: keptGone.map(({ id }) => id) });
    const news = keptGone.map(
      ({ id }): StoreChange => ({ is: 'session-removed', companyId, computerId: computer.id, id }),
    );
    const { gone = [], left = [] } = Object.fromEntries(
      groupBy(log.events, (event) => (goes(event) ? 'gone' : 'left')),
    ) as { gone?: WindowEvent[]; left?: WindowEvent[] };
    if (gone.length === 0) return { ...NOTHING, sessions: keptGone.length, changes: news };
    const counted = await countRows(tx, dialect, companyId, computer.id, gone);
    await dialect.deleteRows(tx, 'events', companyId, KEY, keysOf(computer.id, gone));
    const about = { companyId, computer, left, now, keepEndedBefore: forgetting.keepEndedBefore ?? null };
    const changes = [...news, ...(await foldAnew(tx, dialect, { ...about, stored: log.sessions }))];
    if (totals === 'subtract') await subtractTotals(tx, dialect, companyId, counted);
    const removed = changes.filter(({ is }) => is === 'session-removed').length;
    return { events: gone.length, sessions: removed, changes };
  });
}

const KEY = { computer_id: 'big', time: 'big', hash: 'big' } as const;
const keysOf = (computerId: number, events: readonly WindowEvent[]): Row[] =>
  events.map(({ time, hash }) => [computerId, time, hash]);

/** Site, time and signal of events, for the totals they were counted in. */
async function countRows(
  db: Kysely<Tables>,
  dialect: StoreDialect,
  companyId: number,
  computerId: number,
  events: readonly WindowEvent[],
): Promise<{ site_id: number | null; time: number; signal: string }[]> {
  const { rows } = await sql<{ site_id: number | null; time: number; signal: string }>`
    select e.site_id, e.time, e.signal
    from ${dialect.rows(KEY, keysOf(computerId, events))}
    ${dialect.joinToRows} events e on e.computer_id = r.computer_id and e.time = r.time and e.hash = r.hash
    where e.company_id = ${companyId}`.execute(db);
  return rows;
}

interface Remainder {
  readonly companyId: number;
  readonly computer: LockedComputer;
  readonly left: readonly WindowEvent[];
  readonly stored: readonly StoredSession[];
  readonly now: number;
  readonly keepEndedBefore: number | null;
}

/** Sessions of the computer that were kept when their events went. */
async function keptOf(
  tx: Kysely<Tables>,
  companyId: number,
  { id, kept_until }: LockedComputer,
): Promise<LogonSession[]> {
  return kept_until === null ? [] : readKept(tx, companyId, id, Number.MIN_SAFE_INTEGER);
}

/** Stored sessions that ended before the cut and are no longer told, or told otherwise: those to keep as they are. */
function toKeep(stored: readonly StoredSession[], told: readonly LogonSession[], cut: number | null) {
  if (cut === null) return [];
  const again = new Map(told.map((session) => [session.id, sessionBody(session)]));
  return stored
    .filter(({ id, body }) => again.get(id) !== body)
    .map(({ body }) => sessionOfBody(body, null))
    .filter(({ end }) => end !== null && end < cut);
}

const least = (a: number, b: number) => Math.min(a, b);
const most = (a: number, b: number) => Math.max(a, b);

/** What a rebuild would make of the events that are left, so that none can bring back or change anything. */
async function foldAnew(
  tx: Transaction<Tables>,
  dialect: StoreDialect,
  { companyId, computer, left, stored, now, keepEndedBefore }: Remainder,
): Promise<StoreChange[]> {
  const times = left.map(({ time }) => time);
  const firstLeft = times.length === 0 ? null : times.reduce(least);
  const lifeUntil = await trimLife(tx, companyId, computer, firstLeft);
  const done = refold(
    computer.name,
    null,
    left.map(({ event }) => event),
    await readLife(tx, companyId, { ...computer, life_until: lifeUntil }, null),
  );
  const owner = { companyId, computerId: computer.id, siteId: computer.site_id };
  const kept = toKeep(stored, done.sessions, keepEndedBefore);
  const ids = kept.map(({ id }) => id);
  await keepSessions(tx, dialect, { ...owner, ids }, now);
  const ends = kept.map(({ end }) => end!);
  const keptUntil =
    kept.length === 0 ? computer.kept_until : ends.reduce(most, computer.kept_until ?? ends[0]!);
  const standing = new Set(ids);
  const folded = [
    {
      ...{ ...owner, keptUntil, sessions: done.sessions },
      stored: stored.filter(({ id }) => !standing.has(id)),
    },
  ];
  const { changes } = await replaceSessions(tx, dialect, companyId, folded, now);
  const empty = left.length === 0;
  const state: FoldState = { revision: newId(), horizon: done.horizon };
  await saveComputers(tx, dialect, [
    {
      ...computer,
      first_event_at: empty ? null : times.reduce(least),
      last_event_at: empty ? null : times.reduce(most, lifeUntil ?? times[0]!),
      as_of: done.asOf ?? (keptUntil === null ? null : computer.as_of),
      kept_until: keptUntil,
      life_until: lifeUntil,
      fold_state: empty ? null : JSON.stringify(state),
    },
  ]);
  return changes;
}
