/** Rows are read as they are written: memory must not grow with their number. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { longTable } from './fixtures.ts';
import { findWriter } from './index.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const ROWS = 200_000;
const MEASURED_EVERY = 10_000;
const MB = 1e6;

/** What is reachable in the heap and in byte buffers. */
function heldBytes(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Most memory held at any time while so many rows are written, over what was held before. */
async function growthBytes(id: string, rows: number): Promise<number> {
  const writer = findWriter(id)!;
  // Loads the library, so that its own code is not counted.
  await writer.write(longTable(10), () => {});
  const before = heldBytes();
  let most = before;
  await writer.write(
    longTable(rows, (row) => {
      if (row % MEASURED_EVERY === 0) most = Math.max(most, heldBytes());
    }),
    () => {},
  );
  return most - before;
}

describe(`memory while ${ROWS} rows are written`, () => {
  // XLSX holds the rows it may yet write in one piece; Parquet holds a row group in both shapes. PDF is laid out
  // as a whole and therefore has a limit of its own.
  it.each([
    ['csv', 4],
    ['json', 4],
    ['ndjson', 4],
    ['table', 8],
    ['xlsx', 20],
    ['parquet', 25],
  ])('%s holds less than %i MB', async (id, limit) => {
    const growth = await growthBytes(id, ROWS);
    console.log(`${id}: ${(growth / MB).toFixed(1)} MB held at most`);
    expect(growth).toBeLessThan(limit * MB);
  });
});
