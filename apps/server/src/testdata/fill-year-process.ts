/**
 * `fill-year-process.ts URL SESSIONS USERS`: a year of the only company of a store, put there past the way of ingest.
 * Rows are those that the fold makes, for copies of a sample; indexes are made anew at the end, as bulk loads go.
 */
import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { eventKey, insertEvents, type KeyedEvent } from '../db/append/events.ts';
import { addTotals } from '../db/append/totals.ts';
import type { Row } from '../db/dialects/index.ts';
import { identityHash } from '../db/fold/identity.ts';
import { sessionBody } from '../db/fold/session-body.ts';
import { SESSION_COLUMNS, sessionRow } from '../db/fold/session-row.ts';
import { openStore, type Tables } from '../db/index.ts';
import {
  type Copy,
  computerCopy,
  eventCopy,
  laterMs,
  type SampleComputer,
  sessionCopy,
  yearSample,
} from './year.ts';

const [url = '', wantedSessions = '', wantedUsers = ''] = process.argv.slice(2);
/** Rows of one statement, as many as one parameter of JSON carries well. */
const ROWS_AT_ONCE = 2_000;

const sample = yearSample({ computers: Number(wantedSessions) < 100_000 ? 6 : 24 });
const copies = Math.ceil(Number(wantedSessions) / sample.sessions);
const groups = Math.min(copies, Math.max(1, Math.ceil(Number(wantedUsers) / sample.people)));

const store = await openStore(url, { folder: '.' });
const { db, dialect } = store;
const { id: companyId } = await db.selectFrom('companies').select('id').executeTakeFirstOrThrow();
const site = await db.selectFrom('sites').select('id').executeTakeFirst();
const siteId = site?.id ?? null;

/** Ids as random as the real ones: their index is read and written all over. */
const idOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** Sixteen computers' worth of rows wait for one another, so that statements are large. */
async function fill(
  tx: Kysely<Tables>,
  computer: SampleComputer,
  copy: Copy,
  computerId: number,
): Promise<number> {
  const owner = { companyId, computerId, siteId };
  const asOf = computer.asOf + laterMs(copy);
  await tx
    .insertInto('computers')
    .values({
      ...{ company_id: companyId, id: computerId, name: computerCopy(computer.name, copy), fqdn: null },
      ...{ site_id: siteId, first_event_at: null, last_event_at: asOf, last_seen_at: asOf, as_of: asOf },
      ...{ fold_state: null, agent_version: null, agent_health: null, created_at: asOf },
    })
    .execute();
  let rows: Row[] = [];
  const write = async () => {
    if (rows.length > 0) await dialect.insertRows(tx, 'sessions', SESSION_COLUMNS, rows);
    rows = [];
  };
  for (const session of computer.sessions) {
    const own = sessionCopy(session, copy, idOf(`${copy.number} ${session.id}`));
    rows.push(sessionRow(owner, own, sessionBody(own), asOf));
    if (rows.length >= ROWS_AT_ONCE) await write();
  }
  await write();
  await fillEvents(tx, computer, copy, computerId);
  return computer.sessions.length;
}

async function fillEvents(tx: Kysely<Tables>, computer: SampleComputer, copy: Copy, computerId: number) {
  const keyed = new Map<string, KeyedEvent>();
  for (const original of computer.newest) {
    const event = eventCopy(original, copy);
    const hash = identityHash(event);
    keyed.set(eventKey(computerId, event.time, hash), { event, siteId, computerId, hash });
  }
  await insertEvents(tx, dialect, companyId, computer.asOf, [...keyed.values()]);
  await addTotals(tx, dialect, companyId, [...keyed.values()]);
}

/** SQLite's indexes, taken away for the load; how to make them again. */
async function dropIndexes(): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string; sql: string }>`
    select name, sql from sqlite_master where type = 'index' and tbl_name in ('sessions', 'events') and sql is not null
  `.execute(db);
  for (const { name } of rows) await sql`drop index ${sql.id(name)}`.execute(db);
  return rows.map((row) => row.sql);
}

const embedded = dialect.name === 'sqlite';
if (embedded)
  for (const pragma of ['synchronous = OFF', 'cache_size = -1000000'])
    await sql.raw(`pragma ${pragma}`).execute(db);
const indexes = embedded ? await dropIndexes() : [];
let sessions = 0;
let computerId = 0;
for (let number = 0; number < copies; number++) {
  const copy: Copy = { number, group: number % groups };
  await db.transaction().execute(async (tx) => {
    for (const computer of sample.computers) sessions += await fill(tx, computer, copy, ++computerId);
  });
}
for (const index of indexes) await sql.raw(index).execute(db);
if (embedded) await sql.raw('pragma wal_checkpoint(TRUNCATE)').execute(db);
else await sql.raw('analyze').execute(db);
await store.close();
console.log(JSON.stringify({ sessions, users: sample.people * groups, computers: computerId }));
