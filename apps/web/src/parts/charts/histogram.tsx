/** Events over time as bars; dragging over them, or the keys, choose a range. */
import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { useClock } from '../session/marks.tsx';
import { count } from '../words/lengths.ts';
import { ChartFrame } from './chart-frame.tsx';
import styles from './charts.module.css';
import { countTicks, linear } from './scale.ts';

export interface HistogramBin {
  readonly fromMs: number;
  readonly total: number;
  /** Of these: what draws attention. */
  readonly failed: number;
}

export interface HistogramProps {
  readonly label: string;
  readonly bins: readonly HistogramBin[];
  readonly binMs: number;
  /** A stretch was chosen: both ends are ends of bins. */
  readonly onRange: (fromMs: number, toMs: number) => void;
}

const HEIGHT_PX = 110;
const LEFT_PX = 44;
const BOTTOM_PX = 20;
const LABELS = 6;

/** What is being chosen: from bin to bin, both included. */
interface Brush {
  readonly start: number;
  readonly end: number;
}

export function Histogram({ label, bins, binMs, onRange }: HistogramProps) {
  const clock = useClock();
  const [brush, setBrush] = useState<Brush | null>(null);
  const commit = (chosen: Brush | null) => {
    setBrush(null);
    if (chosen === null || bins.length === 0) return;
    const [first, last] = [Math.min(chosen.start, chosen.end), Math.max(chosen.start, chosen.end)];
    onRange(bins[first]!.fromMs, bins[last]!.fromMs + binMs);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const now = brush ?? { start: bins.length - 1, end: bins.length - 1 };
    const end = Math.max(0, Math.min(bins.length - 1, now.end + step));
    if (step !== 0) setBrush({ start: event.shiftKey ? now.start : end, end });
    else if (event.key === 'Enter') commit(brush);
    else if (event.key === 'Escape') setBrush(null);
    else return;
    event.preventDefault();
  };
  const said =
    brush === null
      ? 'Drag over the bars to choose a range; arrows, Shift+arrows and Enter do the same.'
      : `${clock.dayMinute(bins[Math.min(brush.start, brush.end)]!.fromMs)} to ${clock.dayMinute(bins[Math.max(brush.start, brush.end)]!.fromMs + binMs)}`;
  const twin = {
    head: ['From', 'Events', 'Failed logons'],
    rows: bins
      .filter(({ total }) => total > 0)
      .map((bin) => [clock.full(bin.fromMs), count(bin.total), count(bin.failed)]),
  };
  return (
    <ChartFrame label={label} twin={twin} isWorked legend={<span className="muted">{said}</span>}>
      {(widthPx) => (
        <div
          role="slider"
          tabIndex={0}
          aria-label="Choose a range of time"
          aria-valuemin={0}
          aria-valuemax={Math.max(0, bins.length - 1)}
          aria-valuenow={brush?.end ?? Math.max(0, bins.length - 1)}
          aria-valuetext={said}
          onKeyDown={onKeyDown}
        >
          <Drawing
            bins={bins}
            widthPx={widthPx}
            brush={brush}
            labelOf={binMs * bins.length > 3 * 86_400_000 ? clock.day : clock.minute}
            onBrush={setBrush}
            onCommit={() => commit(brush)}
          />
        </div>
      )}
    </ChartFrame>
  );
}

function Drawing({
  bins,
  widthPx,
  brush,
  labelOf,
  onBrush,
  onCommit,
}: {
  bins: readonly HistogramBin[];
  widthPx: number;
  brush: Brush | null;
  labelOf: (atMs: number) => string;
  onBrush: (brush: Brush) => void;
  onCommit: () => void;
}) {
  const band = (widthPx - LEFT_PX) / Math.max(1, bins.length);
  const binAt = (event: PointerEvent<SVGSVGElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left - LEFT_PX;
    return Math.max(0, Math.min(bins.length - 1, Math.floor(x / band)));
  };
  return (
    <svg
      width={widthPx}
      height={HEIGHT_PX}
      aria-hidden
      className={`${styles.svg} ${styles.histogram}`}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        onBrush({ start: binAt(event), end: binAt(event) });
      }}
      onPointerMove={(event) => {
        if (event.buttons === 1 && brush !== null) onBrush({ ...brush, end: binAt(event) });
      }}
      onPointerUp={onCommit}
    >
      <Ground bins={bins} widthPx={widthPx} labelOf={labelOf} />
      {brush === null ? null : (
        <rect
          x={LEFT_PX + Math.min(brush.start, brush.end) * band}
          width={(Math.abs(brush.end - brush.start) + 1) * band}
          y={0}
          height={HEIGHT_PX - BOTTOM_PX}
          className={styles.brush}
        />
      )}
    </svg>
  );
}

/** Bars, grid and labels: what stays while a range is being chosen. */
function Ground({
  bins,
  widthPx,
  labelOf,
}: {
  bins: readonly HistogramBin[];
  widthPx: number;
  labelOf: (atMs: number) => string;
}) {
  const band = (widthPx - LEFT_PX) / Math.max(1, bins.length);
  const ticks = countTicks(Math.max(0, ...bins.map(({ total }) => total)), 3);
  const y = linear([0, ticks.at(-1)!], [HEIGHT_PX - BOTTOM_PX, 6]);
  const every = Math.max(1, Math.round(bins.length / LABELS));
  const bar = (value: number, className: string | undefined) => (
    <rect width={Math.max(1, band - 1)} y={y(value)} height={y(0) - y(value)} className={className} />
  );
  return (
    <>
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={LEFT_PX} x2={widthPx} y1={y(tick)} y2={y(tick)} className={styles.grid} />
          <text x={LEFT_PX - 6} y={y(tick) + 4} textAnchor="end">
            {count(tick)}
          </text>
        </g>
      ))}
      {bins.map((bin, i) => (
        <g key={bin.fromMs} transform={`translate(${LEFT_PX + i * band} 0)`}>
          {bar(bin.total, styles.count)}
          {bar(bin.failed, styles.failed)}
          {i % every === 0 ? <text y={HEIGHT_PX - 5}>{labelOf(bin.fromMs)}</text> : null}
        </g>
      ))}
    </>
  );
}
