/** A session as a bar of states: colour, height and texture of the timeline, in a row of a table. */
import { useMemo } from 'react';
import { lengthText } from '../words/lengths.ts';
import styles from './segment-bar.module.css';
import { type BarSession, barOf, barText, LOOK_HEIGHT, LOOK_OF, type Segment } from './segments.ts';

/** Segments on a ground of their own; `label` is read out in their stead. */
export function SegmentStrip({
  segments,
  fromMs,
  toMs,
  label,
  tall = false,
  isOpen = false,
}: {
  segments: readonly Segment[];
  fromMs: number;
  toMs: number;
  label: string;
  tall?: boolean;
  isOpen?: boolean;
}) {
  const share = (ms: number) => (100 * ms) / Math.max(1, toMs - fromMs);
  return (
    <span className={styles.bar} role="img" aria-label={label} title={label} data-tall={tall || undefined}>
      {segments.map((segment) => {
        const look = LOOK_OF[segment.state];
        return (
          <span
            key={segment.fromMs}
            className={styles.segment}
            data-look={look}
            style={{
              left: `${share(segment.fromMs - fromMs)}%`,
              width: `${share(segment.toMs - segment.fromMs)}%`,
              height: `${100 * LOOK_HEIGHT[look]}%`,
            }}
          />
        );
      })}
      {isOpen ? <span className={styles.open} aria-hidden /> : null}
    </span>
  );
}

/** One session over its whole length, with what is uncertain at its ends. */
export function SegmentBar({ session, tall = false }: { session: BarSession; tall?: boolean }) {
  const { fromMs, toMs, segments } = useMemo(() => barOf(session), [session]);
  return (
    <SegmentStrip
      segments={segments}
      fromMs={fromMs}
      toMs={toMs}
      tall={tall}
      isOpen={session.endBy === 'open'}
      label={barText(segments, lengthText)}
    />
  );
}

const LEGEND = [
  ['active', 'In use'],
  ['idle', 'Idle'],
  ['locked', 'Locked'],
  ['disconnected', 'Disconnected'],
  ['line', 'Asleep, paused, logging off'],
  ['unknown', 'Not known'],
] as const;

/** What the looks of bars mean. */
export function SegmentLegend() {
  return (
    <ul className={styles.legend} aria-label="What the bars mean">
      {LEGEND.map(([look, word]) => (
        <li key={look}>
          <span className={styles.swatch} aria-hidden>
            <span
              className={styles.segment}
              data-look={look}
              style={{ left: 0, width: '100%', height: `${100 * LOOK_HEIGHT[look]}%` }}
            />
          </span>
          {word}
        </li>
      ))}
    </ul>
  );
}
