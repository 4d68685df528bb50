/** The audit trail: who did what to whom, when and from where; append-only, each entry sealed with the one before. */
import { createHash } from 'node:crypto';
import type { Kysely, Selectable, Transaction } from 'kysely';
import type { AuditTrail, Tables } from '../../db/schema.ts';
import type { Store } from '../../db/store.ts';
import { trimmedTo } from './trim.ts';

/** Entries that concern no single company: logins, settings, GlobalAdmins' work. */
export const INSTALLATION = 0;
/** What the first entry of a chain names as its predecessor. */
const NO_HASH = '0'.repeat(64);
/** Two processes may want the same place in the chain; the loser tries again behind the winner. */
const TRIES = 20;
const DETAIL_CHARS_MAX = 4_000;

/** Who did it and from where; the same for all entries of a request. */
export interface Origin {
  readonly userId: number | null;
  /** As it was then: an entry outlives the account. */
  readonly userName: string | null;
  readonly address: string | null;
  readonly requestId: string | null;
}

export interface AuditEntry extends Origin {
  readonly companyId: number;
  readonly atMs: number;
  /** `user.reset-password`, `account.login`: an action of the permission table or a finer word. */
  readonly action: string;
  /** `user:17 ana`: kind, number and name of what was acted on. */
  readonly target: string | null;
  readonly outcome: 'done' | 'refused';
  readonly detail?: Readonly<Record<string, unknown>>;
}

type Row = Selectable<AuditTrail>;

/** Control characters could forge lines where the trail is printed; lengths are those of the columns. */
function plain(text: string | null, charsMax: number): string | null {
  return text === null ? null : [...text.replaceAll(/\p{C}/gu, '\ufffd')].slice(0, charsMax).join('');
}

/** SHA-256 over all columns in this order, the predecessor's hash among them. */
function hashOf(row: Omit<Row, 'hash'>): string {
  const { company_id, seq, at, user_id, user_name, action, target, outcome, address, request_id, detail } =
    row;
  const columns = [row.previous_hash, company_id, seq, at, user_id, user_name, action, target, outcome];
  return createHash('sha256')
    .update(JSON.stringify([...columns, address, request_id, detail]))
    .digest('hex');
}

function rowOf(entry: AuditEntry, seq: number, previousHash: string): Row {
  const detail = entry.detail === undefined ? null : JSON.stringify(entry.detail).slice(0, DETAIL_CHARS_MAX);
  const row = {
    company_id: entry.companyId,
    seq,
    at: entry.atMs,
    user_id: entry.userId,
    user_name: plain(entry.userName, 64),
    action: entry.action,
    target: plain(entry.target, 255),
    outcome: entry.outcome,
    address: plain(entry.address, 64),
    request_id: plain(entry.requestId, 64),
    detail,
    previous_hash: previousHash,
  };
  return { ...row, hash: hashOf(row) };
}

async function lastSeq(db: Kysely<Tables>, companyId: number): Promise<number> {
  const row = await db
    .selectFrom('audit_trail')
    .select((eb) => eb.fn.max('seq').as('seq'))
    .where('company_id', '=', companyId)
    .executeTakeFirst();
  return Number(row?.seq ?? 0);
}

async function append(trx: Transaction<Tables>, entry: AuditEntry): Promise<void> {
  const seq = await lastSeq(trx, entry.companyId);
  const last = await trx
    .selectFrom('audit_trail')
    .select('hash')
    .where('company_id', '=', entry.companyId)
    .where('seq', '=', seq)
    .executeTakeFirst();
  await trx
    .insertInto('audit_trail')
    .values(rowOf(entry, seq + 1, last?.hash ?? NO_HASH))
    .execute();
}

/** What a change gave, and what is to be written down about it. */
export interface Audited<T> {
  readonly result: T;
  readonly entries: readonly AuditEntry[];
}

/**
 * Makes a change and writes down that it was made, both or neither. `change` returns its result and the entries to
 * write; it runs again, from the start, if another process took the same place in the trail.
 */
export async function audited<T>(
  { db, dialect }: Pick<Store, 'db' | 'dialect'>,
  change: (trx: Transaction<Tables>) => Promise<Audited<T>>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const heads = new Map<number, number>();
    try {
      return await db.transaction().execute(async (trx) => {
        const { result, entries } = await change(trx);
        for (const entry of entries) {
          if (!heads.has(entry.companyId)) heads.set(entry.companyId, await lastSeq(trx, entry.companyId));
          await append(trx, entry);
        }
        return result;
      });
    } catch (error) {
      const lostRace = dialect.isTransient(error) || (await someoneElseWrote(db, heads));
      if (attempt === TRIES || !lostRace) throw error;
    }
  }
}

/** Whether a chain grew since we looked: then our failure was a lost race and no fault of the change. */
async function someoneElseWrote(db: Kysely<Tables>, heads: ReadonlyMap<number, number>): Promise<boolean> {
  for (const [companyId, seq] of heads) {
    if ((await lastSeq(db, companyId)) > seq) return true;
  }
  return false;
}

/** Writes one entry on its own, for what changed nothing: logins and refusals. */
export function writeAudit(store: Pick<Store, 'db' | 'dialect'>, entry: AuditEntry): Promise<void> {
  return audited(store, async () => ({ result: undefined, entries: [entry] }));
}

/** What a check of a chain found. */
export interface AuditCheck {
  readonly entries: number;
  /** Hash of the newest entry: noted elsewhere it proves later that the end was not cut off. */
  readonly head: string;
  /** Number of the first entry that is missing, was changed or does not follow; null if all is well. */
  readonly brokenAt: number | null;
}

const PAGE = 1000;

/** Recomputes a company's chain from its beginning, or from where it was trimmed to, in pages. */
export async function verifyAudit(db: Kysely<Tables>, companyId: number): Promise<AuditCheck> {
  const trimmed = await trimmedTo(db, companyId);
  let head = trimmed?.hash ?? NO_HASH;
  let entries = trimmed?.seq ?? 0;
  for (;;) {
    const rows: Row[] = await db
      .selectFrom('audit_trail')
      .selectAll()
      .where('company_id', '=', companyId)
      .where('seq', '>', entries)
      .where('seq', '<=', entries + PAGE)
      .orderBy('seq')
      .execute();
    for (const row of rows) {
      const { hash, ...rest } = row;
      const follows = row.seq === entries + 1 && row.previous_hash === head;
      if (!follows || hashOf(rest) !== hash) return { entries, head, brokenAt: entries + 1 };
      head = hash;
      entries++;
    }
    if (rows.length === 0) {
      const last = await lastSeq(db, companyId);
      return { entries, head, brokenAt: last > entries ? entries + 1 : null };
    }
  }
}
