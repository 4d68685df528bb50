/** Turns any objects into a table: a column is a title, a unit and the question it asks of each object. */
import type { Cell, Column } from '@logonscope/core';
import type { Table } from './writer.ts';

export interface ObjectColumn<T> extends Column {
  readonly value: (object: T) => Cell;
}

export type ObjectColumns<T> = Readonly<Record<string, ObjectColumn<T>>>;

export interface ObjectTable<T> {
  readonly title: string;
  readonly note?: string;
  readonly timezone?: string;
  readonly columns: ObjectColumns<T>;
  /** Read once, lazily, while the table is written. */
  readonly objects: Iterable<T>;
}

/** A table over `objects`, which are asked for their cells only when a writer reaches them. */
export function tableFromObjects<T>({ columns, objects, ...described }: ObjectTable<T>): Table {
  const questions = Object.entries(columns);
  function* rows() {
    for (const object of objects) {
      const row: Record<string, Cell> = {};
      for (const [key, column] of questions) row[key] = column.value(object);
      yield row;
    }
  }
  return { ...described, columns, rows: { [Symbol.iterator]: rows } };
}

/** The columns of `all` that are named, in the order named. */
export function pickColumns<T>(all: ObjectColumns<T>, keys: readonly string[]): ObjectColumns<T> {
  return Object.fromEntries(
    keys.map((key) => {
      const column = all[key];
      if (column === undefined)
        throw new RangeError(`no column "${key}"; there are ${Object.keys(all).join(', ')}`);
      return [key, column];
    }),
  );
}
