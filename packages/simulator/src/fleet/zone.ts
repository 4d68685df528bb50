/** Local time of IANA zones, daylight saving included. */

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
/** No zone changes its offset in the middle of a quarter of an hour. */
const OFFSET_STEP_MS = 15 * MINUTE_MS;

interface ZoneOffsets {
  readonly format: Intl.DateTimeFormat;
  readonly known: Map<number, number>;
}
const zones = new Map<string, ZoneOffsets>();

/** How far local time is ahead of UTC at an instant, in milliseconds. */
export function zoneOffsetMs(zone: string, instant: number): number {
  let offsets = zones.get(zone);
  if (offsets === undefined) zones.set(zone, (offsets = { format: zoneFormat(zone), known: new Map() }));
  const step = Math.floor(instant / OFFSET_STEP_MS);
  let offset = offsets.known.get(step);
  if (offset === undefined) {
    offset = localAsUtc(offsets.format, step * OFFSET_STEP_MS) - step * OFFSET_STEP_MS;
    offsets.known.set(step, offset);
  }
  return offset;
}

function zoneFormat(zone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
}

function localAsUtc(format: Intl.DateTimeFormat, instant: number): number {
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const get = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return Date.UTC(get('year'), get('month') - 1, get('day'), get('hour'), get('minute'));
}

/** The instant at which a zone's clocks show `minutes` after midnight of a day (days since 1970). */
export function localInstant(zone: string, day: number, minutes: number): number {
  const wanted = day * DAY_MS + minutes * MINUTE_MS;
  const first = wanted - zoneOffsetMs(zone, wanted);
  return wanted - zoneOffsetMs(zone, first);
}
