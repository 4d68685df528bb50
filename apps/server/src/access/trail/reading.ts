/** Pages of the error log, and checks of the audit trail, for those who may see them. */
import type { RawBuilder } from 'kysely';
import { AppError } from '../../app-error.ts';
import { type Acting, entryOf, type Ground } from '../acting.ts';
import { requireMay } from '../caller.ts';
import { audited, verifyAudit } from './audit.ts';
import { clearErrors, countErrors, type ErrorRow, type Level } from './error-log.ts';

export interface ErrorQuestion {
  readonly level: Level | null;
  readonly fromMs: number;
  readonly toMs: number;
  /** Keys of the last row of the page before. */
  readonly after: { readonly atMs: number; readonly id: number } | null;
  /** At the end of the statement: the database's word for the first so many rows. */
  readonly limit: RawBuilder<unknown>;
}

/** A page of the error log, newest first, and how many entries of each level the span holds. */
export async function readErrors(ground: Ground, { scope }: Acting, question: ErrorQuestion) {
  requireMay(scope.caller, 'error-log.read');
  const { level, fromMs, toMs, after, limit } = question;
  let query = ground.store.db
    .selectFrom('error_log')
    .selectAll()
    .where('at', '>=', fromMs)
    .where('at', '<', toMs)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .modifyEnd(limit);
  if (level !== null) query = query.where('level', '=', level);
  if (after !== null) {
    query = query.where((eb) =>
      eb.or([eb('at', '<', after.atMs), eb.and([eb('at', '=', after.atMs), eb('id', '<', after.id)])]),
    );
  }
  const rows: ErrorRow[] = await query.execute();
  return { rows, counts: await countErrors(ground.store.db, { fromMs, toMs }) };
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
