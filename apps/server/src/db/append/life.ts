/** What imported logs tell of the records between the events: stored once each, and read where a fold needs it. */
import { computerNames, type LifeSpan } from '@logonscope/core';
import type { Kysely, Transaction } from 'kysely';
import type { Row, RowColumns, StoreDialect } from '../dialects/index.ts';
import { refold } from '../fold/refold.ts';
import { clipped } from '../fold/text.ts';
import type { StoreChange } from '../ports.ts';
import type { LifeSpans, Tables } from '../schema.ts';
import { companyTransaction } from '../transaction.ts';
import { computerName, type LockedComputer, lockComputers, saveComputers } from './computers.ts';
import { groupBy } from './group.ts';
import { replaceSessions } from './sessions.ts';
import { readWindows } from './touched.ts';
import { newRevision, stateText } from './warm.ts';
import { NO_WINDOW } from './window.ts';

const COLUMNS = {
  company_id: 'big',
  computer_id: 'big',
  channel: 'text',
  from_at: 'big',
  to_at: 'big',
  first_record: 'big',
  last_record: 'big',
} as const satisfies RowColumns;

const CHANNEL_CHARS_MAX = 100;
const EARLIEST = Number.MIN_SAFE_INTEGER;

/** Spans of a computer that end at or after an instant (null: all); asks only where there can be any. */
export async function readLife(
  db: Kysely<Tables>,
  companyId: number,
  { id, name, life_until }: Pick<LockedComputer, 'id' | 'name' | 'life_until'>,
  from: number | null,
): Promise<LifeSpan[]> {
  if (life_until === null || (from !== null && life_until < from)) return [];
  const rows = await db
    .selectFrom('life_spans')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('computer_id', '=', id)
    .where('to_at', '>=', from ?? EARLIEST)
    .execute();
  return rows.map(lifeSpanOf(name));
}

/** Rows as spans of a computer. */
export const lifeSpanOf =
  (computer: string) =>
  (row: LifeSpans): LifeSpan => ({
    computer,
    channel: row.channel,
    from: row.from_at,
    to: row.to_at,
    firstRecordId: row.first_record,
    lastRecordId: row.last_record,
  });

/** See `EventStore.noteLife`; one transaction for each computer, since its whole log is folded anew. */
export async function noteLife(
  db: Kysely<Tables>,
  dialect: StoreDialect,
  companyId: number,
  { spans, now }: { spans: readonly LifeSpan[]; now: number },
): Promise<StoreChange[]> {
  const named = (span: LifeSpan) => computerName({ computer: computerNames(span.computer).computer });
  const changes: StoreChange[] = [];
  for (const [name, own] of groupBy(spans, named)) {
    const told = await companyTransaction(db, dialect, companyId, async (tx) => {
      const computer = (await lockComputers(tx, dialect, companyId, [name], now)).get(name)!;
      const rows = own.map((span): Row => spanRow(companyId, computer.id, span));
      await dialect.insertAbsent(tx, 'life_spans', COLUMNS, rows, Object.keys(COLUMNS));
      const until = own.reduce((latest, { to }) => Math.max(latest, to), computer.life_until ?? EARLIEST);
      return foldAnew(tx, dialect, companyId, { ...computer, life_until: until }, { own, now });
    });
    for (const change of told) changes.push(change);
  }
  return changes;
}

function spanRow(
  companyId: number,
  computerId: number,
  { channel, from, to, firstRecordId, lastRecordId }: LifeSpan,
): Row {
  return [companyId, computerId, clipped(channel, CHANNEL_CHARS_MAX), from, to, firstRecordId, lastRecordId];
}

async function foldAnew(
  tx: Transaction<Tables>,
  dialect: StoreDialect,
  companyId: number,
  computer: LockedComputer,
  { own, now }: { own: readonly LifeSpan[]; now: number },
): Promise<StoreChange[]> {
  const since = [{ computerId: computer.id, from: null }];
  const { events, sessions } =
    (await readWindows(tx, dialect, companyId, since)).get(computer.id) ?? NO_WINDOW;
  if (events.length === 0) {
    await saveComputers(tx, dialect, [computer]);
    return [];
  }
  const done = refold(
    computer.name,
    null,
    events.map(({ event }) => event),
    await readLife(tx, companyId, computer, null),
  );
  const owner = { companyId, computerId: computer.id, siteId: computer.site_id };
  const folded = { ...owner, keptUntil: computer.kept_until, sessions: done.sessions, stored: sessions };
  const { changes } = await replaceSessions(tx, dialect, companyId, [folded], now);
  const state = stateText(newRevision(), done.horizon);
  const signs = { ...alive(computer, own), as_of: done.asOf, fold_state: state };
  await saveComputers(tx, dialect, [{ ...computer, ...signs }]);
  return changes;
}

/** From when until when anything is known of a computer, with these spans. */
function alive({ first_event_at, last_event_at }: LockedComputer, own: readonly LifeSpan[]) {
  let [first, last] = [first_event_at!, last_event_at!];
  for (const { from, to } of own) {
    if (from < first) first = from;
    if (to > last) last = to;
  }
  return { first_event_at: first, last_event_at: last };
}

/** Forgets spans from before what is left of a computer's events; tells how far the others go. */
export async function trimLife(
  tx: Kysely<Tables>,
  companyId: number,
  computer: LockedComputer,
  firstLeft: number | null,
): Promise<LockedComputer['life_until']> {
  if (computer.life_until === null) return null;
  await tx
    .deleteFrom('life_spans')
    .where('company_id', '=', companyId)
    .where('computer_id', '=', computer.id)
    .where('to_at', '<', firstLeft ?? Number.MAX_SAFE_INTEGER)
    .execute();
  return firstLeft === null || computer.life_until < firstLeft ? null : computer.life_until;
}
