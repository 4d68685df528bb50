/** Who was on a computer and where was a user, against the bounds of sessions and against a slow search. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { presenceAt, whereWas, whoWasOn } from './presence.ts';
import { at, type SessionFacts, session } from './testdata/build.ts';

const told = (facts: SessionFacts, time: string) => {
  const presence = presenceAt(session(facts), at(time));
  return presence === null ? 'not there' : `${presence.certainty} ${presence.state}`;
};

describe('a session that ended with a logoff', () => {
  const facts = {
    start: '09:00',
    end: '17:00',
    away: {
      locked: [['12:00', '13:00']],
      screensaver: [['12:10', '12:50']],
      disconnected: [['14:00', '15:00']],
    },
  } satisfies SessionFacts;
  test.each([
    ['08:59:59', 'not there'],
    ['09:00', 'surely active'],
    ['12:05', 'surely locked'],
    ['12:10', 'surely idle'],
    ['12:50', 'surely locked'],
    ['13:00', 'surely active'],
    ['14:30', 'surely disconnected'],
    ['16:59:59', 'surely active'],
    ['17:00', 'not there'],
  ])('at %s: %s', (time, expected) => {
    expect(told(facts, time)).toBe(expected);
  });
  test('all reasons are listed, and since when', () => {
    const presence = presenceAt(session(facts), at('12:20'))!;
    expect(presence.reasons).toEqual(['screensaver', 'locked']);
    expect(presence.since).toBe(at('12:10'));
    expect(presenceAt(session(facts), at('13:30'))!.since).toBe(at('13:00'));
  });
});

describe('ends that are not sure', () => {
  const crash = {
    start: '09:00',
    end: '15:00',
    endBy: 'crash',
    earliestEnd: '15:00',
    latestEnd: '18:00',
  } as const;
  const taken = {
    start: '09:00',
    end: '12:00',
    endBy: 'shutdown',
    earliestEnd: '11:50',
    latestEnd: '12:00',
  } as const;
  const begun = { start: '09:00', end: '17:00', endBy: 'logoff-begin', latestEnd: '20:00' } as const;
  const open = { start: '09:00', asOf: '15:00' } as const;
  test.each([
    ['crash', crash, '14:59', 'surely active'],
    ['crash', crash, '15:00', 'possibly unknown'],
    ['crash', crash, '18:00', 'not there'],
    ['shutdown', taken, '11:55', 'possibly active'],
    ['logoff begun', begun, '18:00', 'possibly loggingOff'],
    ['open', open, '14:00', 'surely active'],
    ['open', open, '15:00', 'surely active'],
    ['open', open, '15:01', 'possibly unknown'],
  ] as const)('%s', (_name, facts, time, expected) => {
    expect(told(facts, time)).toBe(expected);
  });
  test('a session first seen at 09:00 may have begun after the boot at 07:00', () => {
    const facts = { start: '09:00', end: '17:00', startBy: 'first-seen', earliestStart: '07:00' } as const;
    expect(told(facts, '06:59')).toBe('not there');
    expect(told(facts, '07:00')).toBe('possibly unknown');
    expect(told({ ...facts, earliestStart: null }, '06:59')).toBe('possibly unknown');
  });
});

test('by computer and by user', () => {
  const log = [
    session({ computer: 'PC1', user: 'bob', start: '09:30', end: '12:00' }),
    session({
      computer: 'PC1',
      user: 'alice',
      start: '09:00',
      end: '10:30',
      endBy: 'crash',
      latestEnd: '11:30',
    }),
    session({ computer: 'PC2', user: 'alice', start: '09:00', end: '12:00' }),
  ];
  const names = (found: ReturnType<typeof whoWasOn>) =>
    found.map(({ session: s }) => `${s.user} on ${s.computer}`);
  expect(names(whoWasOn(log, 'pc1.corp.example', at('11:00')))).toEqual(['bob on PC1', 'alice on PC1']);
  expect(names(whereWas(log, 'CORP\\alice', at('10:00')))).toEqual(['alice on PC1', 'alice on PC2']);
  expect(names(whereWas(log, 'carol', at('10:00')))).toEqual([]);
});

test('law: surely and possibly are what a search through the bounds says', () => {
  const hour = (n: number) => `${String(n).padStart(2, '0')}:00`;
  const drawn = fc
    .uniqueArray(fc.integer({ min: 0, max: 23 }), { minLength: 5, maxLength: 5 })
    .map((hours) => hours.sort((a, b) => a - b))
    .map(([a, b, c, d, e]) => ({ earliest: a!, start: b!, endEarliest: c!, end: d!, endLatest: e! }));
  fc.assert(
    fc.property(fc.array(drawn, { maxLength: 6 }), fc.integer({ min: 0, max: 23 }), (all, moment) => {
      const log = all.map((bounds, i) =>
        session({
          id: `${i}`,
          start: hour(bounds.start),
          startBy: 'first-seen',
          earliestStart: hour(bounds.earliest),
          end: hour(bounds.end),
          endBy: 'superseded',
          earliestEnd: hour(bounds.endEarliest),
          latestEnd: hour(bounds.endLatest),
        }),
      );
      const found = whoWasOn(log, 'PC1', at(hour(moment)));
      const ids = (certainty: string) =>
        found
          .filter((one) => one.certainty === certainty)
          .map((one) => one.session.id)
          .sort();
      const expected = (test: (b: (typeof all)[number]) => boolean) =>
        all.flatMap((bounds, i) => (test(bounds) ? [`${i}`] : [])).sort();
      const sure = (b: (typeof all)[number]) => moment >= b.start && moment < b.endEarliest;
      expect(ids('surely')).toEqual(expected(sure));
      expect(ids('possibly')).toEqual(
        expected((b) => moment >= b.earliest && moment < b.endLatest && !sure(b)),
      );
    }),
  );
});
