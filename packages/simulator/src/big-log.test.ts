/** Large logs have the size asked for, are the same for the same seed, and are mostly about sessions. */
import { readAllFields } from '@logonscope/readers';
import { expect, test } from 'vitest';
import { generateLog } from './big-log.ts';
import { SECURITY } from './layouts/index.ts';

const SIZE_BYTES = 6 * 1024 * 1024;

function generate(seed: number) {
  const bytes = new Uint8Array(SIZE_BYTES + 200_000);
  const log = generateLog({ seed, sizeBytes: SIZE_BYTES, people: 20 }, (piece, at) => bytes.set(piece, at));
  return { ...log, bytes: bytes.subarray(0, log.sizeBytes) };
}

test('a log of six megabytes', async () => {
  const log = generate(1);
  expect(Math.abs(log.sizeBytes - SIZE_BYTES)).toBeLessThan(150_000);
  expect(Buffer.compare(generate(1).bytes, log.bytes)).toBe(0);
  expect(Buffer.compare(generate(2).bytes, log.bytes)).not.toBe(0);
  const found = await readAllFields(log.bytes);
  expect(found.length).toBe(log.records);
  const processes = [SECURITY.processCreated.id, SECURITY.processExited.id];
  const share = found.filter(({ eventId }) => !processes.includes(eventId!)).length / found.length;
  expect(share).toBeGreaterThan(0.4);
  expect(share).toBeLessThan(0.7);
  expect(log.truth.length).toBeGreaterThan(5);
});
