/** Times of the original, which it kept as its server's clock on the wall showed them. */
import { wallClock } from '@logonscope/readers';

/** An instant in milliseconds since 1970, and what had to be assumed for it. */
export interface Placed {
  readonly at: number;
  readonly doubt: 'repeated' | 'skipped' | null;
}

export type PlaceTime = (wallMs: number, computer: string) => Placed;

/**
 * Places wall times in a zone. The original wrote down no offset, so an hour that autumn repeats can be either one:
 * it is the first, unless the computer has told of a later time already. Call it in the order of the rows.
 */
export function timesIn(timezone: string): PlaceTime {
  const clock = wallClock(timezone);
  const latest = new Map<string, number>();
  return (wallMs, computer) => {
    const { kind, firstOffsetMs, secondOffsetMs } = clock(wallMs);
    const seen = latest.get(computer) ?? Number.NEGATIVE_INFINITY;
    const first = wallMs - firstOffsetMs;
    const at = kind === 'repeated' && first < seen ? wallMs - secondOffsetMs : first;
    latest.set(computer, Math.max(seen, at));
    return { at, doubt: kind === 'single' ? null : kind };
  };
}
