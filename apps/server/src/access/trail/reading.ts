/** Pages of the error log, and checks of the audit trail, for those who may see them. */
import type { RawBuilder } from 'kysely';
import { AppError } from '../../app-error.ts';
import { type Acting, entryOf, type Ground } from '../acting.ts';
import { requireMay } from '../caller.ts';
import { audited, INSTALLATION, verifyAudit } from './audit.ts';
import { clearErrors, countErrors, type ErrorRow, type Level } from './error-log.ts';

export interface ErrorQuestion {
  /** Null: of all companies, and what happened in none. */
  readonly companyId: number | null;
  readonly level: Level | null;
  readonly fromMs: number;
  readonly toMs: number;
  /** Keys of the last row of the page before. */
  readonly after: { readonly atMs: number; readonly id: number } | null;
  /** At the end of the statement: the database's word for the first so many rows. */
  readonly limit: RawBuilder<unknown>;
}

/**
 * A page of the error log, newest first, and how many entries of each level the span holds. Who administers a company
 * asks for that company, and is not told how our code is built.
 */
export async function readErrors(ground: Ground, { scope }: Acting, question: ErrorQuestion) {
  requireMay(scope.caller, 'error-log.read');
  const { companyId, level, fromMs, toMs, after, limit } = question;
  const ofInstallation = scope.companies('error-log.read') === 'all';
  if (companyId !== null) await scope.requireCompany('error-log.read', companyId);
  else if (!ofInstallation) throw companyNeeded();
  let query = ground.store.db
    .selectFrom('error_log')
    .selectAll()
    .where('at', '>=', fromMs)
    .where('at', '<', toMs)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .modifyEnd(limit);
  if (companyId !== null) query = query.where('company_id', '=', companyId);
  if (level !== null) query = query.where('level', '=', level);
  if (after !== null) {
    query = query.where((eb) =>
      eb.or([eb('at', '<', after.atMs), eb.and([eb('at', '=', after.atMs), eb('id', '<', after.id)])]),
    );
  }
  const read: ErrorRow[] = await query.execute();
  const rows = ofInstallation ? read : read.map((row) => ({ ...row, stack: null }));
  return { rows, counts: await countErrors(ground.store.db, { companyId, fromMs, toMs }) };
}

function companyNeeded(): AppError {
  const fields = [{ field: 'company', expected: 'a company that you administer' }];
  return new AppError('forbidden', 'access/company-needed', 'Ask for one of your companies.', { fields });
}

/** What belongs to the door of the portal; the trail of the installation tells more, which is no company's business. */
const AT_THE_DOOR = 'account.';

export interface LoginQuestion {
  readonly companyId: number;
  /** Number of the last row of the page before. */
  readonly after: number | null;
  readonly limit: RawBuilder<unknown>;
}

/**
 * What members of a company did at the portal's door, newest first. It stands in the trail of the installation, for a
 * person may belong to several companies; each company sees it from the day on which he became a member.
 */
export async function readLogins(ground: Ground, { scope }: Acting, question: LoginQuestion) {
  const companyId = await scope.requireCompany('audit.read', question.companyId);
  let query = ground.store.db
    .selectFrom('audit_trail')
    .innerJoin('memberships', 'memberships.user_id', 'audit_trail.user_id')
    .selectAll('audit_trail')
    .where('memberships.company_id', '=', companyId)
    .where('audit_trail.company_id', '=', INSTALLATION)
    .where('audit_trail.action', 'like', `${AT_THE_DOOR}%`)
    .whereRef('audit_trail.at', '>=', 'memberships.created_at')
    .orderBy('audit_trail.seq', 'desc')
    .modifyEnd(question.limit);
  if (question.after !== null) query = query.where('audit_trail.seq', '<', question.after);
  return query.execute();
}

/** Clears old entries of the error log. That it was done stands in the trail, which nobody clears. */
export function clearErrorLog(ground: Ground, { scope, origin }: Acting, keepDays: number): Promise<number> {
  requireMay(scope.caller, 'error-log.clear');
  return audited(ground.store, async (trx) => {
    const deleted = await clearErrors(trx, ground.clock(), keepDays);
    const deed = { action: 'error-log.clear', target: null, detail: { keepDays, deleted } };
    return { result: deleted, entries: [entryOf(ground, origin, deed)] };
  });
}

/** Recomputes the chain of a company, or of the installation (0). */
export function checkTrail(ground: Ground, { scope }: Acting, companyId: number) {
  requireMay(scope.caller, 'audit.verify');
  return verifyAudit(ground.store.db, companyId);
}

/** What a cursor that is none is answered with. */
export function badCursor(): AppError {
  const fields = [{ field: 'cursor', expected: 'a cursor that an earlier answer gave as `next`' }];
  return new AppError('invalid', 'http/bad-cursor', 'The cursor is not one of ours.', { fields });
}
