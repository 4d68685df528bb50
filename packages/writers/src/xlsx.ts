/** Excel workbooks through hucre: real durations, dates and numbers, and text that can never become a formula. */
import type { Cell, Column, Unit } from '@logonscope/core';
import type { CellValue, ColumnDef, WriteSheet } from 'hucre/xlsx';
import { displayWidth } from './display-width.ts';
import { isoInstant } from './local-time.ts';
import { wellFormed } from './visible.ts';
import type { ByteSink, Table, Writer } from './writer.ts';

type Fields = readonly (readonly [string, Column])[];

/**
 * Up to this many cells the workbook is built in memory, with filter buttons, bold titles and a sheet of notes.
 * Beyond it rows are streamed: hucre's stream holds memory flat but knows one sheet only, so the notes then
 * stand under the rows, behind an empty row at which Excel ends the table.
 */
const CELLS_IN_MEMORY_MAX = 150_000;
const DAY_MS = 86_400_000;
/** Excel's own limit of a cell. */
const TEXT_CHARACTERS_MAX = 32_767;
/** Excel reads `_x0041_` as A; hucre escapes control characters that way, but not text that looks so already. */
const LOOKS_ESCAPED = /_(?=x[0-9a-f]{4}_)/gi;
const CUT_MARK = ' … (cut)';
/** Excel allows 31; the rest is for the `_2` of a second sheet. */
const SHEET_NAME_CHARACTERS = 28;
/** Excel knows no date before 1900. */
const FIRST_DATE = Date.UTC(1900, 2, 1);
const LAST_DATE = Date.UTC(10_000, 0, 1);
const WIDTH_MAX = 60;
const WIDTH_SAMPLE_ROWS = 200;

interface SheetUnit {
  readonly numFmt?: string;
  readonly widthMin: number;
  readonly titleSuffix?: string;
  readonly cell?: (value: number) => CellValue;
}

const SHEET_UNITS: Readonly<Record<Unit, SheetUnit>> = {
  text: { widthMin: 8 },
  day: { widthMin: 11 },
  flag: { widthMin: 8 },
  count: { widthMin: 8 },
  share: { widthMin: 8, numFmt: '0.0%' },
  duration: { widthMin: 11, numFmt: '[h]:mm:ss', cell: (ms) => ms / DAY_MS },
  instant: { widthMin: 19, numFmt: 'yyyy-mm-dd hh:mm:ss', titleSuffix: ' (UTC)', cell: dateCell },
};

function dateCell(instant: number): CellValue {
  return instant >= FIRST_DATE && instant < LAST_DATE ? new Date(instant) : isoInstant(instant);
}

function sheetCell(cell: Cell | undefined, unit: SheetUnit): CellValue {
  if (typeof cell === 'number') return unit.cell === undefined ? cell : unit.cell(cell);
  return typeof cell === 'string' ? cellText(cell) : (cell ?? null);
}

function cellText(text: string): string {
  const whole = wellFormed(text);
  const fitting =
    whole.length <= TEXT_CHARACTERS_MAX
      ? whole
      : wellFormed(whole.slice(0, TEXT_CHARACTERS_MAX - CUT_MARK.length)) + CUT_MARK;
  return fitting.replace(LOOKS_ESCAPED, '_x005F_');
}

const unitOf = (column: Column): SheetUnit => SHEET_UNITS[column.unit ?? 'text'];

/** Excel forbids some characters and more than 31 of them in the name of a sheet, and a few names. */
function sheetName(title: string): string {
  const allowed = wellFormed(title).replace(/[[\]:*?/\\\s\u0000-\u001f]+/g, ' ');
  const clean = wellFormed(allowed.slice(0, SHEET_NAME_CHARACTERS)).replace(/^[' ]+|[' ]+$/g, '');
  return clean === '' || /^(?:history|notes)$/i.test(clean) ? 'Table' : clean;
}

