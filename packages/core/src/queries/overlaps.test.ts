/** Who met whom: pictures first, then symmetry and agreement with a search through all pairs. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { overlaps } from './overlaps.ts';
import { at, session } from './testdata/build.ts';

const log = [
  session({ computer: 'PC1', user: 'alice', start: '09:00', end: '12:00' }),
  session({
    computer: 'PC1',
    user: 'bob',
    start: '11:00',
    end: '17:00',
    away: { locked: [['11:15', '11:30']] },
  }),
  session({ computer: 'PC2', user: 'carol', start: '08:00', end: '10:00' }),
  session({ computer: 'PC1', user: 'dave', start: '12:00', end: '13:00' }),
  session({ computer: 'PC1', user: 'ALICE', start: '09:30', end: '09:45' }),
];
const shown = (found: ReturnType<typeof overlaps>) =>
  found.map((one) => `${one.account} ${one.overlapMs / 60_000} min, both ${one.bothInUseMs / 60_000}`);

test('on the same computer: bob only; dave came as alice left, and she does not meet herself', () => {
  expect(shown(overlaps(log, 'alice'))).toEqual(['CORP\\bob 60 min, both 45']);
});

test('anywhere: carol too', () => {
  expect(shown(overlaps(log, 'CORP\\alice', { anywhere: true }))).toEqual([
    'CORP\\carol 60 min, both 60',
    'CORP\\carol 15 min, both 15',
    'CORP\\bob 60 min, both 45',
  ]);
});

test('within a range', () => {
  expect(shown(overlaps(log, 'alice', { from: at('11:40'), to: at('12:30') }))).toEqual([
    'CORP\\bob 20 min, both 20',
  ]);
});

test('laws: symmetric, and the same as comparing every pair', () => {
  const drawn = fc.record({
    user: fc.constantFrom('alice', 'bob', 'carol'),
    computer: fc.constantFrom('PC1', 'PC2'),
    start: fc.integer({ min: 0, max: 80 }),
    length: fc.integer({ min: 0, max: 40 }),
  });
  const time = (minutes: number) => new Date(at('00:00') + minutes * 60_000).toISOString();
  fc.assert(
    fc.property(fc.array(drawn, { maxLength: 12 }), fc.boolean(), (facts, anywhere) => {
      const sessions = facts.map(({ start, length, ...rest }, i) =>
        session({ ...rest, id: `${i}`, start: time(start), end: time(start + length) }),
      );
      const pairs = (user: string) =>
        overlaps(sessions, user, { anywhere }).map(
          (one) => `${one.session.id}+${one.otherSession.id} ${one.from}-${one.to}`,
        );
      const mirrored = (user: string, other: string) =>
        overlaps(sessions, user, { anywhere })
          .filter((one) => one.otherSession.user === other)
          .map((one) => `${one.otherSession.id}+${one.session.id} ${one.from}-${one.to}`)
          .sort();
      const direct = overlaps(sessions, 'bob', { anywhere })
        .filter((one) => one.otherSession.user === 'alice')
        .map((one) => `${one.session.id}+${one.otherSession.id} ${one.from}-${one.to}`)
        .sort();
      expect(mirrored('alice', 'bob')).toEqual(direct);
      const slow = sessions.flatMap((a) =>
        sessions.flatMap((b) => {
          const [from, to] = [Math.max(a.start, b.start), Math.min(a.end!, b.end!)];
          const meet =
            a.user === 'alice' && b.user !== 'alice' && (anywhere || a.computer === b.computer) && from < to;
          return meet ? [`${a.id}+${b.id} ${from}-${to}`] : [];
        }),
      );
      expect(pairs('alice').sort()).toEqual(slow.sort());
    }),
  );
});
