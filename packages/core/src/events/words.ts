/** The words that agents, scripts and CSV files use for events, and the signals they mean. */
import { SIGNALS, type Signal } from '../model.ts';
import { PROVIDERS } from './index.ts';

/** Words of the agent, of the original server's API and its script; the collector's words stand in the event tables. */
const SENDERS_WORDS: readonly (readonly [word: string, signal: Signal])[] = [
  ['Logon', 'logon'],
  ['Login', 'logon'],
  ['Sign-In', 'logon'],
  ['Logoff', 'logoff'],
  ['Logout', 'logoff'],
  ['Sign-Out', 'logoff'],
  ['Lock', 'lock'],
  ['Unlock', 'unlock'],
  ['Disconnect', 'disconnect'],
  ['Reconnect', 'reconnect'],
];

/** `Sign-In`, `sign_in` and `SIGN IN` are one word. */
function fold(word: string): string {
  return word.toLowerCase().replace(/[-_\s]/g, '');
}

const SIGNAL_OF: ReadonlyMap<string, Signal> = new Map([
  ...SIGNALS.map((signal): [string, Signal] => [fold(signal), signal]),
  ...PROVIDERS.flatMap(({ events }) =>
    events.flatMap(({ word, signal }): [string, Signal][] =>
      word === undefined ? [] : [[fold(word), signal]],
    ),
  ),
  ...SENDERS_WORDS.map(([word, signal]): [string, Signal] => [fold(word), signal]),
]);

/** No sender's word is longer; a longer one is not worth folding. */
const LONGEST_WORD = 64;

/** The signal a word means; a word nobody taught us is `other`: kept and shown, never counted. */
export function signalOfWord(word: string): Signal {
  return word.length > LONGEST_WORD ? 'other' : (SIGNAL_OF.get(fold(word)) ?? 'other');
}
