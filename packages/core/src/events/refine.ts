/** The few events whose values decide what they say: each function reads one row's fields and returns what it adds. */
import type { EventDetail, Instant, Signal } from '../model.ts';
import { parseSystemTimeHex, parseWindowsTime } from '../time.ts';
import type { FieldSource } from './definition.ts';
import { integerOrNull } from './values.ts';

type Refined = Partial<{ signal: Signal; detail: EventDetail }>;

const NOTHING: Refined = {};
const HOUR_MS = 3_600_000;
/** No zone is further from UTC than this, and the event is written within seconds of the change. */
const WIDEST_ZONE_MS = 15 * HOUR_MS;

/** Both sides of a change of the clock, as instants or (Windows Vista and 7) as local text. */
export function refineTimeChange(previousName: string, newName: string) {
  return (record: FieldSource, time: Instant): Refined => {
    const previousText = record.field(previousName);
    const newText = record.field(newName);
    if (previousText === null || newText === null) return NOTHING;
    const previousTime = parseWindowsTime(previousText);
    const newTime = parseWindowsTime(newText);
    if (previousTime !== null && newTime !== null) return { detail: { previousTime, newTime } };
    return localTimeChange(
      `${record.field('PreviousDate')} ${previousText}`,
      `${record.field('NewDate')} ${newText}`,
      time,
    );
  };
}

/**
 * Windows Vista and 7 wrote local text in the language's form. Only its difference is used: the clock showed the new
 * time when the event was written, so the previous one lies that difference before the event.
 */
function localTimeChange(previousText: string, newText: string, time: Instant): Refined {
  const changed = localReadings(newText).find(({ instant }) => Math.abs(instant - time) <= WIDEST_ZONE_MS);
  if (changed === undefined) return NOTHING;
  const previous = localReadings(previousText).find(({ order }) => order === changed.order);
  if (previous === undefined) return NOTHING;
  return { detail: { previousTime: time - (changed.instant - previous.instant), newTime: time } };
}

/** Marks of writing direction that Windows puts into localized dates. */
const DIRECTION_MARKS = /[\u200e\u200f]/g;
const LOCAL_TIME =
  /^(\d{1,4})[./-](\d{1,2})[./-](\d{1,4}) (\d{1,2}):(\d{2})(?::(\d{2}))?\s?(?:([AP])\.?M\.?)?$/i;
const DATE_ORDERS = { monthFirst: [2, 0, 1], dayFirst: [2, 1, 0], yearFirst: [0, 1, 2] } as const;

/** Every instant that localized text could mean if the zone were UTC, with the order of its date. */
function localReadings(text: string): { order: string; instant: Instant }[] {
  const parts = LOCAL_TIME.exec(text.replace(DIRECTION_MARKS, ''));
  if (parts === null) return [];
  const date = parts.slice(1, 4).map(Number);
  const afternoon = parts[7] === undefined ? null : parts[7].toUpperCase() === 'P';
  const hour = afternoon === null ? Number(parts[4]) : (Number(parts[4]) % 12) + (afternoon ? 12 : 0);
  return Object.entries(DATE_ORDERS).flatMap(([order, [year, month, day]]) => {
    const [y, m, d] = [date[year]!, date[month]!, date[day]!];
    if (y < 1000 || m < 1 || m > 12 || d < 1 || d > 31) return [];
    return [{ order, instant: Date.UTC(y, m - 1, d, hour, Number(parts[5]), Number(parts[6] ?? '0')) }];
  });
}

/** Kernel-Boot's BootType 2 is the resume from hibernation; other types accompany a boot that others tell of. */
export function refineBootType(record: FieldSource): Refined {
  return integerOrNull(record.field('BootType')) === 2 ? { signal: 'resume' } : NOTHING;
}

/** The binary data holds the time of death as two SYSTEMTIMEs, local and then UTC; the text is localized. */
export function refineUnexpectedShutdown(record: FieldSource): Refined {
  const binary = record.field('Binary');
  const deathTime = binary === null ? null : parseSystemTimeHex(binary, 16);
  return deathTime === null ? NOTHING : { detail: { deathTime } };
}

const UPTIME_POSITIONS = [4, 0, 1, 2, 3, 5, 6];

/** Seconds since boot are the fifth unnamed value; renderings that drop the empty ones before it move it. */
export function refineUptime(record: FieldSource): Refined {
  for (const position of UPTIME_POSITIONS) {
    const text = record.field(`#${position}`) ?? record.field(`param${position + 1}`);
    const seconds = text === null || text.startsWith('0x') ? null : integerOrNull(text);
    if (seconds !== null) return { detail: { uptimeSeconds: seconds } };
  }
  return NOTHING;
}
