/** Puts lines, tables and values where the output goes, in the format chosen. */
import type { Cell, Column } from '@logonscope/core';
import { createTableWriter, findWriter, type Table, visible, writeJsonValues } from '@logonscope/writers';
import type { Output } from './output.ts';
import type { Terminal } from './terminal.ts';

const encoder = new TextEncoder();

/** Lines for people; nothing in them that a terminal would obey. */
export function writeLines(output: Output, lines: Iterable<string>): Promise<void> {
  return output.write((sink) => {
    const text = [...Array.from(lines, visible), ''].join('\n');
    return sink(encoder.encode(text));
  });
}

/** A table in the format chosen; on a terminal as wide as that is. */
export function writeTable(output: Output, table: Table, terminal: Terminal): Promise<void> {
  const { widthColumns, colour } = terminal;
  const forPeople = createTableWriter(output.onTerminal ? { widthColumns: widthColumns ?? 80, colour } : {});
  const writer = output.format === 'table' ? forPeople : findWriter(output.format)!;
  return output.write((sink) => writer.write(table, sink));
}

export const isJson = ({ format }: Output) => format === 'json' || format === 'ndjson';

/** Objects as JSON or NDJSON, streamed. */
export function writeValues(output: Output, values: Iterable<unknown>): Promise<void> {
  return output.write((sink) => writeJsonValues(values, sink, { ndjson: output.format === 'ndjson' }));
}

/**
 * A table from objects of any depth: nested names are joined with dots, lists with commas. The columns are those of
 * all objects, in the order in which they first appear.
 */
export function flatTable(title: string, objects: readonly object[]): Table {
  const rows = objects.map((object) => flatten(object, '', {}));
  const columns: Record<string, Column> = {};
  for (const row of rows) for (const key of Object.keys(row)) columns[key] ??= { title: key };
  const complete = rows.map((row) =>
    Object.fromEntries(Object.keys(columns).map((k) => [k, row[k] ?? null])),
  );
  return { title, columns, rows: complete };
}

function flatten(value: object, prefix: string, into: Record<string, Cell>): Record<string, Cell> {
  for (const [key, inner] of Object.entries(value)) {
    const name = prefix + key;
    if (Array.isArray(inner)) into[name] = inner.join(', ');
    else if (inner !== null && typeof inner === 'object') flatten(inner, `${name}.`, into);
    else into[name] = inner as Cell;
  }
  return into;
}
