/** The door of the writers: one list of formats, and the tables of sessions and events as people read them. */
import { csvWriter } from './csv.ts';
import { jsonWriter, ndjsonWriter } from './json.ts';
import { parquetWriter } from './parquet.ts';
import { pdfWriter } from './pdf.ts';
import { tableWriter } from './table.ts';
import type { Writer } from './writer.ts';
import { xlsxWriter } from './xlsx.ts';

/** Every output format, in the order in which people are shown them. Heavy libraries load with the first write. */
export const WRITERS = [
  tableWriter,
  csvWriter,
  jsonWriter,
  ndjsonWriter,
  xlsxWriter,
  pdfWriter,
  parquetWriter,
] as const satisfies readonly Writer[];

/** The writer of that id (`csv`, `xlsx` …), or undefined. */
export function findWriter(id: string): Writer | undefined {
  return WRITERS.find((writer) => writer.id === id);
}

export * from './columns/events.ts';
export * from './columns/sessions.ts';
export { type JsonStreamOptions, writeJsonValues } from './json.ts';
export { wallClock } from './local-time.ts';
export { pdfCoversText } from './pdf-coverage.ts';
export * from './rows.ts';
export { createTableWriter, type TableOptions } from './table.ts';
export { visible } from './visible.ts';
export type * from './writer.ts';
