/** Actogram: one line per day, hours across. Regularity, late evenings and missing days are seen at once. */

import { SegmentStrip } from '../segments/segment-bar.tsx';
import { barText, type Segment } from '../segments/segments.ts';
import { lengthText } from '../words/lengths.ts';
import styles from './actogram.module.css';
import { dateLabel } from './day-bars.tsx';
import type { LocalDay } from './days.ts';

const HOURS = [0, 3, 6, 9, 12, 15, 18, 21];
const HOUR_MS = 3_600_000;
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** The part of each segment that lies in a day. */
function within(segments: readonly Segment[], { fromMs, toMs }: LocalDay): Segment[] {
  return segments.flatMap((segment) => {
    const from = Math.max(segment.fromMs, fromMs);
    const to = Math.min(segment.toMs, toMs);
    return to > from ? [{ ...segment, fromMs: from, toMs: to }] : [];
  });
}

export interface ActogramProps {
  readonly label: string;
  /** Newest first on the page. */
  readonly days: readonly LocalDay[];
  readonly segments: readonly Segment[];
  /** Hour at which the days begin. */
  readonly dayStart?: number;
}

export function Actogram({ label, days, segments, dayStart = 0 }: ActogramProps) {
  return (
    <table className={styles.actogram} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col">
            <span className="visually-hidden">Hours of the day</span>
            <span className={styles.hours} aria-hidden>
              {HOURS.map((hour) => (
                <span key={hour} style={{ left: `${(100 * hour) / 24}%` }}>
                  {String((hour + dayStart) % 24).padStart(2, '0')}
                </span>
              ))}
            </span>
          </th>
          <th scope="col">In use</th>
        </tr>
      </thead>
      <tbody>
        {[...days].reverse().map((day) => {
          const own = within(segments, day);
          const used = own
            .filter(({ state }) => state === 'active')
            .reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
          const hours = Math.round((day.toMs - day.fromMs) / HOUR_MS);
          return (
            <tr key={day.date} data-weekend={day.weekday > 5 || undefined}>
              <th scope="row">
                {WEEKDAYS[day.weekday - 1]} {dateLabel(day.date)}
                {hours === 24 ? null : <em title="The clocks change on this day"> {hours}h</em>}
              </th>
              <td className={styles.track}>
                <SegmentStrip
                  segments={own}
                  fromMs={day.fromMs}
                  toMs={day.toMs}
                  label={own.length === 0 ? 'no sessions' : barText(own, lengthText)}
                />
              </td>
              <td>{used === 0 ? '' : lengthText(used)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
