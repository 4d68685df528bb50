/** The texts that options take, and those they refuse. */
import { expect, test } from 'vitest';
import { choice, duration, hourRange, integer, list, text, timezone, weekdays } from './parse-value.ts';

test.each([
  ['10m', 600_000],
  ['90s', 90_000],
  ['600', 600_000],
  ['1.5h', 5_400_000],
  ['2d', 172_800_000],
  ['0', 0],
])('--screensaver-delay %s', (text, valueMs) => expect(duration(text)).toEqual({ value: valueMs }));

test.each(['', 'ten', '-5m', '10 minutes', '1h30'])('%s is no length of time', (text) =>
  expect(duration(text)).toHaveProperty('expected'),
);

test('whole numbers within bounds', () => {
  const hour = integer(0, 23);
  expect(hour('23')).toEqual({ value: 23 });
  expect(hour('24')).toEqual({ expected: '0 to 23' });
  expect(hour('1.5')).toHaveProperty('expected');
  expect(hour('')).toHaveProperty('expected');
});

test('one of a list, whatever the case; several with commas', () => {
  const kinds = list(choice(['network', 'service']));
  expect(kinds('Network,service')).toEqual({ value: ['network', 'service'] });
  expect(kinds('network,desk')).toEqual({ expected: 'one of network, service; several with commas between' });
});

test('a comma within a name is written with a backslash before it', () => {
  const names = list(text('a name'));
  expect(names('Doe\\, John,CORP\\alice')).toEqual({ value: ['Doe, John', 'CORP\\alice'] });
  expect(names('Doe, John')).toEqual({ value: ['Doe', 'John'] });
});

test.each([
  ['7-19', { fromHour: 7, toHour: 19 }],
  ['22-6', { fromHour: 22, toHour: 6 }],
  ['0-24', { fromHour: 0, toHour: 24 }],
])('--work-hours %s', (text, value) => expect(hourRange(text)).toEqual({ value }));

test.each(['7', '7-7', '25-26', 'seven-nine'])('%s are no hours', (text) =>
  expect(hourRange(text)).toHaveProperty('expected'),
);

test.each([
  ['1-5', [1, 2, 3, 4, 5]],
  ['1,3,5-7', [1, 3, 5, 6, 7]],
  ['7,1,7', [1, 7]],
])('--work-days %s', (text, value) => expect(weekdays(text)).toEqual({ value }));

test.each(['0-5', '5-1', 'Mon', '8'])('%s are no days', (text) =>
  expect(weekdays(text)).toHaveProperty('expected'),
);

test('a zone the machine knows', () => {
  expect(timezone('Europe/London')).toEqual({ value: 'Europe/London' });
  expect(timezone('Europe/Atlantis')).toHaveProperty('expected');
});
