/** Ranges of time as the address bar carries them: a name such as `7d`, or two instants with `..` between. */
import { addDays, firstOfMonth, instantOfLocal, localDate, startOfDay } from './local-time.ts';

/** Half-open: from ≤ t < to, in milliseconds since 1970; null is without end. */
export interface Range {
  readonly fromMs: number | null;
  readonly toMs: number | null;
  /** As the address says it. */
  readonly text: string;
  /** As people say it. */
  readonly label: string;
}

const HOUR_MS = 3_600_000;

/** Named ranges, in the order of the picker. All begin and end on whole hours or local days, so that answers can be kept. */
export const RANGES = [
  ['today', 'Today'],
  ['48h', 'Last 48 hours'],
  ['7d', 'Last 7 days'],
  ['30d', 'Last 30 days'],
  ['90d', 'Last 90 days'],
  ['this-month', 'This month'],
  ['last-month', 'Last month'],
  ['year', 'Last 12 months'],
  ['all', 'All time'],
] as const;
export type RangeName = (typeof RANGES)[number][0];
export const RANGE_DEFAULT: RangeName = '7d';

const isName = (text: string): text is RangeName => RANGES.some(([name]) => name === text);

/** The ends of a named range for somebody in this zone at this moment. */
function endsOf(name: RangeName, zone: string, nowMs: number): [number | null, number | null] {
  const today = localDate(zone, nowMs);
  const day = (date: string) => startOfDay(zone, date);
  const lastDays = (days: number): [number, number] => [
    day(addDays(today, 1 - days)),
    day(addDays(today, 1)),
  ];
  switch (name) {
    case 'today':
      return lastDays(1);
    case '48h': {
      const nextHour = (Math.floor(nowMs / HOUR_MS) + 1) * HOUR_MS;
      return [nextHour - 49 * HOUR_MS, nextHour];
    }
    case '7d':
      return lastDays(7);
    case '30d':
      return lastDays(30);
    case '90d':
      return lastDays(90);
    case 'this-month':
      return [day(firstOfMonth(today)), day(firstOfMonth(today, 1))];
    case 'last-month':
      return [day(firstOfMonth(today, -1)), day(firstOfMonth(today))];
    case 'year':
      return [day(firstOfMonth(today, -11)), day(firstOfMonth(today, 1))];
    case 'all':
      return [null, null];
  }
}

/** The text of a range between two instants. */
export function rangeText(fromMs: number, toMs: number): string {
  return `${new Date(fromMs).toISOString()}..${new Date(toMs).toISOString()}`;
}

/** The text of whole local days, both included. */
export function rangeOfDays(zone: string, first: string, last: string): string {
  return rangeText(startOfDay(zone, first), startOfDay(zone, addDays(last, 1)));
}

/** Reads what the address says; anything else is the default. */
export function readRange(text: string | undefined, zone: string, nowMs: number): Range {
  const [from = '', to = ''] = (text ?? '').split('..');
  const ends = [from, to].map((end) => instantIn(end, zone));
  const [fromMs, toMs] = ends;
  if (fromMs != null && toMs != null && fromMs < toMs) {
    return { fromMs, toMs, text: text!, label: labelOf(fromMs, toMs, zone) };
  }
  const name = text !== undefined && isName(text) ? text : RANGE_DEFAULT;
  const [start, end] = endsOf(name, zone, nowMs);
  return { fromMs: start, toMs: end, text: name, label: RANGES.find(([one]) => one === name)![1] };
}

/** `2026-03-29T08:30Z`, or the same without zone as local time. */
function instantIn(text: string, zone: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2})?)?$/.test(text)) return null;
  const isLocal = !/(Z|[+-]\d{2}:\d{2})$/.test(text);
  const ms = isLocal ? instantOfLocal(zone, text.includes('T') ? text : `${text}T00:00`) : Date.parse(text);
  return Number.isFinite(ms) ? ms : null;
}

/** `5 May 2026 – 11 May 2026`, with times where the ends are no midnights. */
function labelOf(fromMs: number, toMs: number, zone: string): string {
  const whole = [fromMs, toMs].every((ms) => startOfDay(zone, localDate(zone, ms)) === ms);
  const form = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    dateStyle: 'medium',
    ...(whole ? {} : { timeStyle: 'short' as const }),
  });
  return form.formatRange(fromMs, whole ? toMs - 1 : toMs);
}
