/** The words of agents, scripts and CSV files. */
import { expect, test } from 'vitest';
import { SIGNALS } from '../model.ts';
import { signalOfWord } from './words.ts';

test.each([
  ['Logon', 'logon'],
  ['LOGIN', 'logon'],
  ['Sign-In', 'logon'],
  ['sign_in', 'logon'],
  ['sign in', 'logon'],
  ['Logoff', 'logoff'],
  ['Logout', 'logoff'],
  ['Sign-Out', 'logoff'],
  ['Lock', 'lock'],
  ['Unlock', 'unlock'],
  ['LoginFailed', 'logonFailed'],
  ['UserInitiatedLogoff', 'logoffBegin'],
  ['WorkstationLocked', 'lock'],
  ['WorkstationUnlocked', 'unlock'],
  ['SessionDisconnected', 'disconnect'],
  ['SessionReconnected', 'reconnect'],
  ['ScreensaverOn', 'screensaverOn'],
  ['ScreensaverOff', 'screensaverOff'],
  ['TokenElevated', 'elevated'],
  ['ExplicitLogin', 'explicitCredentials'],
  ['Test', 'other'],
  ['', 'other'],
  ['constructor', 'other'],
  ['x'.repeat(65_536), 'other'],
])('%.30s means %s', (word, signal) => expect(signalOfWord(word)).toBe(signal));

test('our own words mean themselves', () => {
  expect(SIGNALS.map(signalOfWord)).toEqual([...SIGNALS]);
});
