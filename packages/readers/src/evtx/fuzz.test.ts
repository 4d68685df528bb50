/** Mutated logs: the reader never throws, never takes long, and finds the chunks that nobody touched. */
import { evtxBytes } from '@logonscope/simulator';
import { expect, test } from 'vitest';
import { readAllFields } from './read-all-fields.ts';
import { logons, tell } from './testdata/logons.ts';

const CHUNK_AT = 4_096;
const CHUNK_BYTES = 65_536;
const INPUTS = 2_000;
/** A numbers' sequence that is the same in every run; chance would make failures hard to repeat. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Changes that damage and attackers make: bytes, sizes and offsets, stretches erased, stretches copied. */
function mutate(file: Uint8Array<ArrayBuffer>, usedBytes: number, next: (below: number) => number): void {
  const view = new DataView(file.buffer);
  const anywhere = () => CHUNK_AT + next(usedBytes - 300);
  for (let changes = 1 + next(20); changes > 0; changes--) {
    const at = anywhere();
    const kind = next(4);
    if (kind === 0) file[at] = next(256);
    else if (kind === 1) view.setUint32(at, [0, 0xffffffff, 0x7fffffff, 65_535, 1][next(5)] as number, true);
    else if (kind === 2) file.fill(next(2) * 255, at, at + next(64));
    else file.copyWithin(anywhere(), at, at + next(200));
  }
}

test(`${INPUTS} mutated chunks: no exception, bounded time, the intact chunk behind them is read`, async () => {
  const samples = [evtxBytes(logons(60)), evtxBytes(logons(40), { bare: true })];
  const intact = evtxBytes(logons(5)).subarray(CHUNK_AT);
  const next = numbers(7);
  let slowestMs = 0;
  let found = 0;
  for (let input = 0; input < INPUTS; input++) {
    const sample = samples[input % samples.length] as Uint8Array;
    const file = new Uint8Array(CHUNK_AT + 2 * CHUNK_BYTES);
    file.set(sample.subarray(0, CHUNK_AT + CHUNK_BYTES));
    file.set(intact, CHUNK_AT + CHUNK_BYTES);
    mutate(file, new DataView(file.buffer).getUint32(CHUNK_AT + 48, true), next);
    const started = performance.now();
    const { records } = await tell(file, { slack: input % 3 === 0 });
    if (input % 4 === 0) await readAllFields(file, { slack: true });
    slowestMs = Math.max(slowestMs, performance.now() - started);
    found += records.length;
    const behind = records.filter(({ source }) => (source.offset ?? 0) >= CHUNK_AT + CHUNK_BYTES);
    expect(behind.map(({ user }) => user)).toEqual(['user1', 'user2', 'user3', 'user4', 'user5']);
  }
  expect(found).toBeGreaterThan(INPUTS * 20);
  expect(slowestMs).toBeLessThan(2_000);
});
