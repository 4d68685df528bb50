/** Every reader of text against every law. EVTX, which is binary, has its own damage and its own fuzzing. */
import { describe, expect, test } from 'vitest';
import { READER_LAWS } from './reader-conformance.ts';
import { readersWithoutSample, TEXT_SAMPLES } from './reader-samples.ts';

describe.each(TEXT_SAMPLES.map((sample) => [sample.reader.id, sample] as const))('%s', (_id, sample) => {
  test.each(READER_LAWS.map((law) => [law.title, law] as const))('%s', async (_title, law) => {
    await law.check(sample);
  });
});

test('only the binary format has no sample here', () => {
  expect(readersWithoutSample()).toEqual(['evtx']);
});
