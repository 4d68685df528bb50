/** What every step of a move is handed. */
import type { Transaction } from 'kysely';
import type { Tables } from '../../schema.ts';
import type { MoveReport } from './report.ts';

export interface MoveGround {
  readonly trx: Transaction<Tables>;
  readonly report: MoveReport;
  readonly nowMs: number;
  /** The instant of a time that the original wrote without a zone; null for what is no time. */
  readonly instantOf: (cell: unknown) => number | null;
}
