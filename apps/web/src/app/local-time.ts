/** Local days of a zone for the range picker, by `Intl` alone: the first page needs no calendar library. */

const DAY_MS = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(zone, made);
  return made;
}

/** What the clock of a zone shows, as if it were UTC: its date and time can be read with the UTC functions of `Date`. */
export function wallClock(zone: string, atMs: number): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(atMs)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (((atMs % 1_000) + 1_000) % 1_000);
}

/** The local date of an instant, `2026-03-29`. */
export function localDate(zone: string, atMs: number): string {
  return new Date(wallClock(zone, atMs)).toISOString().slice(0, 10);
}

/** The date so many days later, in the calendar. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The first day of the month of a date, so many months away. */
export function firstOfMonth(date: string, months = 0): string {
  const [year = 1970, month = 1] = date.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
}

/** When the clock of a zone shows this time (`2026-03-29T08:30`); a time the clock skips is moved on by the gap; NaN for what is no time. */
export function instantOfLocal(zone: string, local: string): number {
  const wanted = Date.parse(`${local}Z`);
  if (!Number.isFinite(wanted)) return Number.NaN;
  const offsetAt = (atMs: number) => wallClock(zone, atMs) - atMs;
  // Of two offsets around a change the later guess is right, unless the clock skips the time altogether.
  const first = wanted - offsetAt(wanted - DAY_MS);
  if (wallClock(zone, first) === wanted) return first;
  const second = wanted - offsetAt(wanted + DAY_MS);
  return wallClock(zone, second) === wanted ? second : Math.max(first, second);
}

/** The instant at which a local date begins. */
export const startOfDay = (zone: string, date: string): number => instantOfLocal(zone, `${date}T00:00`);

export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
