/** A table of any length: only the rows in view are in the page, keys lead through it, phones get cards of two lines. */
// biome-ignore-all lint/a11y/useSemanticElements: rows that are placed by hand are no table to a browser.
// biome-ignore-all lint/a11y/useFocusableInteractive: of a grid's parts only the rows take the focus.
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import {
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from 'react';
import { usePhone } from './use-phone.ts';
import styles from './virtual-table.module.css';

export interface VirtualColumn<R> {
  readonly id: string;
  readonly head: ReactNode;
  readonly cell: (row: R) => ReactNode;
  /** Least width in pixels, and its share of what is left. */
  readonly minPx: number;
  readonly grow?: number;
  readonly numeric?: boolean;
  /** The head is a button that sorts. */
  readonly sortable?: boolean;
}

export interface VirtualTableProps<R> {
  readonly label: string;
  readonly rows: readonly R[];
  readonly columns: readonly VirtualColumn<R>[];
  readonly rowKey: (row: R) => string;
  /** All there are, as far as that is known. */
  readonly total?: number | undefined;
  readonly sort?: { readonly id: string; readonly down: boolean };
  readonly onSort?: (id: string) => void;
  /** Called when the end of the rows comes into view. */
  readonly onEnd?: () => void;
  /** `beside` with the Shift key held. */
  readonly onOpen?: (row: R, beside: boolean) => void;
  readonly selected?: ReadonlySet<string>;
  readonly onSelect?: (row: R) => void;
  /** What a card shows of a row on a phone. */
  readonly card: (row: R) => ReactNode;
  /** Row in a drawer: marked, and followed. */
  readonly openKey?: string | null;
  readonly compact?: boolean;
}

const CARD_PX = 64;
const ROW_PX = { comfortable: 36, compact: 28 };
/** The head, and room for a bar that scrolls sideways. */
const AROUND_ROWS_PX = 52;
const OVERSCAN_ROWS = 8;
/** Rows before the end at which more are asked for. */
const AHEAD_ROWS = 30;
const PAGE_ROWS = 15;

/** Where each key leads; null leaves it to the browser. */
function nextIndex(key: string, at: number, rows: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + PAGE_ROWS,
    PageUp: at - PAGE_ROWS,
    Home: 0,
    End: rows - 1,
  };
  const next = Object.hasOwn(steps, key) ? steps[key]! : null;
  return next === null ? null : Math.max(0, Math.min(rows - 1, next));
}

export function VirtualTable<R>(props: VirtualTableProps<R>) {
  const { label, rows, columns, total, onSelect, onEnd } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const isPhone = usePhone();
  const rowPx = isPhone ? CARD_PX : ROW_PX[props.compact ? 'compact' : 'comfortable'];
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: OVERSCAN_ROWS,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew when the height of rows changes.
  useEffect(() => virtual.measure(), [rowPx]);
  const last = virtual.getVirtualItems().at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - AHEAD_ROWS) onEnd?.();
  }, [last, rows.length, onEnd]);
  const template = columns.map(({ minPx, grow = 1 }) => `minmax(${minPx}px, ${grow}fr)`).join(' ');
  const widthPx = columns.reduce((sum, { minPx }) => sum + minPx, 0);
  return (
    <div className={styles.frame}>
      <div
        ref={scroller}
        className={styles.scroller}
        data-phone={isPhone || undefined}
        style={{ '--rows-height': `${virtual.getTotalSize() + AROUND_ROWS_PX}px` } as CSSProperties}
      >
        <div
          role="grid"
          aria-label={label}
          aria-rowcount={total === undefined ? -1 : total + 1}
          aria-colcount={isPhone ? 1 : columns.length}
          aria-multiselectable={onSelect === undefined ? undefined : true}
          className={styles.grid}
          style={isPhone ? {} : { minWidth: widthPx }}
        >
          {isPhone ? null : <Head {...props} template={template} />}
          <Body {...props} virtual={virtual} scroller={scroller} placed={{ rowPx, template, isPhone }} />
        </div>
      </div>
    </div>
  );
}

