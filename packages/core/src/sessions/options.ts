/** The few things a person may decide about sessions; everything else follows from the evidence. */
import type { DurationMs, Instant } from '../model.ts';

export interface SessionizeOptions {
  /** Idle time before the screen saver starts; extends its interval backwards. Default 0. */
  readonly screensaverDelayMs?: DurationMs;
  /** Where a session that a crash ended is counted to: the last sign of life (default) or the next startup. */
  readonly crashEnd?: 'last-alive' | 'startup';
  /** Ignore everything after this instant; open sessions are counted to it. Default: the computer's last event. */
  readonly asOf?: Instant;
  /** Also make sessions of logons that are not a person at a desktop. Default false. */
  readonly everyLogon?: boolean;
  /** Also hand out the events of each session, for explaining it. Default false. */
  readonly keepEvents?: boolean;
}
