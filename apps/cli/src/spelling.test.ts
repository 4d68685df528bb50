/** Which word is guessed, and when none is. */
import { expect, test } from 'vitest';
import { nearest } from './spelling.ts';

test('the word probably meant, within two edits', () => {
  expect(nearest('--formt', ['--format', '--from'])).toBe('--format');
  expect(nearest('time-spend', ['daily', 'time-spent'])).toBe('time-spent');
  expect(nearest('--zone', ['--format', '--from'])).toBeNull();
});
