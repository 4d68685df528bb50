/** Replaces the sessions of computers by what their events say now, touching only those that differ. */
import type { LogonSession } from '@logonscope/core';
import { type Kysely, sql } from 'kysely';
import type { Row, StoreDialect } from '../dialects/index.ts';
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
    select s.computer_id, s.start_at, s.id, s.body
    from ${dialect.rows(SINCE_COLUMNS, sinceRows(since))}
    ${dialect.joinToRows} sessions s on s.computer_id = r.computer_id and s.start_at >= r.since
    where s.company_id = ${companyId} and s.kept_since is null`.execute(db);
  return groupBy(rows, ({ computer_id }) => computer_id);
}

const KEY = { computer_id: 'big', start_at: 'big', id: 'text' } as const;
const KEY_NAMES = ['company_id', ...Object.keys(KEY)];
const CHANGE = Object.fromEntries(
  Object.keys(SESSION_COLUMNS)
    .filter((name) => !KEY_NAMES.includes(name))
    .map((name) => [name, 'set' as const]),
);

/** Writes what differs from the stored sessions; tells what that was, and how each computer's are stored now. */
export async function replaceSessions(
  db: Kysely<Tables>,
  dialect: StoreDialect,
  companyId: number,
  folded: readonly FoldedComputer[],
  now: number,
): Promise<{ changes: StoreChange[]; written: StoredSession[][] }> {
  const changes: StoreChange[] = [];
  const changed: Row[] = [];
  const removed: Row[] = [];
  const written: StoredSession[][] = [];
  for (const computer of folded) {
    const { computerId } = computer;
    const before = new Map(computer.stored.map((row) => [row.id, row]));
    const standing: StoredSession[] = [];
    written.push(standing);
    for (const session of await withoutKept(db, companyId, computer)) {
      const body = sessionBody(session);
      const known = before.get(session.id);
      before.delete(session.id);
      standing.push({ start_at: session.start, id: session.id, body });
      if (known?.body === body) continue;
      // An id keeps its start, but for two identities that share one hash.
      if (known !== undefined && known.start_at !== session.start)
        removed.push([computerId, known.start_at, known.id]);
      changed.push(sessionRow(computer, session, body, now));
      changes.push({ is: 'session', companyId, computerId, session });
    }
    for (const { start_at, id } of before.values()) {
      removed.push([computerId, start_at, id]);
      changes.push({ is: 'session-removed', companyId, computerId, id });
    }
  }
  if (removed.length > 0) await dialect.deleteRows(db, 'sessions', companyId, KEY, removed);
  if (changed.length > 0) await dialect.upsert(db, 'sessions', SESSION_COLUMNS, changed, KEY_NAMES, CHANGE);
  return { changes, written };
}
