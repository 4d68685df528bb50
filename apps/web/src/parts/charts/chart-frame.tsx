/** A chart with its name, its width, and the same figures as a table: no chart is the only way to its numbers. */
import { BarChart3, Table2 } from 'lucide-react';
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { IconButton } from '../../ui/index.ts';
import styles from './charts.module.css';

export interface Twin {
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

export interface ChartFrameProps {
  /** What the chart shows, in a sentence for those who do not see it. */
  readonly label: string;
  readonly twin: Twin;
  readonly legend?: ReactNode;
  /** Something in it takes the focus, so that it is no mere picture. */
  readonly isWorked?: boolean;
  readonly children: (widthPx: number) => ReactNode;
}

/** The width that is there, in whole pixels; 0 before it is known. */
export function useWidth(): [RefObject<HTMLDivElement | null>, number] {
  const box = useRef<HTMLDivElement>(null);
  const [widthPx, setWidthPx] = useState(0);
  useEffect(() => {
    if (box.current === null) return;
    const observer = new ResizeObserver(([entry]) => setWidthPx(Math.floor(entry!.contentRect.width)));
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  return [box, widthPx];
}

export function ChartFrame({ label, twin, legend, isWorked = false, children }: ChartFrameProps) {
  const [box, widthPx] = useWidth();
  const [asTable, setAsTable] = useState(false);
  const Icon = asTable ? BarChart3 : Table2;
  return (
    <figure className={styles.frame} ref={box as RefObject<HTMLElement | null>}>
      <div className={styles.tools}>
        <div>{legend}</div>
        <IconButton
          label={asTable ? 'Show as a chart' : 'Show as a table'}
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          <Icon size={16} aria-hidden />
        </IconButton>
      </div>
      {asTable ? (
        <TwinTable label={label} twin={twin} />
      ) : (
        <div {...(isWorked ? {} : { role: 'img', 'aria-label': label })}>
          {widthPx === 0 ? <div className={styles.space} /> : children(widthPx)}
        </div>
      )}
    </figure>
  );
}

function TwinTable({ label, twin: { head, rows } }: { label: string; twin: Twin }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard.
    <section className={styles.twin} aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {head.map((one) => (
              <th key={one} scope="col">
                {one}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([first, ...cells], index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a chart do not move.
            <tr key={index}>
              <th scope="row">{first}</th>
              {cells.map((cell, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: as many cells as heads.
                <td key={i}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