interface Placed {
  readonly rowPx: number;
  readonly template: string;
  readonly isPhone: boolean;
}

function Body<R>({
  virtual,
  scroller,
  placed,
  ...props
}: VirtualTableProps<R> & {
  virtual: Virtualizer<HTMLDivElement, Element>;
  scroller: RefObject<HTMLDivElement | null>;
  placed: Placed;
}) {
  const { rows, rowKey, onSelect, onOpen } = props;
  const [at, setAt] = useState(0);
  const goTo = (index: number) => {
    setAt(index);
    virtual.scrollToIndex(index);
    // The row may only be in the page after the next drawing.
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus(),
    );
  };
  const onKeyDown = (event: KeyboardEvent, row: R, index: number) => {
    if (event.target !== event.currentTarget) return;
    const next = nextIndex(event.key, index, rows.length);
    if (next === null && event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    if (next !== null) goTo(next);
    else if (event.key === 'Enter') onOpen?.(row, event.shiftKey);
    else onSelect?.(row);
  };
  const focused = Math.min(at, rows.length - 1);
  return (
    <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
      {virtual.getVirtualItems().map(({ index, start }) => (
        <Line
          key={rowKey(rows[index]!)}
          {...props}
          row={rows[index]!}
          index={index}
          placed={placed}
          topPx={start}
          tabIndex={index === focused ? 0 : -1}
          onFocus={() => setAt(index)}
          onKeyDown={(event) => onKeyDown(event, rows[index]!, index)}
        />
      ))}
    </div>
  );
}

interface LineProps<R> extends VirtualTableProps<R> {
  readonly row: R;
  readonly index: number;
  readonly placed: Placed;
  readonly topPx: number;
  readonly tabIndex: number;
  readonly onFocus: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

function Line<R>({ row, index, placed, topPx, tabIndex, onFocus, onKeyDown, ...table }: LineProps<R>) {
  const { columns, rowKey, selected, onSelect, onOpen, openKey, card } = table;
  const { rowPx, template, isPhone } = placed;
  const key = rowKey(row);
  return (
    <div
      role="row"
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={onSelect === undefined ? undefined : (selected?.has(key) ?? false)}
      data-open={openKey === key || undefined}
      className={isPhone ? styles.card : styles.row}
      style={{
        transform: `translateY(${topPx}px)`,
        height: rowPx,
        ...(isPhone ? {} : { gridTemplateColumns: template }),
      }}
      tabIndex={tabIndex}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
      onClick={(event) => onOpen?.(row, event.shiftKey)}
    >
      {isPhone ? (
        <div role="gridcell" className={styles.cardBody}>
          {card(row)}
        </div>
      ) : (
        columns.map((column, i) => (
          <div
            key={column.id}
            role="gridcell"
            aria-colindex={i + 1}
            className={styles.cell}
            data-numeric={column.numeric || undefined}
          >
            {column.cell(row)}
          </div>
        ))
      )}
    </div>
  );
}

function Head<R>({ columns, sort, onSort, template }: VirtualTableProps<R> & { template: string }) {
  return (
    <div role="rowgroup" className={styles.headGroup}>
      <div role="row" aria-rowindex={1} className={styles.head} style={{ gridTemplateColumns: template }}>
        {columns.map((column, i) => {
          const order = sort?.id === column.id ? (sort.down ? 'descending' : 'ascending') : undefined;
          const Arrow = order === 'descending' ? ArrowDown : ArrowUp;
          return (
            <div
              key={column.id}
              role="columnheader"
              aria-colindex={i + 1}
              aria-sort={order}
              className={styles.cell}
              data-numeric={column.numeric || undefined}
            >
              {column.sortable && onSort !== undefined ? (
                <button type="button" className={styles.sort} onClick={() => onSort(column.id)}>
                  {column.head}
                  {order === undefined ? null : <Arrow size={14} aria-hidden />}
                </button>
              ) : (
                column.head
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
