/** The greatest of many as lying bars with their names and figures: a list that can be read without its bars. */
import type { ReactNode } from 'react';
import styles from './bars.module.css';

export interface BarRow {
  readonly id: string;
  readonly name: ReactNode;
  readonly value: number;
  readonly text: string;
}

export function Bars({
  label,
  rows,
  tone = 'accent',
}: {
  label: string;
  rows: readonly BarRow[];
  tone?: 'accent' | 'failed' | 'elevation';
}) {
  const most = Math.max(1, ...rows.map(({ value }) => value));
  return (
    <ul className={styles.bars} aria-label={label} data-tone={tone}>
      {rows.map(({ id, name, value, text }) => (
        <li key={id}>
          <span className={styles.barName}>{name}</span>
          <span className={styles.barTrack} aria-hidden>
            <span className={styles.barInk} style={{ width: `${(100 * value) / most}%` }} />
          </span>
          <span className={styles.barText}>{text}</span>
        </li>
      ))}
    </ul>
  );
}
