/** Wall-clock times of an IANA zone to instants, with the offsets of each hour looked up once. */
import type { Instant } from '@logonscope/core';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What a wall time can mean: one instant, two in the repeated hour of autumn, none in the skipped hour of spring. */
export interface WallMeaning {
  readonly kind: 'single' | 'repeated' | 'skipped';
  /** Offsets from UTC in milliseconds: the only one; or the earlier instant's (summer) and the later one's. */
  readonly firstOffsetMs: number;
  readonly secondOffsetMs: number;
}

/** True if the engine knows the zone. */
export function isZone(timezone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: timezone });
    return true;
  } catch {
    return false;
  }
}

/** The offset of a zone at an instant, in milliseconds east of UTC. Minute precision. */
function offsetLookup(timezone: string): (at: Instant) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const known = new Map<number, number>();
  return (at) => {
    const minute = Math.floor(at / MINUTE_MS) * MINUTE_MS;
    let offset = known.get(minute);
    if (offset === undefined) {
      const part: Record<string, number> = {};
      for (const { type, value } of format.formatToParts(minute)) part[type] = Number(value);
      const wall = Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!);
      offset = wall - minute;
      if (known.size > 100_000) known.clear();
      known.set(minute, offset);
    }
    return offset;
  };
}

/** A function that says what a wall time (milliseconds as if it were UTC) means in the zone. */
export function wallClock(timezone: string): (wallMs: number) => WallMeaning {
  const offsetAt = offsetLookup(timezone);
  const known = new Map<number, WallMeaning | null>();

  function meaning(wallMs: number): WallMeaning {
    const before = offsetAt(wallMs - DAY_MS);
    const after = offsetAt(wallMs + DAY_MS);
    const beforeHolds = offsetAt(wallMs - before) === before;
    const afterHolds = offsetAt(wallMs - after) === after;
    if (before === after) return { kind: 'single', firstOffsetMs: before, secondOffsetMs: before };
    if (beforeHolds && afterHolds) return { kind: 'repeated', firstOffsetMs: before, secondOffsetMs: after };
    if (beforeHolds || afterHolds) {
      const offset = beforeHolds ? before : after;
      return { kind: 'single', firstOffsetMs: offset, secondOffsetMs: offset };
    }
    // With the offset of before the gap the time lands as much after the gap as it stood inside it.
    return { kind: 'skipped', firstOffsetMs: before, secondOffsetMs: before };
  }

  return (wallMs) => {
    const hour = Math.floor(wallMs / HOUR_MS);
    let whole = known.get(hour);
    if (whole === undefined) {
      const [from, to] = [offsetAt(hour * HOUR_MS - DAY_MS), offsetAt((hour + 1) * HOUR_MS + DAY_MS)];
      whole = from === to ? { kind: 'single', firstOffsetMs: from, secondOffsetMs: from } : null;
      if (known.size > 100_000) known.clear();
      known.set(hour, whole);
    }
    return whole ?? meaning(wallMs);
  };
}

/** A placed time; one object, filled anew by each `place`. */
export interface PlacedTime {
  at: Instant;
  /** The time stood in the skipped hour and was moved forward. */
  skipped: boolean;
  /** A repeated hour ended here whose rows the order of the file did not tell apart. */
  undecided: boolean;
}

export interface TimePlacer {
  place(wallMs: number): PlacedTime;
  /** True if the last row stood in a repeated hour that the order of the file did not tell apart. */
  endsUndecided(): boolean;
}

/**
 * Places wall times one after another. In the repeated hour of autumn file order decides: the first pass is
 * summer time; as soon as the time runs against the direction of the file it is winter time.
 *
 * @param newestFirst the file runs backwards, so the first pass is winter time
 */
export function timePlacer(timezone: string, newestFirst: boolean): TimePlacer {
  const clock = wallClock(timezone);
  const placed: PlacedTime = { at: 0, skipped: false, undecided: false };
  let previousWallMs = Number.NaN;
  let inRepeated = false;
  let secondPass = false;

  function place(wallMs: number): PlacedTime {
    const { kind, firstOffsetMs, secondOffsetMs } = clock(wallMs);
    placed.skipped = kind === 'skipped';
    placed.undecided = inRepeated && kind !== 'repeated' && !secondPass;
    if (kind === 'repeated') {
      const ranBack = newestFirst ? wallMs > previousWallMs : wallMs < previousWallMs;
      secondPass = inRepeated && (secondPass || ranBack);
      inRepeated = true;
      placed.at = wallMs - (secondPass === newestFirst ? firstOffsetMs : secondOffsetMs);
    } else {
      inRepeated = false;
      placed.at = wallMs - firstOffsetMs;
    }
    previousWallMs = wallMs;
    return placed;
  }

  return { place, endsUndecided: () => inRepeated && !secondPass };
}

/** The zone to read zone-less times in: the one the user named, else the assumed one; one the engine knows. */
export function zoneToUse(options: { timezone: string | null; assumedTimezone: string }): {
  timezone: string;
  assumed: boolean;
} {
  const named = options.timezone;
  if (named !== null && isZone(named)) return { timezone: named, assumed: false };
  return { timezone: isZone(options.assumedTimezone) ? options.assumedTimezone : 'UTC', assumed: true };
}
