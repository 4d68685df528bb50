/** A table for a terminal: columns by display width, numbers flush right, nothing in it a terminal would obey. */
import type { Cell } from '@logonscope/core';
import { textBatches } from './batches.ts';
import { displayWidth, truncated, wrapped } from './display-width.ts';
import { wallClock } from './local-time.ts';
import { fitColumns, type TableColumn } from './table-layout.ts';
import { peopleCell, unitForms } from './units.ts';
import { visible } from './visible.ts';
import type { ByteSink, Table, Writer } from './writer.ts';

export interface TableOptions {
  /** Width of the terminal; without it lines are as long as they need to be. */
  readonly widthColumns?: number | undefined;
  /** Set titles in bold. Only for terminals. */
  readonly colour?: boolean | undefined;
}

/** Rows looked at before the first is printed; later rows use the widths these need. */
const SAMPLE_ROWS = 1000;
const GAP = '  ';
const BOLD = '\u001b[1m';
const NORMAL = '\u001b[0m';

/** A writer for a terminal of that width. Columns without room are named under the table, never dropped silently. */
export function createTableWriter(options: TableOptions = {}): Writer {
  return {
    id: 'table',
    label: 'Table for the terminal',
    extension: '.txt',
    mediaType: 'text/plain; charset=utf-8',
    text: true,
    narrow: true,
    write: (table, sink) => write(table, sink, options),
  };
}

async function write(
  table: Table,
  sink: ByteSink,
  { widthColumns, colour = false }: TableOptions,
): Promise<void> {
  const out = textBatches(sink);
  const strong = (text: string) => (colour ? BOLD + text + NORMAL : text);
  const lines = cellLines(table);
  const sample: string[][] = [];
  while (sample.length < SAMPLE_ROWS) {
    const next = lines.next();
    if (next.done) break;
    sample.push(next.value);
  }
  const { shown, hidden } = fitColumns(layoutColumns(table, sample), widthColumns);
  await out.add(`${strong(cutLine(visible(table.title), widthColumns))}\n\n`);
  await out.add(
    `${strong(
      lineOf(
        shown.map((column) => column.title),
        shown,
        true,
      ),
    )}\n`,
  );
  await out.add(`${shown.map((column) => '─'.repeat(column.width)).join(GAP)}\n`);
  let count = 0;
  for (const cells of chained(sample, lines)) {
    count += 1;
    const wait = out.add(
      `${lineOf(
        shown.map((column) => cells[column.index]!),
        shown,
        false,
      )}\n`,
    );
    if (wait) await wait;
  }
  for (const line of closingLines(table, count, hidden)) {
    for (const part of wrapped(line, widthColumns)) await out.add(`${part}\n`);
  }
  await out.end();
}

function* chained<T>(first: Iterable<T>, rest: Iterable<T>): Iterable<T> {
  yield* first;
  yield* rest;
}

function* cellLines({ columns, rows, timezone = 'UTC' }: Table): Generator<string[]> {
  const clock = wallClock(timezone);
  const fields = Object.entries(columns).map(([key, column]) => ({ key, forms: unitForms(column) }));
  for (const row of rows) {
    yield fields.map(({ key, forms }) => visible(peopleCell(row[key] as Cell, forms, clock)));
  }
}

function layoutColumns(table: Table, sample: readonly string[][]): TableColumn[] {
  return Object.values(table.columns).map((column, index) => {
    const title = visible(column.title);
    return {
      index,
      title,
      numeric: unitForms(column).numeric,
      fixed: unitForms(column).numeric || column.unit === 'instant' || column.unit === 'day',
      width: sample.reduce(
        (widest, cells) => Math.max(widest, displayWidth(cells[index]!)),
        displayWidth(title),
      ),
    };
  });
}

/** One line of the table. Text is cut to its column; numbers and times never are. */
function lineOf(cells: readonly string[], columns: readonly TableColumn[], header: boolean): string {
  const padded = cells.map((cell, position) => {
    const { width, numeric, fixed } = columns[position]!;
    const text = fixed && !header ? cell : truncated(cell, width);
    const padding = ' '.repeat(Math.max(0, width - displayWidth(text)));
    return numeric ? padding + text : text + padding;
  });
  return padded.join(GAP).trimEnd();
}

function cutLine(text: string, widthColumns: number | undefined): string {
  return widthColumns === undefined ? text : truncated(text, widthColumns);
}

function closingLines(table: Table, count: number, hidden: readonly TableColumn[]): string[] {
  const lines = ['', count === 0 ? 'No rows.' : count === 1 ? '1 row.' : `${count} rows.`];
  const hasInstants = Object.values(table.columns).some((column) => column.unit === 'instant');
  if (hasInstants) lines.push(`Times in ${table.timezone ?? 'UTC'}.`);
  if (hidden.length > 0) {
    lines.push(`Not shown for lack of room: ${hidden.map((column) => column.title).join(', ')}.`);
  }
  if (table.note !== undefined) lines.push(...table.note.split('\n').map(visible));
  return lines;
}

/** For output that is no terminal of known width. */
export const tableWriter: Writer = createTableWriter();
