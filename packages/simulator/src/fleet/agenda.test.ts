/** The agenda runs what is due in the order of time, whatever order it was planned in. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAgenda } from './agenda.ts';

test('what was planned in any order happens in the order of time, ties in the order of planning', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 50 })), (times) => {
      const agenda = createAgenda();
      const happened: [number, number][] = [];
      times.forEach((time, index) => {
        agenda.schedule(time, (at) => happened.push([at, index]));
      });
      agenda.runUntil(51);
      const expected = times.map((time, index): [number, number] => [time, index]);
      expect(happened).toEqual(expected.sort((left, right) => left[0] - right[0] || left[1] - right[1]));
    }),
  );
});

test('what is planned meanwhile happens too, never before its cause, and what is not due waits', () => {
  const agenda = createAgenda();
  const happened: string[] = [];
  agenda.schedule(10, (at) => {
    happened.push(`first ${at}`);
    agenda.schedule(5, (then) => happened.push(`consequence ${then}`));
    agenda.schedule(30, (then) => happened.push(`later ${then}`));
  });
  agenda.schedule(20, (at) => happened.push(`second ${at}`));
  agenda.runUntil(30);
  expect(happened).toEqual(['first 10', 'consequence 10', 'second 20']);
  agenda.runUntil(31);
  expect(happened.at(-1)).toBe('later 30');
});
