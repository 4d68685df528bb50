/** Replaces the sessions of computers by what their events say now, touching only those that differ. */
import type { LogonSession } from '@logonscope/core';
import { type Kysely, sql } from 'kysely';
import type { Row, StoreDialect, UpsertChange } from '../dialects/index.ts';
import { sessionBody } from '../fold/session-body.ts';
import { SESSION_COLUMNS, type SessionOwner, sessionRow } from '../fold/session-row.ts';
import type { StoreChange } from '../ports.ts';
import type { Tables } from '../schema.ts';
import { SINCE_COLUMNS, type Since, sinceRows } from './events.ts';
import { groupBy } from './group.ts';
import { withoutKept } from './kept-sessions.ts';
import type { StoredSession } from './window.ts';

/** What a computer's sessions are from an instant on. */
export interface FoldedComputer extends SessionOwner {
  readonly sessions: readonly LogonSession[];
  /** End of its last session that is kept beyond its events. */
  readonly keptUntil: number | null;
  /** Those stored so far, from the same instant on. */
  readonly stored: readonly StoredSession[];
}

/** Sessions that their events still tell, of several computers, each from its own instant on. */
export async function readSessions(
  db: Kysely<Tables>,
  dialect: StoreDialect,
  companyId: number,
  since: readonly Since[],
): Promise<Map<number, StoredSession[]>> {
  if (since.length === 0) return new Map();
  const { rows } = await sql<StoredSession & { computer_id: number }>`
    select s.computer_id, s.start_at, s.id, s.body, s.account, s.user_name, s.end_at
    from ${dialect.rows(SINCE_COLUMNS, sinceRows(since))}
    ${dialect.joinToRows} sessions s on s.computer_id = r.computer_id and s.start_at >= r.since
    where s.company_id = ${companyId} and s.kept_since is null`.execute(db);
  return groupBy(rows, ({ computer_id }) => computer_id);
}

const NAMES = Object.keys(SESSION_COLUMNS);
const KEY = { computer_id: 'big', start_at: 'big', id: 'text' } as const;
const KEY_NAMES = ['company_id', ...Object.keys(KEY)];
const [ACCOUNT, USER_NAME, END_AT] = ['account', 'user_name', 'end_at'].map((name) => NAMES.indexOf(name));

const allBut = (...standing: readonly string[]): UpsertChange =>
  Object.fromEntries(
    NAMES.filter((name) => !KEY_NAMES.includes(name) && !standing.includes(name)).map((name) => [
      name,
      'set' as const,
    ]),
  );

/** What is set of a row that is there: an index is written wherever one of its columns is named, changed or not. */
const CHANGES = {
  all: allBut(),
  sameAccount: allBut('account', 'user_name'),
  sameAccountAndEnd: allBut('account', 'user_name', 'end_at'),
} as const;

function changeOf(row: Row, known: StoredSession | undefined): keyof typeof CHANGES {
  if (known === undefined || row[ACCOUNT!] !== known.account || row[USER_NAME!] !== known.user_name)
    return 'all';
  return row[END_AT!] === known.end_at ? 'sameAccountAndEnd' : 'sameAccount';
}

/** Sessions of a computer that are new or may have changed, and the ids of those that are no more. */
export interface SessionNews extends SessionOwner {
  readonly sessions: readonly LogonSession[];
  readonly removed: readonly string[];
  /** Those stored so far, by id; here what is written is put down. */
  readonly stored: Map<string, StoredSession>;
}

/** Writes sessions that differ from how they are stored; tells which those were. */
export async function writeSessions(
  db: Kysely<Tables>,
  dialect: StoreDialect,
  companyId: number,
  news: readonly SessionNews[],
  now: number,
): Promise<StoreChange[]> {
  const changes: StoreChange[] = [];
  const changed: Record<keyof typeof CHANGES, Row[]> = { all: [], sameAccount: [], sameAccountAndEnd: [] };
  const removed: Row[] = [];
  for (const computer of news) {
    const { computerId, stored } = computer;
    for (const id of computer.removed) {
      const known = stored.get(id);
      if (known === undefined || !stored.delete(id)) continue;
      removed.push([computerId, known.start_at, id]);
      changes.push({ is: 'session-removed', companyId, computerId, id });
    }
    for (const session of computer.sessions) {
      const body = sessionBody(session);
      const { id, start } = session;
      const known = stored.get(id);
      if (known?.body === body) continue;
      // An id keeps its start, but for two identities that share one hash.
      const moved = known !== undefined && known.start_at !== start;
      if (moved) removed.push([computerId, known.start_at, id]);
      const row = sessionRow(computer, session, body, now);
      changed[moved ? 'all' : changeOf(row, known)].push(row);
      stored.set(id, {
        ...{ start_at: start, id, body, end_at: session.end },
        ...{ account: String(row[ACCOUNT!]), user_name: String(row[USER_NAME!]) },
      });
      changes.push({ is: 'session', companyId, computerId, session });
    }
  }
  if (removed.length > 0) await dialect.deleteRows(db, 'sessions', companyId, KEY, removed);
  for (const kind of ['all', 'sameAccount', 'sameAccountAndEnd'] as const)
    if (changed[kind].length > 0)
      await dialect.upsert(db, 'sessions', SESSION_COLUMNS, changed[kind], KEY_NAMES, CHANGES[kind]);
  return changes;
}

/** Makes the stored sessions of computers those that are given; tells what differed. */
export async function replaceSessions(
  db: Kysely<Tables>,
  dialect: StoreDialect,
  companyId: number,
  folded: readonly FoldedComputer[],
  now: number,
): Promise<{ changes: StoreChange[] }> {
  const news: SessionNews[] = [];
  for (const computer of folded) {
    const stored = new Map(computer.stored.map((session) => [session.id, session]));
    news.push(await allNews(db, companyId, computer, stored));
  }
  return { changes: await writeSessions(db, dialect, companyId, news, now) };
}

/** All sessions of a computer from an instant on, against those stored from there on. */
export async function allNews(
  db: Kysely<Tables>,
  companyId: number,
  computer: Omit<FoldedComputer, 'stored'>,
  stored: Map<string, StoredSession>,
): Promise<SessionNews> {
  const sessions = await withoutKept(db, companyId, computer);
  const ids = new Set(sessions.map(({ id }) => id));
  const removed = [...stored.keys()].filter((id) => !ids.has(id));
  return { companyId, computerId: computer.computerId, siteId: computer.siteId, sessions, removed, stored };
}
