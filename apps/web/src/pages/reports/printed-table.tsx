/** The table as paper has it: all rows, the head repeated on every sheet. On screen it is not there. */
import { useSyncExternalStore } from 'react';
import { useClock } from '../../parts/session/marks.tsx';
import { shownName } from '../../parts/words/names.ts';
import type { Report, ReportRow } from './catalog.ts';
import { cellText, shownColumns } from './cells.tsx';
import styles from './printed-table.module.css';

/** Sheets beyond this nobody prints; the export has them all. */
const ROWS_MAX = 2_000;
/** As many columns as a sheet across has room for. */
const COLUMNS_MAX = 10;

function subscribe(tell: () => void): () => void {
  const media = matchMedia('print');
  media.addEventListener('change', tell);
  return () => media.removeEventListener('change', tell);
}

/** Only while the page is being printed: thousands of rows are not kept in a page that nobody prints. */
function useIsPrinting(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia('print').matches);
}

export function PrintedTable({ report, rows }: { report: Report; rows: readonly ReportRow[] }) {
  const clock = useClock();
  const isPrinting = useIsPrinting();
  if (!isPrinting) return null;
  const columns = shownColumns(report).slice(0, COLUMNS_MAX);
  return (
    <table className={styles.printed}>
      <thead>
        <tr>
          {columns.map(({ key, title }) => (
            <th key={key} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, ROWS_MAX).map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a sheet of paper does not change.
          <tr key={index}>
            {columns.map(({ key, unit }) => (
              <td key={key}>{shownName(cellText(row[key], unit, clock))}</td>
            ))}
          </tr>
        ))}
      </tbody>
      {rows.length > ROWS_MAX ? (
        <tfoot>
          <tr>
            <td colSpan={columns.length}>The first {ROWS_MAX} rows; the export has all of them.</td>
          </tr>
        </tfoot>
      ) : null}
    </table>
  );
}
