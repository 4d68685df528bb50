/** Pages and whole lists out of rows that the database gives in order, with a last look at each where needed. */

import { type CursorKeys, decodeCursor, encodeCursor } from '@logonscope/protocol';
import { AppError } from '../app-error.ts';

/** Rows asked for at once where each is looked at again. */
const LOOKED_AT_ONCE = 1_000;
/** A page gives up after so many rows that do not fit, and says where the next one goes on. */
const LOOKED_AT_MAX = 50_000;
/** Rows asked for at once when a list is read to its end. */
const STREAMED_AT_ONCE = 2_000;

export interface Scan<R, T> {
  /** The next rows in order after those keys, at most so many. */
  fetch(after: CursorKeys | null, rows: number): Promise<readonly R[]>;
  keysOf(row: R): CursorKeys;
  read(row: R): T;
  /** Null where the database has seen to all that was asked. */
  readonly fits: ((subject: T) => boolean) | null;
}

export interface Found<R, T> {
  readonly row: R;
  readonly subject: T;
}

export interface FoundPage<R, T> {
  readonly found: readonly Found<R, T>[];
  /** Where the next page begins; null after the last. A page may be short, even empty, and yet have a next one. */
  readonly next: string | null;
}

/** One page. Which rows it holds depends on the keys of the row before alone, so new rows shift nothing. */
export async function readPage<R, T>(
  scan: Scan<R, T>,
  cursor: CursorKeys | null,
  limit: number,
): Promise<FoundPage<R, T>> {
  const { fits } = scan;
  const chunk = fits === null ? limit + 1 : LOOKED_AT_ONCE;
  const found: Found<R, T>[] = [];
  let after = cursor;
  for (let lookedAt = 0; lookedAt < (fits === null ? chunk : LOOKED_AT_MAX); lookedAt += chunk) {
    const rows = await scan.fetch(after, chunk);
    for (const [i, row] of rows.entries()) {
      const subject = scan.read(row);
      if (fits === null || fits(subject)) found.push({ row, subject });
      after = scan.keysOf(row);
      if (found.length < limit) continue;
      const more = i + 1 < rows.length || rows.length === chunk;
      return { found, next: more ? encodeCursor(after) : null };
    }
    if (rows.length < chunk) return { found, next: null };
  }
  return { found, next: after === null ? null : encodeCursor(after) };
}

/** All that fit, piece by piece, holding only one piece at a time. */
export async function* readAll<R, T>(scan: Scan<R, T>): AsyncGenerator<T[]> {
  let after: CursorKeys | null = null;
  for (;;) {
    const rows: readonly R[] = await scan.fetch(after, STREAMED_AT_ONCE);
    const subjects = rows.map((row) => scan.read(row));
    yield scan.fits === null ? subjects : subjects.filter(scan.fits);
    const last = rows.at(-1);
    if (last === undefined || rows.length < STREAMED_AT_ONCE) return;
    after = scan.keysOf(last);
  }
}

/** The keys of a cursor, or a refusal: it comes from the outside and may be that of another list. */
export function cursorKeys(
  cursor: string | undefined,
  kinds: readonly ('number' | 'string')[],
): CursorKeys | null {
  if (cursor === undefined) return null;
  const keys = decodeCursor(cursor, kinds.length);
  if (keys?.every((key, i) => typeof key === kinds[i])) return keys;
  throw new AppError('invalid', 'http/invalid-query', 'The cursor is of another list.', {
    fields: [{ field: 'cursor', expected: '`next` of an answer to the same question' }],
  });
}
