/** From events to figures: the whole way through the engine, in the cases where the old time report was wrong. */
import { describe, expect, test } from 'vitest';
import type { SessionEvent, Signal } from '../model.ts';
import { event } from '../queries/testdata/build.ts';
import { sessionize } from '../sessions/sessionize.ts';
import { daily } from './daily.ts';
import { input, table } from './testdata/input.ts';
import { timeSpent } from './time-spent.ts';

/** `09:00 logon 0x1 alice PC1`, a line each; the logon is at the console. */
function log(...lines: string[]): SessionEvent[] {
  return lines.map((line) => {
    const [time, signal, logonId, user = 'alice', computer = 'PC1'] = line.split(' ');
    const logonType = signal === 'logon' || signal === 'logoff' ? 2 : null;
    const logonProcess = signal === 'logon' ? 'User32' : null;
    return event(time!, signal as Signal, { logonId: logonId!, user, computer, logonType, logonProcess });
  });
}

const useOf = (...lines: string[]) => {
  const { sessions } = sessionize(log(...lines));
  return table(timeSpent, input({ sessions, to: '2025-03-06T00:00Z' }), 'user', 'useMs', 'useUnionMs');
};

describe('time spent', () => {
  test('logon 09, lock 12, unlock 13, logoff 17', () => {
    expect(useOf('09:00 logon 0x1', '12:00 lock 0x1', '13:00 unlock 0x1', '17:00 logoff 0x1')).toEqual([
      ['CORP\\alice', '7h', '7h'],
    ]);
  });
  test('logon 09, lock 12, logoff 17', () => {
    expect(useOf('09:00 logon 0x1', '12:00 lock 0x1', '17:00 logoff 0x1')).toEqual([
      ['CORP\\alice', '3h', '3h'],
    ]);
  });
  test('two computers at once', () => {
    const log1 = ['09:00 logon 0x1 bob PC1', '11:00 logoff 0x1 bob PC1'];
    expect(useOf(...log1, '10:00 logon 0x1 bob PC2', '12:00 logoff 0x1 bob PC2')).toEqual([
      ['CORP\\bob', '4h', '3h'],
    ]);
  });
  test('Bob logs on and bob logs off', () => {
    expect(useOf('09:00 logon 0x1 Bob', '17:00 logoff 0x1 bob')).toEqual([['CORP\\Bob', '8h', '8h']]);
  });
  test('still logged on when the log ends', () => {
    expect(useOf('09:00 logon 0x1', '14:00 lock 0x1', '15:00 unlock 0x1')).toEqual([
      ['CORP\\alice', '5h', '5h'],
    ]);
  });
});

test('over midnight, each day its part', () => {
  const { sessions } = sessionize(log('22:00 logon 0x1', '2025-03-04T06:00Z logoff 0x1'));
  expect(table(daily, input({ sessions, to: '2025-03-06T00:00Z' }), 'date', 'useMs')).toEqual([
    ['2025-03-03', '2h'],
    ['2025-03-04', '6h'],
  ]);
});
