/** Instants as the clock of a zone shows them; one set of formats per zone, made once. */

export interface Clock {
  readonly zone: string;
  /** `5 May 2026`. */
  date(atMs: number): string;
  /** `Tue 5 May`. */
  day(atMs: number): string;
  /** `08:41`. */
  minute(atMs: number): string;
  /** `08:41:07`. */
  second(atMs: number): string;
  /** `Tue 5 May, 08:41`. */
  dayMinute(atMs: number): string;
  /** `5 May 2026, 08:41:07`. */
  full(atMs: number): string;
  /** `5 May 2026, 08:41:07.123 BST`: what evidence is compared with. */
  exact(atMs: number): string;
  /** `BST` at that moment. */
  zoneName(atMs: number): string;
}

/** One clock per zone that a person looks at. */
const CLOCKS = new Map<string, Clock>();

/** The clock of an IANA zone. */
export function clockOf(zone: string): Clock {
  const known = CLOCKS.get(zone);
  if (known !== undefined) return known;
  const made = createClock(zone);
  CLOCKS.set(zone, made);
  return made;
}

function createClock(zone: string): Clock {
  const form = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', ...options });
    return (atMs: number) => (Number.isFinite(atMs) ? format.format(atMs) : '');
  };
  const date = form({ day: 'numeric', month: 'short', year: 'numeric' });
  const day = form({ weekday: 'short', day: 'numeric', month: 'short' });
  const minute = form({ hour: '2-digit', minute: '2-digit' });
  const second = form({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const named = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'short' });
  const zoneName = (atMs: number) =>
    named.formatToParts(atMs).find(({ type }) => type === 'timeZoneName')?.value ?? zone;
  const withoutComma = (text: string) => text.replace(',', '');
  const thousandths = (atMs: number) => String(((atMs % 1_000) + 1_000) % 1_000).padStart(3, '0');
  return {
    zone,
    date,
    day: (atMs) => withoutComma(day(atMs)),
    minute,
    second,
    dayMinute: (atMs) => `${withoutComma(day(atMs))}, ${minute(atMs)}`,
    full: (atMs) => `${date(atMs)}, ${second(atMs)}`,
    exact: (atMs) => `${date(atMs)}, ${second(atMs)}.${thousandths(atMs)} ${zoneName(atMs)}`,
    zoneName,
  };
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** `just now`, `12 min ago`, `3 h ago`, `5 days ago`. */
export function agoText(atMs: number, nowMs: number): string {
  const ms = nowMs - atMs;
  if (ms < MINUTE_MS) return 'just now';
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} min ago`;
  if (ms < 2 * DAY_MS) return `${Math.floor(ms / HOUR_MS)} h ago`;
  return `${Math.floor(ms / DAY_MS)} days ago`;
}
