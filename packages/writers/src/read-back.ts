/** Reads files of the data formats back into a table's own cells, for the tests, with readers that are not ours. */
import type { Cell, Column } from '@logonscope/core';
import { readXlsx } from 'hucre/xlsx';
import { parquetReadObjects } from 'hyparquet';
import { parsedCsv } from './fixtures.ts';
import type { Table } from './writer.ts';

type Rows = Record<string, Cell>[];
type Fields = [string, Column][];

const SECOND_MS = 1000;
const DAY_MS = 86_400_000;

/** Cells as the table had them: durations and instants in milliseconds. */
export const READ_BACK: Readonly<
  Record<string, (bytes: Uint8Array, columns: Table['columns']) => Promise<Rows>>
> = {
  csv: async (bytes, columns) => {
    const [, ...lines] = parsedCsv(utf8(bytes));
    return lines.map((cells) => rowOf(columns, (_key, column, index) => csvCell(cells[index]!, column)));
  },
  json: async (bytes, columns) => JSON.parse(utf8(bytes)).map((row: Rows[0]) => jsonRow(row, columns)),
  ndjson: async (bytes, columns) =>
    utf8(bytes)
      .split('\n')
      .slice(0, -1)
      .map((line) => jsonRow(JSON.parse(line), columns)),
  xlsx: async (bytes, columns) => {
    const workbook = await readXlsx(bytes);
    const width = Object.keys(columns).length;
    const lines = workbook.sheets[0]!.rows.slice(1);
    const end = lines.findIndex((cells) => cells.every((cell) => cell === null || cell === undefined));
    return (end < 0 ? lines : lines.slice(0, end)).map((cells) => {
      if (cells.length > width) throw new Error(`${cells.length} cells in a row of ${width}`);
      return rowOf(columns, (_key, column, index) => sheetCell(cells[index] ?? null, column));
    });
  },
  parquet: async (bytes, columns) => {
    const rows = await parquetReadObjects({ file: bytes.slice().buffer });
    return rows.map((row) =>
      rowOf(columns, (key, column) => parquetCell(row[column.unit === 'duration' ? `${key}Ms` : key])),
    );
  },
};

const utf8 = (bytes: Uint8Array) => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);

function rowOf(
  columns: Table['columns'],
  cell: (key: string, column: Column, index: number) => Cell,
): Rows[0] {
  const fields: Fields = Object.entries(columns);
  return Object.fromEntries(fields.map(([key, column], index) => [key, cell(key, column, index)]));
}

function csvCell(text: string, { unit = 'text' }: Column): Cell {
  if (text === '') return null;
  if (unit === 'duration') return Number(text) * SECOND_MS;
  if (unit === 'instant') return Date.parse(text);
  if (unit === 'flag') return text === 'true';
  return unit === 'count' || unit === 'share' ? Number(text) : text;
}

function jsonRow(row: Rows[0], columns: Table['columns']): Rows[0] {
  return rowOf(columns, (key, { unit }) => {
    const cell = row[unit === 'duration' ? `${key}Seconds` : key];
    if (cell === undefined) throw new Error(`no field for ${key} in ${Object.keys(row)}`);
    if (typeof cell === 'number' && unit === 'duration') return cell * SECOND_MS;
    return typeof cell === 'string' && unit === 'instant' ? Date.parse(cell) : cell;
  });
}

function sheetCell(cell: string | number | boolean | Date | null, { unit }: Column): Cell {
  // hucre reads whatever has a time format as a date, durations too; a day is 1 from its epoch on.
  if (cell instanceof Date && unit === 'duration') return cell.getTime() - Date.UTC(1899, 11, 31);
  if (cell instanceof Date) return cell.getTime();
  return typeof cell === 'number' && unit === 'duration' ? Math.round(cell * DAY_MS) : cell;
}

function parquetCell(cell: unknown): Cell {
  if (cell === undefined) throw new Error('column missing');
  if (typeof cell === 'bigint') return Number(cell);
  return cell instanceof Date ? cell.getTime() : (cell as Cell);
}
