// The worked vectors of the specification, section 8: the figures are the specification's, typed by hand.
import { readFileSync } from 'node:fs';
import { parseScenario } from '@logonscope/testkit';
import { describe, expect, test } from 'vitest';
import type { EndEvidence, FindingCode } from '../model.ts';
import { dayMatrix, personTime } from '../queries/index.ts';
import { sessionize } from './sessionize.ts';

interface Vector {
  readonly file: string;
  /** Seconds of use per session, in order of start. */
  readonly use: readonly number[];
  readonly endBy?: EndEvidence;
  readonly min?: number;
  readonly max?: number;
  readonly duration?: number;
  readonly finding?: FindingCode;
  readonly sessions?: number;
}

// biome-ignore format: a table
const VECTORS: Record<string, Vector> = {
  V1: { file: 'v01-plain', use: [28800], endBy: 'logoff' },
  V2: { file: 'v02-lock', use: [25200] },
  V3: { file: 'v03-saver-inside-lock', use: [25200] },
  V4: { file: 'v04-saver-over-lock', use: [25200] },
  V5: { file: 'v05-saver-delay', use: [26400] },
  V6: { file: 'v06-saver-delay-in-lock', use: [26640] },
  V7: { file: 'v07-saver-delay-at-logon', use: [27000] },
  V8: { file: 'v08-disconnect-inside-lock', use: [24580] },
  V9: { file: 'v09-token-leak', use: [28800], duration: 43200, finding: 'token-leak' },
  V10: { file: 'v10-logoff-begun', use: [28800], endBy: 'logoff-begin' },
  V11: { file: 'v11-shutdown-while-locked', use: [25200], endBy: 'shutdown' },
  V12: { file: 'v12-crash', use: [21600], endBy: 'crash', min: 21600, max: 32400 },
  'V12 startup': { file: 'v12-crash-startup', use: [32400], endBy: 'crash', min: 21600, max: 32400 },
  V13: { file: 'v13-as-written', use: [10800, 0], endBy: 'superseded', max: 18000, sessions: 2 },
  V14: { file: 'v14-over-midnight', use: [28800] },
  V15: { file: 'v15-spring-forward', use: [3600] },
  V16: { file: 'v16-fall-back', use: [10800] },
  V17: { file: 'v17-linked-pair', use: [28800], sessions: 1 },
  V18: { file: 'v18-reconnect-alias', use: [25199], sessions: 1 },
  V19: { file: 'v19-two-computers', use: [7200, 7200] },
  V21: { file: 'v21-unlock-first', use: [13800] },
  V22: { file: 'v22-double-lock', use: [27000] },
  V23: { file: 'v23-before-logon', use: [16200], finding: 'before-logon' },
  V24: { file: 'v24-open', use: [21600], endBy: 'open' },
  V25: { file: 'v25-asleep-inside-lock', use: [25080] },
  V26: { file: 'v26-logon-while-locked', use: [25200], sessions: 1 },
  V27: { file: 'v27-logon-again', use: [3600, 19500], endBy: 'superseded', max: 8700 },
};

function sessionsOf(file: string) {
  const scenario = parseScenario(readFileSync(new URL(`./scenarios/${file}.txt`, import.meta.url), 'utf8'));
  return sessionize(scenario.events, scenario.life, scenario.options).sessions;
}

describe.each(Object.entries(VECTORS))(
  '%s',
  (_id, { file, use, endBy, min, max, duration, finding, sessions: count }) => {
    const sessions = sessionsOf(file);
    const first = sessions[0]!;

    test('use time', () => expect(sessions.map(({ useMs }) => useMs / 1000)).toEqual(use));
    test('end, bounds, findings', () => {
      if (endBy !== undefined) expect(first.endBy).toBe(endBy);
      if (min !== undefined) expect(first.useMinMs).toBe(min * 1000);
      if (max !== undefined) expect(first.useMaxMs).toBe(max * 1000);
      if (duration !== undefined) expect(first.durationMs).toBe(duration * 1000);
      if (finding !== undefined) expect(first.findings).toContain(finding);
      if (count !== undefined) expect(sessions).toHaveLength(count);
    });
  },
);

test('V14: 7200 and 21600 seconds on the two days', () => {
  const sessions = sessionsOf('v14-over-midnight');
  const matrix = dayMatrix(sessions, {
    timezone: 'UTC',
    dayStartHour: 0,
    from: sessions[0]!.start,
    to: sessions[0]!.end!,
  });
  expect(JSON.stringify(matrix)).toContain('7200000');
  expect(JSON.stringify(matrix)).toContain('21600000');
});

test('V17: elevated', () => expect(sessionsOf('v17-linked-pair')[0]!.elevated).toBe(true));

test('V19: sum 14400, union 10800', () => {
  const { useSumMs, useUnionMs } = personTime(sessionsOf('v19-two-computers'), 'ana');
  expect([useSumMs, useUnionMs]).toEqual([14_400_000, 10_800_000]);
});

test('V21: first-seen', () => expect(sessionsOf('v21-unlock-first')[0]!.startBy).toBe('first-seen'));
test('V27: the first ends at its last sign', () => {
  const [first] = sessionsOf('v27-logon-again');
  expect(new Date(first!.end!).toISOString()).toBe('2025-03-03T10:10:00.000Z');
});
