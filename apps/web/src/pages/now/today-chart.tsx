/** Sessions in use over the day so far, against the band in which such days usually lie. */

import { addDays, localDate, startOfDay } from '../../app/local-time.ts';
import { useView } from '../../app/view.ts';
import { ChartFrame } from '../../parts/charts/chart-frame.tsx';
import styles from '../../parts/charts/charts.module.css';
import { countTicks, linear } from '../../parts/charts/scale.ts';
import { useMinimap } from '../../parts/charts/use-minimap.ts';
import { Answer } from '../../ui/index.ts';
import { SLOT_MINUTES, type Slot, usualDay } from './usual-day.ts';

const DAYS = 28;
const HEIGHT_PX = 190;
const LEFT_PX = 34;
const BOTTOM_PX = 22;
const DAY_MINUTES = 24 * 60;
const HOURS = [0, 3, 6, 9, 12, 15, 18, 21, 24];

const clockText = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

export function TodayChart() {
  const { zone } = useView();
  const slotMs = SLOT_MINUTES * 60_000;
  const toMs = Math.ceil(Date.now() / slotMs) * slotMs;
  const today = localDate(zone, Date.now());
  const fromMs = startOfDay(zone, addDays(today, -DAYS));
  const asked = useMinimap({ filter: '', fromMs, toMs, bins: Math.round((toMs - fromMs) / slotMs) });
  return (
    <Answer of={asked} rows={6}>
      {(minimap) => <Drawing slots={usualDay(minimap, zone, Date.now())} />}
    </Answer>
  );
}

const shown = (value: number | null) => (value === null ? '–' : value.toFixed(1));

function Drawing({ slots }: { slots: readonly Slot[] }) {
  const most = Math.max(1, ...slots.map(({ today, high }) => Math.max(today ?? 0, high ?? 0)));
  const ticks = countTicks(most);
  const hasUsual = slots.some(({ usual }) => usual !== null);
  const y = linear([0, ticks.at(-1)!], [HEIGHT_PX - BOTTOM_PX, 8]);
  const twin = {
    head: ['Time', 'Today', 'Usual', 'Usual at least', 'Usual at most'],
    rows: slots.map((slot) => [
      clockText(slot.minute),
      ...[slot.today, slot.usual, slot.low, slot.high].map(shown),
    ]),
  };
  return (
    <ChartFrame
      label="Sessions in use today, and the band in which days like this usually lie"
      twin={twin}
      legend={<Legend hasUsual={hasUsual} />}
    >
      {(widthPx) => {
        const x = linear([0, DAY_MINUTES], [LEFT_PX, widthPx - 8]);
        return (
          <svg width={widthPx} height={HEIGHT_PX} aria-hidden className={styles.svg}>
            <path d={bandPath(slots, x, y)} className={styles.band} />
            {ticks.map((tick) => (
              <g key={tick}>
                <line x1={LEFT_PX} x2={widthPx} y1={y(tick)} y2={y(tick)} className={styles.grid} />
                <text x={LEFT_PX - 6} y={y(tick) + 4} textAnchor="end">
                  {tick}
                </text>
              </g>
            ))}
            {HOURS.map((hour) => (
              <text key={hour} x={x(hour * 60)} y={HEIGHT_PX - 6} textAnchor={hour === 24 ? 'end' : 'middle'}>
                {String(hour).padStart(2, '0')}
              </text>
            ))}
            <path d={linePath(slots, ({ usual }) => usual, x, y)} className={styles.usual} />
            <path d={linePath(slots, ({ today }) => today, x, y)} className={styles.today} />
          </svg>
        );
      }}
    </ChartFrame>
  );
}

type Place = (value: number) => number;

/** In the middle of each half hour. */
const middle = ({ minute }: Slot) => minute + SLOT_MINUTES / 2;

function linePath(slots: readonly Slot[], of: (slot: Slot) => number | null, x: Place, y: Place): string {
  let isDown = false;
  return slots
    .map((slot) => {
      const value = of(slot);
      const letter = value === null ? '' : isDown ? 'L' : 'M';
      isDown = value !== null;
      return value === null ? '' : `${letter}${x(middle(slot)).toFixed(1)} ${y(value).toFixed(1)}`;
    })
    .join('');
}

function bandPath(slots: readonly Slot[], x: Place, y: Place): string {
  const known = slots.filter(({ low, high }) => low !== null && high !== null);
  if (known.length === 0) return '';
  const point = (slot: Slot, value: number) => `${x(middle(slot)).toFixed(1)} ${y(value).toFixed(1)}`;
  const above = known.map((slot) => point(slot, slot.high!));
  const below = [...known].reverse().map((slot) => point(slot, slot.low!));
  return `M${[...above, ...below].join('L')}Z`;
}

function Legend({ hasUsual }: { hasUsual: boolean }) {
  return (
    <ul className={styles.legend}>
      <li>
        <svg width="18" height="12" aria-hidden>
          <path d="M0 6H18" className={styles.today} />
        </svg>
        today
      </li>
      {hasUsual ? (
        <li>
          <svg width="18" height="12" aria-hidden>
            <rect width="18" height="12" className={styles.band} />
            <path d="M0 6H18" className={styles.usual} />
          </svg>
          usual on such a day (4 weeks; eight of ten days lie in the band)
        </li>
      ) : (
        <li>nothing to compare with yet</li>
      )}
    </ul>
  );
}
