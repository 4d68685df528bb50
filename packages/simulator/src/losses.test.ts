/** Lost records leave the gaps that reality leaves, and nothing else changes. */
import { describe, expect, test } from 'vitest';
import { byChannel } from './emit/evtx-files.ts';
import { fieldText } from './emit/windows-record.ts';
import { simulateFleet } from './fleet/simulate.ts';
import { SECURITY } from './layouts/index.ts';
import {
  cleared,
  keepChannels,
  loseAtRandom,
  SUBCATEGORIES,
  WITHOUT_AUDIT,
  withoutAudit,
  wrapped,
} from './losses.ts';
import type { SimRecord } from './record.ts';

const [computer] = simulateFleet({ seed: 4, computers: 1, days: 5, kinds: ['workstation'], accidents: 0 });
const { records } = computer!;
const ids = (list: readonly SimRecord[]): number[] => list.map(({ recordId }) => recordId);
const channel = (list: readonly SimRecord[], name: string): SimRecord[] => byChannel(list).get(name) ?? [];

describe('records go missing', () => {
  test('at random: about the share asked for, numbers keep their gaps', () => {
    const left = loseAtRandom(records, 0.2, 1);
    expect(left.length / records.length).toBeGreaterThan(0.75);
    expect(left.length / records.length).toBeLessThan(0.85);
    expect(left.every((record) => records.includes(record))).toBe(true);
    expect(loseAtRandom(records, 0.2, 1)).toEqual(left);
  });

  test('by channel', () => {
    expect([...byChannel(keepChannels(records, WITHOUT_AUDIT)).keys()].sort()).toEqual(
      [...WITHOUT_AUDIT].sort(),
    );
  });

  test('by audit subcategory: never written, so without gaps', () => {
    const left = withoutAudit(records, 'Other Logon/Logoff Events');
    const never = new Set<object>(SUBCATEGORIES['Other Logon/Logoff Events']);
    expect(left.some(({ layout }) => never.has(layout))).toBe(false);
    const security = channel(left, 'Security');
    expect(ids(security)).toEqual(security.map((_, index) => index + 1));
  });

  test('at the beginning, when the log wraps', () => {
    for (const list of byChannel(wrapped(records, 50)).values()) {
      expect(list.length).toBeLessThanOrEqual(50);
      expect(list.at(-1)).toBe(channel(records, list[0]!.layout.channel).at(-1));
    }
  });

  test('up to the moment in which someone clears the log, which begins anew and says so', () => {
    const security = channel(records, 'Security');
    const at = security[Math.floor(security.length / 2)]!.time;
    const left = cleared(records, 'Security', at, {
      sid: 'S-1-5-21-1-2-3-500',
      name: 'mallory',
      domain: 'CONTOSO',
    });
    const [first, ...rest] = channel(left, 'Security');
    expect(first!.layout).toBe(SECURITY.cleared);
    expect(fieldText(first!, 'SubjectUserName')).toBe('mallory');
    expect(ids([first!, ...rest])).toEqual([first!, ...rest].map((_, index) => index + 1));
    expect(rest.every(({ time }) => time >= at)).toBe(true);
    expect(channel(left, 'System')).toEqual(channel(records, 'System'));
  });
});
