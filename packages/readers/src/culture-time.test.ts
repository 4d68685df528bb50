/** Times as Windows prints them in many cultures, and how a file's order of day and month is told. */
import { describe, expect, test } from 'vitest';
import { emptyParts, splitTime, type TimeParts, wallTimeOf } from './culture-time.ts';
import { dateOrderJudge } from './date-order.ts';

function parts(text: string): TimeParts | null {
  const into = emptyParts();
  return splitTime(text, into) ? into : null;
}

const EXPECTED = '2025-11-03T20:58:02.000Z';

describe('3 November 2025, two minutes to nine in the evening', () => {
  test.each([
    ['en-US', '11/3/2025 8:58:02 PM', 'month-first'],
    ['en-US, narrow no-break space', '11/3/2025 8:58:02\u202fPM', 'month-first'],
    ['en-US, no-break space', '11/3/2025 8:58:02\u00a0pm', 'month-first'],
    ['en-GB', '03/11/2025 20:58:02', 'day-first'],
    ['en-AU', '3/11/2025 8:58:02 pm', 'day-first'],
    ['en-CA', '2025-11-03 8:58:02 p.m.', 'day-first'],
    ['es-MX', '03/11/2025 08:58:02 p.\u00a0m.', 'day-first'],
    ['de-DE', '03.11.2025 20:58:02', 'day-first'],
    ['fi-FI', '3.11.2025 20.58.02', 'day-first'],
    ['cs-CZ', '03.11.2025 20:58:02', 'day-first'],
    ['sl-SI', '3. 11. 2025 20:58:02', 'day-first'],
    ['hu-HU', '2025. 11. 03. 20:58:02', 'day-first'],
    ['bg-BG', '3.11.2025 г. 20:58:02', 'day-first'],
    ['nl-NL', '3-11-2025 20:58:02', 'day-first'],
    ['sv-SE', '2025-11-03 20:58:02', 'day-first'],
    ['ja-JP', '2025/11/03 20:58:02', 'day-first'],
    ['ko-KR', '2025-11-03 오후 8:58:02', 'day-first'],
    ['zh-TW', '2025/11/3 下午 08:58:02', 'day-first'],
    ['el-GR', '3/11/2025 8:58:02 μμ', 'day-first'],
    ['th-TH', '3/11/2568 20:58:02', 'day-first'],
    ['ISO', '2025-11-03T20:58:02', 'day-first'],
    ['two-digit year', '03.11.25 20:58:02', 'day-first'],
  ] as const)('%s', (_culture, text, order) => {
    const found = parts(text);
    expect(found).not.toBeNull();
    expect(new Date(wallTimeOf(found!, order)).toISOString()).toBe(EXPECTED);
  });
});

test('fractions and offsets', () => {
  expect(parts('2025-11-03T20:58:02.1239Z')).toMatchObject({ ms: 123, offsetMinutes: 0 });
  expect(parts('2025-11-03 20:58:02,5 +0530')).toMatchObject({ ms: 500, offsetMinutes: 330 });
  expect(parts('11/3/2025 8:58:02 PM -08:00')).toMatchObject({ half: 'pm', offsetMinutes: -480 });
});

test.each([
  '',
  'never',
  '2025',
  '11/3/2025',
  '8:58:02',
  '11/3/2025 8:58:02 XM',
  '1/2/3/4/5 6:7:8',
  `${'1/'.repeat(5000)}`,
])('no time: %s', (text) => {
  expect(parts(text)).toBeNull();
});

test.each([
  ['31/02/2025 08:00:00', 'day-first'],
  ['13/13/2025 08:00:00', 'day-first'],
  ['11/3/2025 13:00:00 PM', 'month-first'],
  ['11/3/2025 24:00:00', 'month-first'],
] as const)('a time that cannot be: %s', (text, order) => {
  expect(wallTimeOf(parts(text)!, order)).toBeNaN();
});

describe('the order of day and month', () => {
  const decide = (...texts: string[]) => {
    const judge = dateOrderJudge();
    for (const text of texts) judge.see(parts(text)!);
    const { order, certain, newestFirst } = judge.decide();
    return `${order}${certain ? '' : ', assumed'}${newestFirst ? ', newest first' : ''}`;
  };

  test.each([
    ['a day above twelve', ['1/2/2025 8:00:00', '1/13/2025 8:00:00'], 'month-first'],
    ['dots', ['01.02.2025 08:00:00'], 'day-first'],
    ['dashes with the year last', ['01-02-2025 08:00:00'], 'day-first'],
    ['rows that run on', ['31/12/2024 08:00:00', '01/01/2025 08:00:00'], 'day-first'],
    ['only one order runs on', ['9/1/2025 8:00:00', '10/1/2025 8:00:00', '1/2/2025 9:00:00'], 'day-first'],
    [
      'days in a row, not months',
      ['11/3/2025 8:00:00 AM', '11/4/2025 8:00:00 AM', '11/5/2025 8:00:00 AM'],
      'month-first',
    ],
    ['days in a row, newest first', ['5/11/2025 8:00:00', '4/11/2025 8:00:00'], 'day-first, newest first'],
    ['nothing but AM and PM', ['11/3/2025 8:00:00 AM'], 'month-first, assumed'],
    ['nothing', ['11/3/2025 8:00:00'], 'day-first, assumed'],
    ['no doubt at all', ['5/5/2025 8:00:00'], 'day-first'],
    ['the year first', ['2025-11-03 08:00:00'], 'day-first'],
  ])('%s', (_name, texts, expected) => {
    expect(decide(...texts)).toBe(expected);
  });
});
