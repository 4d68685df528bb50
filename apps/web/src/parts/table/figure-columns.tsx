/** Columns of figures that several lists have: sorted by the figure, a dash where there is nothing. */
import type { Column } from '../../ui/index.ts';
import { count, lengthText } from '../words/lengths.ts';

const NONE = <span className="muted">–</span>;

/** A column of counts. */
export function countColumn<R>(id: string, head: string, of: (row: R) => number): Column<R> {
  return {
    ...{ id, head, numeric: true, sort: of },
    cell: (row) => (of(row) === 0 ? NONE : count(of(row))),
  };
}

/** A column of lengths of time, told in seconds. */
export function lengthColumn<R>(id: string, head: string, secondsOf: (row: R) => number): Column<R> {
  return {
    ...{ id, head, numeric: true, sort: secondsOf },
    cell: (row) => (secondsOf(row) === 0 ? NONE : lengthText(secondsOf(row) * 1_000)),
  };
}

/** A column of instants, told in ISO 8601. */
export function instantColumn<R>(
  id: string,
  head: string,
  of: (row: R) => string | null,
  shown: (atMs: number) => string,
): Column<R> {
  return {
    ...{ id, head },
    sort: (row) => of(row) ?? '',
    cell: (row) => {
      const text = of(row);
      return text === null ? NONE : shown(Date.parse(text));
    },
  };
}
