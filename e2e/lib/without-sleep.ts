/** Use time of a full log as a format can tell it that does not hold every reason of being away. */
import {
  AWAY_REASONS,
  type AwayReason,
  type DurationMs,
  type LogonSession,
  lengthMs,
} from '@logonscope/core';

/** What only the System log tells. */
export const FROM_SYSTEM_LOG: readonly AwayReason[] = ['asleep', 'paused'];

/** What an agent does not hear of: it knows logons, logoffs, locks and unlocks. */
export const UNHEARD_BY_AGENTS: readonly AwayReason[] = AWAY_REASONS.filter(
  (reason) => reason !== 'locked' && reason !== 'loggingOff',
);

/** Use time as it would be if nobody had noticed these reasons. */
export function useUnless(reasons: readonly AwayReason[], { durationMs, away }: LogonSession): DurationMs {
  return durationMs - lengthMs(away.filter(({ reason }) => !reasons.includes(reason)));
}
