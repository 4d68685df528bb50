/** Hours per day as bars, stacked by state, with a line at a working day's length. */
import { type ReactNode, useState } from 'react';
import { CheckField } from '../../ui/index.ts';
import { LOOK_OF, type Segment, STATE_WORDS } from '../segments/segments.ts';
import { lengthText } from '../words/lengths.ts';
import { ChartFrame } from './chart-frame.tsx';
import styles from './charts.module.css';
import type { LocalDay, StateSums } from './days.ts';
import { everyNth, lengthTicks, linear } from './scale.ts';

type State = Segment['state'];
/** From the ground up: use first, so that it can be compared from day to day. */
const STACK: readonly State[] = [
  'active',
  'idle',
  'locked',
  'disconnected',
  'asleep',
  'paused',
  'loggingOff',
  'unknown',
];

const HOUR_MS = 3_600_000;
const HEIGHT_PX = 170;
const LEFT_PX = 34;
const BOTTOM_PX = 22;
const LABEL_PX = 46;
const DAY_FORM = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
export const dateLabel = (date: string) => DAY_FORM.format(Date.parse(`${date}T00:00:00Z`));

export interface DayBarsProps {
  readonly label: string;
  readonly days: readonly LocalDay[];
  readonly sums: readonly StateSums[];
  /** A line across, such as 8 hours. */
  readonly lineMs?: number;
}

/** A night at a locked screen would dwarf the day's work: away time shows only where asked for. */
const PRESENT: readonly State[] = ['active', 'idle', 'unknown'];

export function DayBars({ label, days, sums, lineMs = 8 * HOUR_MS }: DayBarsProps) {
  const [withAway, setWithAway] = useState(false);
  const present = (withAway ? STACK : PRESENT).filter((state) => sums.some((one) => (one[state] ?? 0) > 0));
  const total = (one: StateSums) => present.reduce((sum, state) => sum + (one[state] ?? 0), 0);
  const most = Math.max(lineMs, ...sums.map(total));
  const twin = {
    head: ['Day', ...present.map((state) => STATE_WORDS[state])],
    rows: days.map(({ date }, i) => [date, ...present.map((state) => lengthText(sums[i]![state] ?? 0))]),
  };
  return (
    <ChartFrame
      label={label}
      twin={twin}
      legend={
        <Legend states={present}>
          <CheckField label="with away time" value={withAway} onChange={setWithAway} />
        </Legend>
      }
    >
      {(widthPx) => {
        const band = (widthPx - LEFT_PX) / Math.max(1, days.length);
        const ticks = lengthTicks(most);
        const y = linear([0, ticks.at(-1)!], [HEIGHT_PX - BOTTOM_PX, 6]);
        const nth = everyNth(band, LABEL_PX);
        return (
          <svg width={widthPx} height={HEIGHT_PX} aria-hidden className={styles.svg}>
            <Hatches />
            {ticks.map((tick) => (
              <g key={tick}>
                <line x1={LEFT_PX} x2={widthPx} y1={y(tick)} y2={y(tick)} className={styles.grid} />
                <text x={LEFT_PX - 6} y={y(tick) + 4} textAnchor="end">
                  {tick / HOUR_MS}h
                </text>
              </g>
            ))}
            {days.map((day, i) => (
              <g key={day.date} transform={`translate(${LEFT_PX + i * band} 0)`}>
                {day.weekday > 5 ? (
                  <rect width={band} y={6} height={HEIGHT_PX - BOTTOM_PX - 6} className={styles.weekend} />
                ) : null}
                <Bar sums={sums[i]!} states={present} widthPx={band} y={y} date={day.date} />
                {i % nth === 0 ? (
                  <text x={band / 2} y={HEIGHT_PX - 6} textAnchor="middle">
                    {dateLabel(day.date)}
                  </text>
                ) : null}
              </g>
            ))}
            <line x1={LEFT_PX} x2={widthPx} y1={y(lineMs)} y2={y(lineMs)} className={styles.mark} />
          </svg>
        );
      }}
    </ChartFrame>
  );
}

function Bar({
  sums,
  states,
  widthPx,
  y,
  date,
}: {
  sums: StateSums;
  states: readonly State[];
  widthPx: number;
  y: (ms: number) => number;
  date: string;
}) {
  const pad = Math.min(3, widthPx * 0.15);
  let below = 0;
  return (
    <>
      {states.map((state) => {
        const ms = sums[state] ?? 0;
        if (ms === 0) return null;
        const [top, bottom] = [y(below + ms), y(below)];
        below += ms;
        return (
          <rect
            key={state}
            x={pad}
            width={Math.max(1, widthPx - 2 * pad)}
            y={top}
            height={Math.max(0.5, bottom - top)}
            className={styles.part}
            data-look={LOOK_OF[state]}
          >
            <title>{`${dateLabel(date)}: ${STATE_WORDS[state]} ${lengthText(ms)}`}</title>
          </rect>
        );
      })}
    </>
  );
}

/** Textures of the states; once per drawing. */
export function Hatches() {
  return (
    <defs>
      <pattern
        id="hatch-locked"
        width="5"
        height="5"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width="3" height="5" className={styles.lockedInk} />
      </pattern>
      <pattern
        id="hatch-unknown"
        width="4"
        height="4"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width="1" height="4" className={styles.unknownInk} />
      </pattern>
    </defs>
  );
}

function Legend({ states, children }: { states: readonly State[]; children: ReactNode }) {
  return (
    <ul className={styles.legend}>
      {states.map((state) => (
        <li key={state}>
          <svg width="14" height="12" aria-hidden>
            <rect width="14" height="12" className={styles.part} data-look={LOOK_OF[state]} />
          </svg>
          {STATE_WORDS[state]}
        </li>
      ))}
      <li>{children}</li>
    </ul>
  );
}
