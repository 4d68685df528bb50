/** JSON and NDJSON: rows as objects, and any other values as a stream, in batches and without a tree in memory. */
import type { Cell } from '@logonscope/core';
import { textBatches } from './batches.ts';
import { dataCell, fieldName, unitForms } from './units.ts';
import { jsonForTerminals } from './visible.ts';
import type { ByteSink, Table, Writer } from './writer.ts';

export interface JsonStreamOptions {
  /** One value a line, no array around them. */
  readonly ndjson?: boolean;
}

/**
 * Writes values as one JSON array, one value a line, or as NDJSON. Each value is serialised when it is reached
 * and then forgotten. Characters a terminal would obey are escaped, which no JSON reader notices.
 */
export async function writeJsonValues(
  values: Iterable<unknown>,
  sink: ByteSink,
  { ndjson = false }: JsonStreamOptions = {},
): Promise<void> {
  const out = textBatches(sink, jsonForTerminals);
  const [open, between, close] = ndjson ? ['', '\n', '\n'] : ['[\n', ',\n', '\n]\n'];
  let lead = open;
  for (const value of values) {
    const wait = out.add(lead + JSON.stringify(value));
    if (wait) await wait;
    lead = between;
  }
  await out.add(lead === between ? close : ndjson ? '' : '[]\n');
  await out.end();
}

/** Rows with durations in seconds (named so), instants in ISO 8601 UTC, everything else as it is. */
function* jsonRows({ columns, rows }: Table): Iterable<Readonly<Record<string, Cell>>> {
  const fields = Object.entries(columns).map(([key, column]) => ({
    key,
    name: fieldName(key, column, 'Seconds'),
    forms: unitForms(column),
  }));
  for (const row of rows) {
    const object: Record<string, Cell> = {};
    for (const { key, name, forms } of fields) object[name] = dataCell(row[key], forms);
    yield object;
  }
}

export const jsonWriter: Writer = {
  id: 'json',
  label: 'JSON',
  extension: '.json',
  mediaType: 'application/json',
  text: true,
  narrow: false,
  write: (table, sink) => writeJsonValues(jsonRows(table), sink),
};

export const ndjsonWriter: Writer = {
  id: 'ndjson',
  label: 'NDJSON (one JSON object a line)',
  extension: '.ndjson',
  mediaType: 'application/x-ndjson',
  text: true,
  narrow: false,
  write: (table, sink) => writeJsonValues(jsonRows(table), sink, { ndjson: true }),
};
