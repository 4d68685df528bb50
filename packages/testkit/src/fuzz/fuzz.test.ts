/** The small sibling of `npm run soak`: 50,000 damaged inputs over all readers, and the fuzzing itself put to test. */
import { availableParallelism } from 'node:os';
import { READERS, type Reader } from '@logonscope/readers';
import { createRandom } from '@logonscope/simulator';
import { describe, expect, test } from 'vitest';
import { type CorpusEntry, loadCorpus } from './corpus.ts';
import { fuzz } from './fuzz.ts';
import { MUTATIONS, mutate } from './mutate.ts';
import { fuzzSlice } from './slice.ts';

const SAMPLES = new URL('../../../../samples', import.meta.url).pathname;
const SEED = 20_261_120;

test('every reader has an input to be fuzzed with', () => {
  const fuzzed = new Set(loadCorpus(SAMPLES).map(({ reader }) => reader.id));
  expect(READERS.map(({ id }) => id).filter((id) => !fuzzed.has(id))).toEqual([]);
});

test('50,000 damaged inputs: nothing thrown, slow or greedy, and nothing lost around the damage', async () => {
  const tally = await fuzz({
    seed: SEED,
    from: 0,
    inputs: 50_000,
    samples: SAMPLES,
    processes: Math.min(2, availableParallelism()),
  });
  expect(tally.failures).toEqual([]);
  expect(tally.inputs).toBe(50_000);
  expect(tally.records).toBeGreaterThan(50_000);
  expect(tally.intactChecks).toBeGreaterThan(1_000);
}, 600_000);

describe('fuzzing finds what it looks for', () => {
  const lineReader = (read: Reader['read']): Reader => ({
    id: 'lines',
    label: 'Lines',
    extensions: ['.txt'],
    timesHaveZone: true,
    detect: () => 1,
    read,
  });
  const text = Array.from({ length: 40 }, (_, line) => `record ${line} of a log`).join('\n');
  const corpusOf = (reader: Reader): CorpusEntry[] => [
    { name: 'lines', bytes: new TextEncoder().encode(text), reader },
  ];
  const instruments = { cpuMs: () => 0, rssBytes: () => 0, begin: () => {} };
  const slice = { seed: SEED, from: 0, inputs: 200 };
  const run = (reader: Reader, more = instruments) => fuzzSlice(slice, corpusOf(reader), [reader], more);

  test('a reader that throws', async () => {
    const tally = await run(lineReader(() => Promise.reject(new Error('unexpected byte'))));
    expect(tally.failures[0]?.what).toContain('unexpected byte');
  });

  test('a reader that gives up after a bad record', async () => {
    const reader = lineReader(async (source, sink) => {
      const into = new Uint8Array(65_536);
      const bytes = into.subarray(0, await source.read(into));
      for (const [line, words] of new TextDecoder().decode(bytes).split('\n').entries()) {
        if (!/^record \d+ of a log$/.test(words)) return;
        const at = { file: source.name, line: line + 1 };
        sink.record({
          kind: 'attributed',
          time: line,
          word: words,
          eventId: null,
          computer: 'A',
          attributes: {},
          identity: '',
          source: at,
        });
      }
    });
    const tally = await run(reader);
    expect(tally.intactChecks).toBeGreaterThan(0);
    expect(tally.failures[0]?.what).toMatch(/^lost record - line \d+/);
  });

  test('an input that takes too long, and memory that grows', async () => {
    const idle = lineReader(() => Promise.resolve());
    let clock = 0;
    const slow = await run(idle, { ...instruments, cpuMs: () => (clock += 600) });
    expect(slow.failures).toEqual([]);
    const slower = await run(idle, { ...instruments, cpuMs: () => (clock += 1_100) });
    expect(slower.failures[0]?.what).toBe('took 1100 ms of CPU');
    const greedy = await run(idle, { ...instruments, rssBytes: () => 600 * 2 ** 20 });
    expect(greedy.failures[0]?.what).toBe('memory grew to 600 MB');
  });

  test('the same seed and number make the same input', () => {
    const bytes = new TextEncoder().encode(text);
    const damaged = (seed: number) => mutate(bytes, bytes, createRandom(seed));
    expect(damaged(7)).toEqual(damaged(7));
    expect(damaged(7)).not.toEqual(damaged(8));
  });

  test.each(Object.entries(MUTATIONS))('%s survives empty and tiny inputs', (_, mutation) => {
    for (let seed = 0; seed < 50; seed++) {
      const random = createRandom(seed);
      for (const length of [0, 1, 3, 8]) mutation(new Uint8Array(length), random, new Uint8Array(length));
    }
  });
});
