/** The line of progress, and when it stays away. */
import { expect, test } from 'vitest';
import { progressLine, startProgress } from './progress.ts';

test('a line tells share, amount and speed', () => {
  expect(progressLine(412_000_000, 1_000_000_000, 4)).toBe(
    '████████████░░░░░░░░░░░░░░░░░░ 41 %  412 MB  103 MB/s',
  );
  expect(progressLine(5_200_000, null, 1)).toBe('5.2 MB  5.2 MB/s');
});

test('nothing is drawn before a second has passed, without a terminal, or when quiet', () => {
  let drawn = '';
  const terminal = (errorIsTerminal: boolean) => ({
    writeOut: () => {},
    writeError: (text: string) => {
      drawn += text;
    },
    outIsTerminal: false,
    errorIsTerminal,
    widthColumns: null,
    colour: false,
    machineTimezone: 'UTC',
  });
  for (const progress of [
    startProgress(terminal(true), 100, false),
    startProgress(terminal(false), 100, false),
    startProgress(terminal(true), 100, true),
  ]) {
    progress.advance(50);
    progress.finish();
  }
  expect(drawn).toBe('');
});
