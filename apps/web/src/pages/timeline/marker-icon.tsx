/** The shape of an event's mark, as the canvas draws it, for the legend and lists. */
import type { MarkerKind, MarkerShape } from '../../timeline/index.ts';
import styles from './timeline.module.css';

const PATHS: Readonly<Record<MarkerShape, string>> = {
  diamond: 'M6 1 11 6 6 11 1 6Z',
  triangle: 'M6 1.5 11 10 1 10Z',
  square: 'M2 2H10V10H2Z',
  right: 'M2.5 1 10.5 6 2.5 11Z',
  left: 'M9.5 1 1.5 6 9.5 11Z',
  bar: 'M4 1H8V11H4Z',
  disc: 'M6 1.5A4.5 4.5 0 1 1 6 10.5A4.5 4.5 0 1 1 6 1.5Z',
  cross: 'M2.5 1 6 4.5 9.5 1 11 2.5 7.5 6 11 9.5 9.5 11 6 7.5 2.5 11 1 9.5 4.5 6 1 2.5Z',
};

export function MarkerIcon({ kind: { shape, hue, filled } }: { kind: MarkerKind }) {
  return (
    <svg
      className={styles.marker}
      data-hue={hue}
      data-filled={filled || undefined}
      viewBox="0 0 12 12"
      aria-hidden="true"
    >
      <path d={PATHS[shape]} />
    </svg>
  );
}
