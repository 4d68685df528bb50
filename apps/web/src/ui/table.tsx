/** A table of some hundred rows at most: head, rows, cards on phones. Longer lists are virtual and made elsewhere. */
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import styles from './table.module.css';

export interface Column<R> {
  readonly id: string;
  readonly head: ReactNode;
  readonly cell: (row: R) => ReactNode;
  /** What rows are sorted by when the head is pressed; without it they are not. */
  readonly sort?: (row: R) => string | number;
  readonly numeric?: boolean;
  /** The first thing on a phone's card. */
  readonly main?: boolean;
  /** Left out of cards where it says nothing new. */
  readonly wideOnly?: boolean;
}

export interface TableProps<R> {
  /** What the table lists; read out. */
  readonly label: string;
  readonly rows: readonly R[];
  readonly columns: readonly Column<R>[];
  readonly rowKey: (row: R) => string | number;
  readonly initialSort?: { readonly column: string; readonly down?: boolean };
  readonly onRowClick?: (row: R) => void;
}

function sorted<R>(rows: readonly R[], column: Column<R> | undefined, down: boolean): readonly R[] {
  const by = column?.sort;
  if (by === undefined) return rows;
  const compare = (left: string | number, right: string | number) =>
    typeof left === 'number' && typeof right === 'number'
      ? left - right
      : String(left).localeCompare(String(right), undefined, { numeric: true, sensitivity: 'base' });
  return rows.toSorted((left, right) => compare(by(left), by(right)) * (down ? -1 : 1));
}

function HeadCell<R>({
  column,
  order,
  onSort,
}: {
  column: Column<R>;
  order: 'up' | 'down' | null;
  onSort: () => void;
}) {
  const Arrow = order === 'down' ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      data-numeric={column.numeric || undefined}
      aria-sort={order === null ? undefined : order === 'up' ? 'ascending' : 'descending'}
    >
      {column.sort === undefined ? (
        column.head
      ) : (
        <button type="button" className={styles.sort} onClick={onSort}>
          {column.head}
          {order === null ? null : <Arrow size={14} aria-hidden />}
        </button>
      )}
    </th>
  );
}

export function Table<R>({ label, rows, columns, rowKey, initialSort, onRowClick }: TableProps<R>) {
  const [sort, setSort] = useState({ column: initialSort?.column ?? '', down: initialSort?.down ?? false });
  const shown = sorted(
    rows,
    columns.find(({ id }) => id === sort.column),
    sort.down,
  );
  const orderOf = (id: string) => (id !== sort.column ? null : sort.down ? 'down' : 'up');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways has to be reachable by keyboard.
    <section className={styles.scroll} aria-label={label} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <HeadCell
                key={column.id}
                column={column}
                order={orderOf(column.id)}
                onSort={() => setSort({ column: column.id, down: sort.column === column.id && !sort.down })}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr
              key={rowKey(row)}
              data-pressable={onRowClick === undefined ? undefined : true}
              onClick={onRowClick === undefined ? undefined : () => onRowClick(row)}
            >
              {columns.map((column) => (
                <td
                  key={column.id}
                  data-head={typeof column.head === 'string' ? column.head : undefined}
                  data-numeric={column.numeric || undefined}
                  data-main={column.main || undefined}
                  data-wide-only={column.wideOnly || undefined}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
