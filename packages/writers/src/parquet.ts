/** Parquet for DuckDB, pandas, Spark: typed columns, one row group at a time, so that memory stays flat. */
import type { Cell, Column, Unit } from '@logonscope/core';
import type { BasicType } from 'hyparquet-writer';
import { fieldName } from './units.ts';
import { wellFormed } from './visible.ts';
import type { ByteSink, Table, Writer } from './writer.ts';

/** Rows held at once; readers like groups of some MB, and 20,000 rows of 30 columns are that. */
const ROWS_PER_GROUP = 20_000;

type ParquetCell = string | number | bigint | boolean | Date | null;

interface ParquetUnit {
  readonly type: BasicType;
  readonly cell: (cell: Cell) => ParquetCell;
}

/** Null for what no INT64 can hold, or a number cannot hold exactly. */
function wholeNumber(cell: Cell): ParquetCell {
  if (typeof cell !== 'number') return null;
  const whole = Math.round(cell);
  return Number.isSafeInteger(whole) ? BigInt(whole) : null;
}

const text: ParquetUnit = {
  type: 'STRING',
  cell: (cell) => (cell === null ? null : wellFormed(String(cell))),
};

const PARQUET_UNITS: Readonly<Record<Unit, ParquetUnit>> = {
  text,
  day: text,
  count: { type: 'INT64', cell: wholeNumber },
  duration: { type: 'INT64', cell: wholeNumber },
  instant: { type: 'TIMESTAMP', cell: (cell) => (typeof cell === 'number' ? validDate(cell) : null) },
  share: { type: 'DOUBLE', cell: (cell) => (typeof cell === 'number' ? cell : null) },
  flag: { type: 'BOOLEAN', cell: (cell) => (typeof cell === 'boolean' ? cell : null) },
};

function validDate(instant: number): Date | null {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? null : date;
}

async function write(table: Table, sink: ByteSink): Promise<void> {
  const { ByteWriter, ParquetWriter, schemaFromColumnData } = await import('hyparquet-writer');
  const columns = Object.entries(table.columns).map(([key, column]) => parquetColumn(key, column));
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    schema: schemaFromColumnData({ columnData: columns.map(({ name, type }) => ({ name, type, data: [] })) }),
    createdBy: 'Logonscope',
    kvMetadata: [
      { key: 'title', value: wellFormed(table.title) },
      ...(table.note === undefined ? [] : [{ key: 'note', value: wellFormed(table.note) }]),
    ],
  });
  for (const group of rowGroups(table.rows, columns)) {
    writer.write({
      columnData: columns.map(({ name }, index) => ({ name, data: group[index]! })),
      rowGroupSize: ROWS_PER_GROUP,
    });
    await drain(bytes, sink);
  }
  writer.finish();
  await drain(bytes, sink);
}

interface ParquetColumn extends ParquetUnit {
  readonly key: string;
  readonly name: string;
}

function parquetColumn(key: string, column: Column): ParquetColumn {
  return { key, name: fieldName(key, column, 'Ms'), ...PARQUET_UNITS[column.unit ?? 'text'] };
}

/** One array a column, for at most ROWS_PER_GROUP rows at a time. */
function* rowGroups(rows: Table['rows'], columns: readonly ParquetColumn[]): Iterable<ParquetCell[][]> {
  let group: ParquetCell[][] = columns.map(() => []);
  let count = 0;
  for (const row of rows) {
    columns.forEach(({ key, cell }, index) => {
      group[index]!.push(cell(row[key] ?? null));
    });
    count += 1;
    if (count < ROWS_PER_GROUP) continue;
    yield group;
    group = columns.map(() => []);
    count = 0;
  }
  if (count > 0) yield group;
}

/** Hands over what the library has written so far and lets it use its buffer again; `offset` goes on counting. */
async function drain(bytes: { getBytes(): Uint8Array; index: number }, sink: ByteSink): Promise<void> {
  const part = bytes.getBytes().slice();
  bytes.index = 0;
  if (part.length > 0) await sink(part);
}

export const parquetWriter: Writer = {
  id: 'parquet',
  label: 'Parquet',
  extension: '.parquet',
  mediaType: 'application/vnd.apache.parquet',
  text: false,
  narrow: false,
  write,
};
