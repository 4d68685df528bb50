/** Local time on the axis: ticks that keep to the wall clock over changes of it, and how instants and lengths are written. */

/** The zone that is shown. Days and offsets come from the core. */
export interface Clock {
  readonly zone: string;
  /** What to add to UTC to get local time, in milliseconds. */
  offsetAt(at: number): number;
}

export interface Tick {
  readonly at: number;
  readonly label: string;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
/** Mondays are so many days after the first of January 1970, a Thursday. */
const MONDAY = 4 * DAY;

/** What stands between two ticks: a length on the wall clock, or a number of months. */
type Step = { readonly ms: number } | { readonly months: number };

const STEPS: readonly Step[] = [
  ...[SECOND, 5 * SECOND, 15 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE].map((ms) => ({ ms })),
  ...[HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, WEEK].map((ms) => ({ ms })),
  ...[1, 3, 12, 60].map((months) => ({ months })),
];
const MONTH_MS = 30.4375 * DAY;
const lengthOf = (step: Step) => ('ms' in step ? step.ms : step.months * MONTH_MS);

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const two = (value: number) => String(value).padStart(2, '0');

/** Instants at which the wall clock shows a local time: none where it is skipped, two where it comes twice. */
export function instantsOf(clock: Clock, localMs: number): number[] {
  const before = clock.offsetAt(localMs - DAY);
  const after = clock.offsetAt(localMs + DAY);
  const fits = (offset: number) => clock.offsetAt(localMs - offset) === offset;
  const offsets = before === after ? [before] : [Math.max(before, after), Math.min(before, after)];
  return offsets.filter(fits).map((offset) => localMs - offset);
}

/** The first instant at or after which a local time has come, where it may be skipped. */
function instantFrom(clock: Clock, localMs: number): number {
  return instantsOf(clock, localMs)[0] ?? localMs - clock.offsetAt(localMs - DAY);
}

/**
 * A clock for a zone of which only the wall clock at an instant can be asked, and that slowly: each day is asked about
 * once, and more often only where the clocks change within it.
 */
export function cachedClock(zone: string, wallClock: (at: number) => number): Clock {
  const offsets = new Map<number, number | null>();
  const ask = (at: number) => wallClock(at) - at;
  return {
    zone,
    offsetAt(at) {
      const day = Math.floor(at / DAY);
      let offset = offsets.get(day);
      if (offset === undefined) {
        const first = ask(day * DAY);
        offset = first === ask((day + 1) * DAY - 1) ? first : null;
        offsets.set(day, offset);
      }
      return offset ?? ask(Math.floor(at));
    },
  };
}

/** First instants of the local days that touch [from, to), one more than there are days. Dates a zone skipped are left out. */
export function localDays(clock: Clock, from: number, to: number): Float64Array {
  const days: number[] = [];
  let local = Math.floor(localOf(clock, from) / DAY) * DAY;
  while (instantFrom(clock, local) > from) local -= DAY;
  for (; ; local += DAY) {
    const at = instantFrom(clock, local);
    if (days.length > 0 && at <= days.at(-1)!) continue;
    // The day before may have been a shorter way to the same place.
    if (days.length === 1 && at <= from) days.pop();
    days.push(at);
    if (at >= to && days.length > 1) return Float64Array.from(days);
  }
}

export const localOf = (clock: Clock, at: number): number => at + clock.offsetAt(at);

/** Two rows of ticks: fine ones at least `minPx` apart, and above them what those are part of. */
export interface Axis {
  readonly minor: readonly Tick[];
  readonly major: readonly Tick[];
}

export function axisOf(clock: Clock, from: number, to: number, msPerPx: number, minPx: number): Axis {
  const minor = STEPS.find((step) => lengthOf(step) / msPerPx >= minPx) ?? STEPS.at(-1)!;
  const major: Step = 'months' in minor ? { months: 12 } : minor.ms < DAY ? { ms: DAY } : { months: 1 };
  return {
    minor: ticksOf(clock, from, to, minor).map((at) => ({ at, label: minorLabel(clock, at, minor) })),
    major: ticksOf(clock, from, to, major).map((at) => ({ at, label: majorLabel(clock, at, major) })),
  };
}

/** Ticks within the range, and the one before it, whose label goes on into the range. */
function ticksOf(clock: Clock, from: number, to: number, step: Step): number[] {
  const ticks: number[] = [];
  if ('months' in step) {
    const first = new Date(localOf(clock, from));
    let month = first.getUTCFullYear() * 12 + first.getUTCMonth();
    month -= month % step.months;
    for (; ; month += step.months) {
      const at = instantFrom(clock, Date.UTC(Math.floor(month / 12), month % 12, 1));
      if (at >= to) return ticks;
      ticks.push(at);
    }
  }
  const base = step.ms >= WEEK ? MONDAY : 0;
  let local = Math.floor((localOf(clock, from) - base) / step.ms) * step.ms + base;
  for (const end = localOf(clock, to) + HOUR; local < end; local += step.ms) {
    const found = step.ms >= DAY ? [instantFrom(clock, local)] : instantsOf(clock, local);
    for (const at of found) if (at < to) ticks.push(at);
  }
  // An hour that comes twice brings its ticks in two turns.
  return ticks.sort((a, b) => a - b);
}

function minorLabel(clock: Clock, at: number, step: Step): string {
  const local = new Date(localOf(clock, at));
  if ('months' in step)
    return step.months < 12 ? MONTHS[local.getUTCMonth()]! : String(local.getUTCFullYear());
  if (step.ms >= WEEK) return `${local.getUTCDate()} ${MONTHS[local.getUTCMonth()]}`;
  if (step.ms >= DAY) return `${WEEKDAYS[local.getUTCDay()]} ${local.getUTCDate()}`;
  const time = `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`;
  return step.ms >= MINUTE ? time : `${time}:${two(local.getUTCSeconds())}`;
}

function majorLabel(clock: Clock, at: number, step: Step): string {
  const local = new Date(localOf(clock, at));
  const year = local.getUTCFullYear();
  if ('months' in step) return step.months === 1 ? `${MONTHS[local.getUTCMonth()]} ${year}` : String(year);
  return dayWords(local);
}

const dayWords = (local: Date) =>
  `${WEEKDAYS[local.getUTCDay()]} ${local.getUTCDate()} ${MONTHS[local.getUTCMonth()]} ${local.getUTCFullYear()}`;

/** `Tue 5 May 2026`. */
export const formatDay = (clock: Clock, at: number): string => dayWords(new Date(localOf(clock, at)));

/** `05 May 2026 08:41`, with seconds if wanted. */
export function formatInstant(clock: Clock, at: number, precision: 'minute' | 'second' = 'minute'): string {
  const local = new Date(localOf(clock, at));
  const day = `${two(local.getUTCDate())} ${MONTHS[local.getUTCMonth()]} ${local.getUTCFullYear()}`;
  return `${day} ${formatTime(clock, at, precision)}`;
}

/** `08:41`, with seconds if wanted. */
export function formatTime(clock: Clock, at: number, precision: 'minute' | 'second' = 'minute'): string {
  const local = new Date(localOf(clock, at));
  const time = `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`;
  return precision === 'minute' ? time : `${time}:${two(local.getUTCSeconds())}`;
}

/** The offset from UTC as people write it: `+01:00`. */
export function formatOffset(clock: Clock, at: number): string {
  const minutes = Math.round(clock.offsetAt(at) / MINUTE);
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '−' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** Days that are longer or shorter than the clock has hours, with the sign to mark them by. */
export function oddDays(boundaries: Float64Array, from: number, to: number): Tick[] {
  const odd: Tick[] = [];
  for (let day = 0; day + 1 < boundaries.length; day++) {
    const length = boundaries[day + 1]! - boundaries[day]!;
    if (length === DAY || boundaries[day + 1]! <= from || boundaries[day]! >= to) continue;
    odd.push({ at: boundaries[day]!, label: `${Number((length / HOUR).toFixed(1))} h` });
  }
  return odd;
}
