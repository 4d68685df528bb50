/** Pages of a sorted list by keyset cursors: the keys of the last row shown say where the next page begins. */
import { type CursorKeys, decodeCursor, encodeCursor } from '@logonscope/protocol';
import { LocalRefusal } from './refusal.ts';

type Key = string | number;

const compare = (a: Key, b: Key) => (a < b ? -1 : a > b ? 1 : 0);

/** Compares rows by their keys, one after the other. */
export function compareKeys(a: readonly Key[], b: readonly Key[]): number {
  for (const [index, key] of a.entries()) {
    const order = compare(key, b[index]!);
    if (order !== 0) return order;
  }
  return 0;
}

export interface PageWish {
  readonly cursor?: string;
  readonly limit: number;
}

/** One page of rows that are sorted by `keysOf`, upwards unless told otherwise. */
export function pageOf<T>(
  rows: readonly T[],
  keysOf: (row: T) => readonly Key[],
  { cursor, limit, order = 'asc' }: PageWish & { readonly order?: 'asc' | 'desc' },
): { readonly shown: readonly T[]; readonly next: string | null } {
  const sign = order === 'asc' ? 1 : -1;
  let first = 0;
  if (cursor !== undefined && rows.length > 0) {
    const after = decodeCursor(cursor, keysOf(rows[0]!).length);
    if (after === null) {
      const errors = [{ field: 'cursor', expected: 'a cursor that an earlier answer gave as `next`' }];
      throw new LocalRefusal(400, 'http/invalid-query', 'The cursor is not understood.', errors);
    }
    first = firstPast(rows, (row) => sign * compareKeys(keysOf(row), after as readonly Key[]) > 0);
  }
  const shown = rows.slice(first, first + limit);
  const last = shown.at(-1);
  const hasMore = first + limit < rows.length && last !== undefined;
  return { shown, next: hasMore ? encodeCursor(keysOf(last) as CursorKeys) : null };
}

function firstPast<T>(rows: readonly T[], isPast: (row: T) => boolean): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isPast(rows[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
