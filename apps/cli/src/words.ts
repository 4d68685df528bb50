/** What the short names of the model mean, in sentences for people. */
import type { AwayReason, EndEvidence, LogonSession, StartEvidence } from '@logonscope/core';

export const AWAY_WORDS: Readonly<Record<AwayReason, string>> = {
  locked: 'locked',
  disconnected: 'disconnected',
  screensaver: 'screen saver',
  asleep: 'computer asleep',
  loggingOff: 'logging off',
  paused: 'computer paused',
};

export const START_WORDS: Readonly<Record<StartEvidence, string>> = {
  logon: 'the logon was recorded',
  'first-seen': 'the log begins in the middle of this session; its first sign counts as the start',
};

export const END_WORDS: Readonly<Record<EndEvidence, string>> = {
  logoff: 'the logoff was recorded',
  'logoff-begin': 'only the beginning of the logoff was recorded; use ends there',
  shutdown: 'the computer shut down and no logoff came before it',
  crash: 'the computer went down without a shutdown mark; counted as --crash-end says',
  superseded: 'never recorded; a later logon shows that it must have ended before, so its last sign counts',
  open: 'not in the log; counted to the last event of the computer (or to --as-of)',
};

/** `CORP\alice`, or `alice` where no domain is known. */
export function accountName({ user, domain }: Pick<LogonSession, 'user' | 'domain'>): string {
  return domain === null ? user : `${domain}\\${user}`;
}

/** `7:05:09`, and `7:05:09.250` where milliseconds matter. */
export function clockText(durationMs: number): string {
  const whole = Math.floor(durationMs / 1_000);
  const two = (n: number) => String(n).padStart(2, '0');
  const fraction = durationMs % 1_000;
  const tail = fraction === 0 ? '' : `.${String(fraction).padStart(3, '0')}`;
  return `${Math.floor(whole / 3_600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}${tail}`;
}
