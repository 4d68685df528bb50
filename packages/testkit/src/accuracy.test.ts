/** Comparing with the truth is compared with the truth: known errors must come out as they are. */
import type { TruthSession } from '@logonscope/simulator';
import { expect, test } from 'vitest';
import { compareWithTruth, type FoundSession } from './accuracy.ts';

const HOUR = 3_600_000;

const real = (from: number, to: number, more: Partial<TruthSession> = {}): TruthSession => ({
  computer: 'PC1',
  user: 'ana',
  domain: 'CORP',
  sid: 'S-1-5-21-1-2-3-1001',
  logonIds: ['0x1'],
  kind: 'console',
  logonType: 2,
  terminalSessionId: 1,
  start: from * HOUR,
  end: to * HOUR,
  endReason: 'logoff',
  countedTo: to * HOUR,
  away: [],
  useMs: (to - from) * HOUR,
  ...more,
});
const found = (from: number, to: number, more: Partial<FoundSession> = {}): FoundSession => {
  const useMs = (to - from) * HOUR;
  const bounds = { useMinMs: useMs, useMaxMs: useMs };
  return {
    computer: 'PC1',
    user: 'Ana',
    start: from * HOUR,
    end: to * HOUR,
    asOf: 24 * HOUR,
    useMs,
    ...bounds,
    ...more,
  };
};

test('the truth itself has no error', () => {
  const { errorShare, insideShare, widthShare } = compareWithTruth([found(8, 16)], [real(8, 16)]);
  expect([errorShare, insideShare, widthShare]).toEqual([0, 1, 0]);
});

test('half an hour too much of ten is 5 %, and outside tight bounds', () => {
  const { errorShare, insideShare } = compareWithTruth([found(8, 18.5)], [real(8, 18)]);
  expect(errorShare).toBeCloseTo(0.05);
  expect(insideShare).toBe(0);
});

test('wide bounds hold the truth, and their width is told', () => {
  const session = found(8, 18.5, { useMinMs: 8 * HOUR, useMaxMs: 11 * HOUR });
  const { insideShare, widthShare } = compareWithTruth([session], [real(8, 18)]);
  expect(insideShare).toBe(1);
  expect(widthShare).toBeCloseTo(3 / 10.5);
});

test('missed and invented sessions count in full', () => {
  const accuracy = compareWithTruth([found(8, 10, { user: 'ben' })], [real(8, 18)]);
  expect(accuracy).toMatchObject({ missed: 1, invented: 1, insideShare: 0 });
  expect(accuracy.errorShare).toBeCloseTo(1.2);
});

test('a session split in two is matched by its larger part; the other is invented', () => {
  const accuracy = compareWithTruth([found(8, 9), found(9, 18)], [real(8, 18)]);
  expect(accuracy).toMatchObject({ missed: 0, invented: 1 });
  expect(accuracy.errorShare).toBeCloseTo(0.2);
});

test('an open session is counted to the end of its log', () => {
  const accuracy = compareWithTruth(
    [found(8, 20, { end: null, asOf: 20 * HOUR })],
    [real(8, 20, { end: null, endReason: 'open' })],
  );
  expect(accuracy).toMatchObject({ missed: 0, invented: 0, errorShare: 0 });
});

test('nothing found and nothing there is no error', () => {
  expect(compareWithTruth([], []).errorShare).toBe(0);
  expect(compareWithTruth([found(1, 2)], []).errorShare).toBe(1);
});
