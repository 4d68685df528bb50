/** Times as `event_log.csv` and the original's servers have them. */
import { zoneOf } from '@logonscope/core';

/** RFC 3339 in whole seconds, with the offset that the zone has at that time; `Z` where it has none. */
export function writtenTime(timezone: string, time: number): string {
  const seconds = Math.floor(time / 1000) * 1000;
  const offsetMs = zoneOf(timezone).offsetAt(seconds);
  const local = new Date(seconds + offsetMs).toISOString().slice(0, 19);
  if (offsetMs === 0) return `${local}Z`;
  const minutes = Math.round(Math.abs(offsetMs) / 60_000);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${local}${offsetMs < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
