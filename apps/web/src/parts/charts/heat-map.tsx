/** A heat map that is a real table: every cell holds its figure, and shows its size by the height of a bar and by shade. */
import type { ReactNode } from 'react';
import styles from './heat-map.module.css';
import { levelOf } from './scale.ts';

export interface HeatCell {
  readonly value: number;
  /** Read out and shown on pointing; `8h 02m`. */
  readonly text: string;
  /** Part of it is not certain: hatched. */
  readonly isUnsure?: boolean;
}

export interface HeatMapProps {
  readonly label: string;
  readonly columns: readonly {
    readonly id: string;
    readonly head: string;
    readonly title: string;
    readonly off?: boolean;
  }[];
  readonly rows: readonly {
    readonly id: string;
    readonly head: ReactNode;
    readonly cells: readonly (HeatCell | null)[];
  }[];
  /** The value that fills a cell; the greatest unless told. */
  readonly max?: number;
  readonly onCell?: (row: number, column: number) => void;
  /** Every nth head is written out where columns are narrow. */
  readonly headEvery?: number;
}

export function HeatMap({ label, columns, rows, max, onCell, headEvery = 1 }: HeatMapProps) {
  const greatest = max ?? Math.max(0, ...rows.flatMap(({ cells }) => cells.map((cell) => cell?.value ?? 0)));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard.
    <section className={styles.heatScroll} aria-label={label} tabIndex={0}>
      <table className={styles.heat}>
        <thead>
          <tr>
            <td />
            {columns.map(({ id, head, title }, i) => (
              <th key={id} scope="col" title={title}>
                <span className={i % headEvery === 0 ? undefined : 'visually-hidden'}>{head}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, head, cells }, row) => (
            <tr key={id}>
              <th scope="row">{head}</th>
              {cells.map((cell, column) => (
                <td
                  key={columns[column]!.id}
                  data-off={columns[column]!.off || undefined}
                  title={cell === null ? undefined : `${columns[column]!.title}: ${cell.text}`}
                >
                  {cell === null || cell.value <= 0 ? null : (
                    <Cell
                      cell={cell}
                      share={greatest === 0 ? 0 : Math.min(1, cell.value / greatest)}
                      level={levelOf(cell.value, greatest)}
                      {...(onCell === undefined ? {} : { onPress: () => onCell(row, column) })}
                    />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Cell({
  cell,
  share,
  level,
  onPress,
}: {
  cell: HeatCell;
  share: number;
  level: number;
  onPress?: () => void;
}) {
  const ink = (
    <>
      <span
        className={styles.heatInk}
        data-level={level}
        data-unsure={cell.isUnsure || undefined}
        style={{ height: `${Math.max(12, 100 * share)}%` }}
      />
      <span className="visually-hidden">
        {cell.text}
        {cell.isUnsure ? ', part not certain' : ''}
      </span>
    </>
  );
  if (onPress === undefined) return <span className={styles.heatCell}>{ink}</span>;
  return (
    <button type="button" className={styles.heatCell} onClick={onPress}>
      {ink}
    </button>
  );
}
