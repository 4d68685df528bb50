/** Failed logons of the last hour against what is usual at that hour, so that a burst stands out and a Monday does not. */
import { quantile } from '../../parts/charts/scale.ts';

const HOURS_PER_DAY = 24;
/** Below this nobody needs to look, however quiet it usually is. */
const LEAST_WORTH_A_LOOK = 5;
const TIMES_USUAL = 3;

export interface FailedNow {
  readonly lastHour: number;
  /** What nine of ten earlier days stay below at this hour; null without earlier days. */
  readonly usualMost: number | null;
  readonly isSpike: boolean;
  /** The last 24 hours, oldest first. */
  readonly day: readonly number[];
}

/** Counts by hour, oldest first; the last one is the hour up to now. An empty installation has none but that. */
export function failedNow(hours: readonly number[]): FailedNow {
  const lastHour = hours.at(-1) ?? 0;
  const sameHour = hours.filter(
    (_, i) => i < hours.length - 1 && (hours.length - 1 - i) % HOURS_PER_DAY === 0,
  );
  const usualMost = quantile(sameHour, 0.9);
  const isSpike = lastHour >= LEAST_WORTH_A_LOOK && lastHour > TIMES_USUAL * (usualMost ?? 0);
  return { lastHour, usualMost, isSpike, day: hours.slice(-HOURS_PER_DAY) };
}
