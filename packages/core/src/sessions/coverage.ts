/** How much of the evidence was there, per computer and day: absence of data must not look like absence of work. */
import type { Instant } from '../model.ts';

export interface Coverage {
  readonly computer: string;
  /** First and last sign of the computer in the data. */
  readonly from: Instant;
  readonly to: Instant;
  /** Events understood. */
  readonly events: number;
  /** True if the data ever holds a lock or unlock of this computer. */
  readonly lockData: boolean;
  /** Stretches in which record numbers are missing, per channel. */
  readonly gaps: readonly LogGap[];
  /** When a log was cleared or events were dropped by the system. */
  readonly cleared: readonly Instant[];
  readonly channels: readonly string[];
}

/** Records that existed but are not in the data: numbers between two neighbours of one channel. */
export interface LogGap {
  readonly channel: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly missing: number;
}