function columnDefs(fields: Fields, sample: readonly CellValue[][]): ColumnDef[] {
  return fields.map(([key, column], index) => {
    const unit = unitOf(column);
    const header = cellText(column.title + (unit.titleSuffix ?? ''));
    const texts = sample.slice(0, WIDTH_SAMPLE_ROWS).map((cells) => cells[index]);
    const widest = texts.reduce<number>(
      (most, cell) =>
        typeof cell === 'string' ? Math.max(most, displayWidth(cell.slice(0, WIDTH_MAX))) : most,
      Math.max(unit.widthMin, displayWidth(header)),
    );
    const format = unit.numFmt === undefined ? {} : { numFmt: unit.numFmt };
    return { key, header, width: Math.min(widest, WIDTH_MAX) + 2, ...format };
  });
}

function noteLines({ title, note }: Table): string[] {
  const method = note === undefined ? [] : ['', ...note.split('\n')];
  return [
    title,
    ...method,
    '',
    'Dates are in UTC. Durations are fractions of a day shown as hours:minutes:seconds.',
  ].map(cellText);
}

async function write(table: Table, sink: ByteSink): Promise<void> {
  const fields = Object.entries(table.columns);
  const rowsInMemoryMax = Math.floor(CELLS_IN_MEMORY_MAX / Math.max(1, fields.length));
  const rows = sheetRows(table.rows, fields);
  const head: CellValue[][] = [];
  let next = rows.next();
  while (!next.done && head.length < rowsInMemoryMax) {
    head.push(next.value);
    next = rows.next();
  }
  if (next.done) return writeWhole(table, fields, head, sink);
  const columns = columnDefs(fields, head);
  try {
    await writeStreamed(table, columns, withNotes(table, head, next.value, rows), sink);
  } finally {
    // Closes the source of the rows if the sink failed; hucre does not, if it had not begun to read.
    rows.return(undefined);
  }
}

function* sheetRows(rows: Table['rows'], fields: Fields): Generator<CellValue[]> {
  for (const row of rows) yield fields.map(([key, column]) => sheetCell(row[key], unitOf(column)));
}

/** The rows read so far, which are let go, then the others, an empty one, and the notes. */
function* withNotes(table: Table, head: CellValue[][], next: CellValue[], rest: Iterable<CellValue[]>) {
  yield* head;
  head.length = 0;
  yield next;
  yield* rest;
  yield [];
  for (const line of noteLines(table)) yield [line];
}

async function writeWhole(table: Table, fields: Fields, rows: CellValue[][], sink: ByteSink): Promise<void> {
  const { colToLetter, writeXlsx } = await import('hucre/xlsx');
  const columns = columnDefs(fields, rows);
  const headers = columns.map((column) => column.header!);
  const sheet: WriteSheet = {
    name: sheetName(table.title),
    // Without `header`: hucre would write the titles a second time.
    columns: columns.map(({ header: _header, ...column }) => column),
    rows: [headers, ...rows],
    cells: new Map(headers.map((value, index) => [`0,${index}`, { value, style: { font: { bold: true } } }])),
    freezePane: { rows: 1 },
    ...(fields.length > 0 && {
      autoFilter: { range: `A1:${colToLetter(fields.length - 1)}${rows.length + 1}` },
    }),
  };
  const notes: WriteSheet = {
    name: 'Notes',
    columns: [{ width: 100, style: { alignment: { wrapText: true, vertical: 'top' } } }],
    rows: noteLines(table).map((line) => [line]),
  };
  const epoch = new Date(0);
  await sink(
    await writeXlsx({
      sheets: [sheet, notes],
      stringMode: 'inline',
      // The same table gives the same bytes.
      properties: { title: cellText(table.title), creator: 'Logonscope', created: epoch, modified: epoch },
    }),
  );
}

async function writeStreamed(
  table: Table,
  columns: ColumnDef[],
  rows: Iterable<CellValue[]>,
  sink: ByteSink,
): Promise<void> {
  const { writeXlsxStream } = await import('hucre/xlsx');
  const stream = writeXlsxStream(rows, { name: sheetName(table.title), columns, freezePane: { rows: 1 } });
  const reader = stream.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) await sink(part.value);
  } finally {
    await reader.cancel();
  }
}

export const xlsxWriter: Writer = {
  id: 'xlsx',
  label: 'Excel workbook',
  extension: '.xlsx',
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  text: false,
  narrow: false,
  write,
};
