/** Figures, times and words: what people read, at the edges where rounding and zones go wrong. */
import { END_EVIDENCE, SESSION_KINDS, SIGNALS } from '@logonscope/core';
import { describe, expect, it } from 'vitest';
import { agoText, clockOf } from './clock.ts';
import { counted, doubtText, exactLength, lengthText, shareText, spokenLength } from './lengths.ts';
import {
  accountName,
  certaintyOfRow,
  ENDS,
  KINDS,
  recordWord,
  shownName,
  signalWord,
  wordOf,
} from './names.ts';

const H = 3_600_000;

describe('lengths', () => {
  it.each([
    [0, '0'],
    [400, '<1s'],
    [42_999, '42s'],
    [59_999, '59s'],
    [60_000, '1m'],
    [59 * 60_000 + 59_999, '59m'],
    [7 * H + 10 * 60_000, '7h 10m'],
    [99 * H + 59 * 60_000, '99h 59m'],
    [4_912.9 * H, '4,912h'],
    [-90_000, '−1m'],
  ])('%i ms is %s', (ms, text) => expect(lengthText(ms)).toBe(text));

  it.each([
    [26_941_000, '7:29:01'],
    [1, '0:00:00.001'],
    [100 * H + 1_500, '100:00:01.500'],
    [-1_000, '−0:00:01'],
  ])('%i ms is exactly %s', (ms, text) => expect(exactLength(ms)).toBe(text));

  it('are spoken in full', () => {
    expect(spokenLength(H + 60_000)).toBe('1 hour 1 minute');
    expect(spokenLength(2 * H)).toBe('2 hours');
    expect(spokenLength(1_000)).toBe('1 second');
  });

  it('say how far the evidence leaves them open, and nothing where it does not', () => {
    expect(doubtText({ ms: 5 * H, leastMs: 5 * H, mostMs: 5.75 * H })).toBe('+45m');
    expect(doubtText({ ms: 5 * H, leastMs: 4 * H, mostMs: 6 * H })).toBe('+1h 00m −1h 00m');
    expect(doubtText({ ms: 5 * H, leastMs: 5 * H, mostMs: 5 * H })).toBe('');
  });

  it('count with the right noun', () => {
    expect(counted(1, 'session')).toBe('1 session');
    expect(counted(1_284, 'session')).toBe('1,284 sessions');
    expect(counted(0, 'person', 'people')).toBe('0 people');
    expect([0, 0.004, 0.021, 0.5, 1].map(shareText)).toEqual(['0%', '0.4%', '2.1%', '50%', '100%']);
  });
});

describe('instants', () => {
  const summer = Date.parse('2026-05-05T07:41:07.123Z');

  it('are told in the zone of the page', () => {
    const london = clockOf('Europe/London');
    expect(london.full(summer)).toBe('5 May 2026, 08:41:07');
    expect(london.dayMinute(summer)).toBe('Tue 5 May, 08:41');
    expect(london.exact(summer)).toBe('5 May 2026, 08:41:07.123 BST');
    expect(clockOf('Asia/Kolkata').second(summer)).toBe('13:11:07');
    expect(clockOf('Europe/London')).toBe(london);
  });

  it('midnight is 00:00, never 24:00', () => {
    expect(clockOf('UTC').minute(Date.parse('2026-05-05T00:00:00Z'))).toBe('00:00');
  });

  it('are told as an age', () => {
    expect([5_000, 12 * 60_000, 30 * H, 72 * H].map((ms) => agoText(summer - ms, summer))).toEqual([
      'just now',
      '12 min ago',
      '30 h ago',
      '3 days ago',
    ]);
  });
});

describe('words', () => {
  it('exist for every end, kind and signal of the core', () => {
    for (const end of END_EVIDENCE) expect(ENDS[end].meaning).not.toBe('');
    for (const kind of SESSION_KINDS) expect(wordOf(KINDS, kind).meaning).not.toBe('');
    for (const signal of SIGNALS.filter((one) => /[A-Z]/.test(one))) {
      expect(signalWord(signal).word, signal).not.toBe(signal);
    }
  });

  it('of unknown codes are the codes, also where objects have such a property', () => {
    expect(wordOf(KINDS, 'constructor')).toEqual({ word: 'constructor', meaning: '' });
    expect(signalWord('toString').word).toBe('toString');
  });

  it('tell how sure an end is', () => {
    expect(certaintyOfRow({ startBy: 'logon', endBy: 'crash' })).toBe('bounded');
    expect(certaintyOfRow({ startBy: 'first-seen', endBy: 'logoff' })).toBe('inferred');
  });

  it('of records leave out what all channels begin with', () => {
    const long = 'Microsoft-Windows-TerminalServices-LocalSessionManager/Operational:1700';
    expect([recordWord(long), recordWord('Security:1201')]).toEqual([
      'LocalSessionManager:1700',
      'Security:1201',
    ]);
  });

  it('of accounts keep what the log says', () => {
    expect(accountName({ user: 'ana', domain: 'CORP' })).toBe('CORP\\ana');
    expect(accountName({ user: '<img>', domain: null })).toBe('<img>');
    expect(accountName({ user: null, domain: 'CORP' })).toBe('–');
    expect(shownName('x'.repeat(65_536))).toHaveLength(121);
  });
});
