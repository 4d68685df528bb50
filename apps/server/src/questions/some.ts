/** Reading at most so many rows to the end, for what has to be looked at one by one. */
import type { CursorKeys } from '@logonscope/protocol';
import type { Scan } from './scan.ts';

const AT_ONCE = 2_000;

/** Hands every subject that fits to `each`; `complete` is false if there was more than `rowsMax` rows to look at. */
export async function readSome<R, T>(
  scan: Scan<R, T>,
  rowsMax: number,
  each: (subject: T, row: R) => void,
): Promise<{ readonly complete: boolean }> {
  let after: CursorKeys | null = null;
  for (let left = rowsMax; left > 0; left -= AT_ONCE) {
    const rows: readonly R[] = await scan.fetch(after, Math.min(left, AT_ONCE));
    for (const row of rows) {
      const subject = scan.read(row);
      if (scan.fits?.(subject) ?? true) each(subject, row);
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < Math.min(left, AT_ONCE)) return { complete: true };
    after = scan.keysOf(last);
  }
  return { complete: false };
}
