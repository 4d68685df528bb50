/** Pages of the audit trail, for those who may see them. */
import { decodeCursor, encodeCursor } from '@logonscope/protocol';
import type { Acting, Ground } from '../../access/acting.ts';
import type { Scope } from '../../access/scope.ts';
import { INSTALLATION } from '../../access/trail/audit.ts';
import { badCursor, readLogins } from '../../access/trail/reading.ts';
import type { Store } from '../../db/index.ts';

interface AuditQuestion {
  readonly company: number;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** A page of one company's trail, newest first; for a company that is missing or another's the same refusal. */
export async function readAudit(scope: Scope, question: AuditQuestion, limit: Store['dialect']['page']) {
  const ofInstallation = question.company === INSTALLATION && scope.companies('audit.read') === 'all';
  if (!ofInstallation) await scope.requireCompany('audit.read', question.company);
  let query = scope
    .auditTrail()
    .selectAll()
    .where('audit_trail.company_id', '=', question.company)
    .orderBy('audit_trail.seq', 'desc')
    .modifyEnd(limit(question.limit + 1));
  if (question.cursor !== undefined) {
    const [seq] = decodeCursor(question.cursor, 1) ?? [];
    if (typeof seq !== 'number') throw badCursor();
    query = query.where('audit_trail.seq', '<', seq);
  }
  const rows = await query.execute();
  const shown = rows.slice(0, question.limit);
  const last = rows.length > question.limit ? shown.at(-1) : undefined;
  return {
    rows: shown.map((row) => ({
      companyId: row.company_id,
      number: row.seq,
      ...deedToWire(row),
      hash: row.hash,
    })),
    next: last === undefined ? null : encodeCursor([last.seq]),
  };
}

type TrailRow = Awaited<ReturnType<typeof readLogins>>[number];

function deedToWire(row: TrailRow) {
  return {
    at: new Date(row.at).toISOString(),
    userId: row.user_id,
    userName: row.user_name,
    action: row.action,
    target: row.target,
    outcome: row.outcome,
    address: row.address,
    requestId: row.request_id,
    detail: row.detail === null ? null : readDetail(row.detail),
  };
}

interface LoginsAsked {
  readonly companyId: number;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** A page of what members of a company did at the door, newest first. */
export async function readMemberLogins(
  ground: Ground,
  acting: Acting,
  asked: LoginsAsked,
  limit: Store['dialect']['page'],
) {
  const [after = null] = asked.cursor === undefined ? [] : (decodeCursor(asked.cursor, 1) ?? [Number.NaN]);
  if (after !== null && !Number.isSafeInteger(after)) throw badCursor();
  const { companyId } = asked;
  const question = { companyId, after: after as number | null, limit: limit(asked.limit + 1) };
  const rows = await readLogins(ground, acting, question);
  const shown = rows.slice(0, asked.limit);
  const last = rows.length > asked.limit ? shown.at(-1) : undefined;
  return { rows: shown.map(deedToWire), next: last === undefined ? null : encodeCursor([last.seq]) };
}

/** Long details were cut when they were written, so not every one is JSON any more. */
function readDetail(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
