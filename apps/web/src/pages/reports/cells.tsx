/** Cells of a report by the unit of their column, as the core describes it: the same columns as files and terminal. */
import type { VirtualColumn } from '../../parts/table/virtual-table.tsx';
import type { Clock } from '../../parts/words/clock.ts';
import { count, exactLength, lengthText, shareText } from '../../parts/words/lengths.ts';
import { shownName } from '../../parts/words/names.ts';
import type { Report, ReportRow } from './catalog.ts';

type Column = Report['columns'][number];
type Cell = ReportRow[string];

const NUMERIC: ReadonlySet<string> = new Set(['count', 'duration', 'share']);
/** Whether a column measures or counts something. */
export const isFigure = (unit: string | undefined): boolean => unit !== undefined && NUMERIC.has(unit);

const MIN_PX: Readonly<Record<string, number>> = {
  text: 130,
  count: 84,
  duration: 96,
  instant: 182,
  day: 100,
  share: 84,
  flag: 84,
};

/** The first column names the row: it is not to be cut. */
const NAME_PX = 190;

/** A cell in words. */
export function cellText(cell: Cell | undefined, unit: string, clock: Clock): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  if (typeof cell === 'string') return cell;
  if (unit === 'duration') return lengthText(cell);
  if (unit === 'instant') return clock.full(cell);
  if (unit === 'share') return shareText(cell);
  return unit === 'count' ? count(cell) : String(cell);
}

/** What a pointer is told: lengths and instants to the last digit. */
function titleOf(cell: Cell | undefined, unit: string, clock: Clock): string {
  if (typeof cell !== 'number') return cellText(cell, unit, clock).slice(0, 2_000);
  if (unit === 'duration') return exactLength(cell);
  return unit === 'instant' ? clock.exact(cell) : cellText(cell, unit, clock);
}

/** Columns that say something: one that is empty in every row is left out. */
export function shownColumns({ columns, rows }: Report): readonly Column[] {
  return columns.filter(
    ({ key }) => rows.length === 0 || rows.some((row) => row[key] !== null && row[key] !== ''),
  );
}

export function tableColumns(report: Report, clock: Clock): readonly VirtualColumn<ReportRow>[] {
  return shownColumns(report).map(({ key, title, unit }, index) => ({
    id: key,
    head: <span title={title}>{title}</span>,
    minPx: Math.max(MIN_PX[unit] ?? 110, title.length * 8 + 24, index === 0 ? NAME_PX : 0),
    numeric: isFigure(unit),
    sortable: true,
    cell: (row) => {
      const text = cellText(row[key], unit, clock);
      if (text === '') return <span className="muted">–</span>;
      return <bdi title={titleOf(row[key], unit, clock)}>{shownName(text)}</bdi>;
    },
  }));
}

/** Rows in the order of a column; empty cells last whichever way. */
export function sortedRows(rows: readonly ReportRow[], key: string, isDown: boolean): readonly ReportRow[] {
  const isEmpty = (cell: Cell | undefined) => cell === null || cell === undefined || cell === '';
  return rows.toSorted((left, right) => {
    const [a, b] = [left[key], right[key]];
    if (isEmpty(a) || isEmpty(b)) return Number(isEmpty(a)) - Number(isEmpty(b));
    const order =
      typeof a === 'number' && typeof b === 'number'
        ? a - b
        : String(a).localeCompare(String(b), 'en', { numeric: true, sensitivity: 'base' });
    return isDown ? -order : order;
  });
}
