/** Decides which columns of a terminal table are shown, and how wide. */

export interface TableColumn {
  /** Position in the table's columns. */
  readonly index: number;
  readonly title: string;
  /** Flush right. */
  readonly numeric: boolean;
  /** Cells may not be cut short: numbers, days and times. */
  readonly fixed: boolean;
  readonly width: number;
}

export interface FittedColumns {
  readonly shown: readonly TableColumn[];
  readonly hidden: readonly TableColumn[];
}

const GAP_COLUMNS = 2;
/** A text column narrower than this says nothing. */
const TEXT_WIDTH_MIN = 8;
/** A single cell may not push everything else off the screen, not even where the width is unknown. */
const TEXT_WIDTH_MAX = 120;

/**
 * Makes columns fit into `widthColumns`: first the widest text columns give way, down to eight columns each; then
 * columns are left out from the right. The first column always stays. Without a width only endless text is cut.
 */
export function fitColumns(columns: readonly TableColumn[], widthColumns: number | undefined): FittedColumns {
  const capped = columns.map((column) =>
    column.fixed ? column : { ...column, width: Math.min(column.width, TEXT_WIDTH_MAX) },
  );
  if (widthColumns === undefined) return { shown: capped, hidden: [] };
  let count = capped.length;
  while (count > 1 && totalWidth(capped.slice(0, count).map(narrowest)) > widthColumns) count -= 1;
  return { shown: narrowed(capped.slice(0, count), widthColumns), hidden: capped.slice(count) };
}

/** Takes columns' width from whichever text column is widest, until all of them fit or none can give more. */
function narrowed(columns: readonly TableColumn[], widthColumns: number): TableColumn[] {
  const fitted = [...columns];
  for (let excess = totalWidth(fitted) - widthColumns; excess > 0; excess -= 1) {
    const widest = fitted.reduce(
      (best, column, index) =>
        narrowest(column).width < column.width && column.width > (fitted[best]?.width ?? 0) ? index : best,
      -1,
    );
    if (widest < 0) break;
    fitted[widest] = { ...fitted[widest]!, width: fitted[widest]!.width - 1 };
  }
  return fitted;
}

function narrowest(column: TableColumn): TableColumn {
  return column.fixed ? column : { ...column, width: Math.min(column.width, TEXT_WIDTH_MIN) };
}

function totalWidth(columns: readonly TableColumn[]): number {
  return columns.reduce((total, column) => total + column.width + GAP_COLUMNS, -GAP_COLUMNS);
}
