/** Words for what the data calls by codes: ends, beginnings, kinds, states, signals. One table each. */
import { type AwayReason, certaintyOf, type EndEvidence, type StartEvidence } from '@logonscope/core';

/** A word, and a sentence that explains it. */
interface Word {
  readonly word: string;
  readonly meaning: string;
}

export const ENDS: Readonly<Record<EndEvidence, Word>> = {
  logoff: { word: 'logoff', meaning: 'The log holds the logoff itself.' },
  'logoff-begin': {
    word: 'begun logoff',
    meaning: 'The person asked to log off; that the session was gone is not in the log.',
  },
  shutdown: { word: 'shutdown', meaning: 'The computer was shut down while the session lasted.' },
  crash: {
    word: 'crash',
    meaning:
      'The computer stopped without a word. The end is its last sign of life; it may have lasted longer.',
  },
  superseded: {
    word: 'replaced',
    meaning: 'A later logon shows that the session was over by then. When exactly is not in the log.',
  },
  open: { word: 'open', meaning: 'No sign of an end: counted up to the last event of the computer.' },
};

export const STARTS: Readonly<Record<StartEvidence, Word>> = {
  logon: { word: 'logon', meaning: 'The log holds the logon itself.' },
  'first-seen': {
    word: 'first seen',
    meaning: 'The session was there already when the log began; it started earlier.',
  },
};

export type Certainty = ReturnType<typeof certaintyOf>;

/** How sure an end is, as a sign beside it and as a word. Never told by colour. */
export const CERTAINTY: Readonly<Record<Certainty, Word & { readonly sign: string }>> = {
  exact: { sign: '=', word: 'exact', meaning: 'Both ends stand in the log.' },
  inferred: { sign: '~', word: 'inferred', meaning: 'One end follows from something else in the log.' },
  bounded: {
    sign: '≈',
    word: 'bounded',
    meaning: 'The end lies between two signs; the estimate is the earlier one.',
  },
  open: { sign: '→', word: 'open', meaning: 'The session was still there when the log ended.' },
};

/** Of a session as it travels, whose words the contract keeps open. */
export function certaintyOfRow(session: { readonly startBy: string; readonly endBy: string }): Certainty {
  return certaintyOf(session as { startBy: StartEvidence; endBy: EndEvidence });
}

export const KINDS: Readonly<Record<string, Word>> = {
  console: { word: 'console', meaning: 'At the computer itself.' },
  remote: { word: 'remote', meaning: 'By Remote Desktop.' },
  secondary: { word: 'secondary', meaning: 'Another account used beside the session (run as); no use time.' },
  network: { word: 'network', meaning: 'Over the network, such as a shared folder; no use time.' },
  service: { word: 'service', meaning: 'A service or scheduled task; no use time.' },
  system: { word: 'system', meaning: 'An account of Windows itself; no use time.' },
  unknown: { word: 'not told', meaning: 'The log does not tell how the person logged on.' },
};

export const REASONS: Readonly<Record<AwayReason, Word>> = {
  locked: { word: 'locked', meaning: 'The screen was locked.' },
  disconnected: { word: 'disconnected', meaning: 'The desktop was left without logging off.' },
  screensaver: { word: 'screen saver', meaning: 'The screen saver ran: nobody touched anything.' },
  asleep: { word: 'asleep', meaning: 'The computer slept.' },
  loggingOff: { word: 'logging off', meaning: 'Between the wish to log off and the end of the session.' },
  paused: {
    word: 'paused',
    meaning: 'The computer did not run, such as a virtual machine that was stopped.',
  },
};

/** What a signal is called, and the state or marker whose colour it takes. */
interface SignalWord {
  readonly word: string;
  readonly tone:
    | 'plain'
    | 'active'
    | 'idle'
    | 'locked'
    | 'disconnected'
    | 'failed'
    | 'elevation'
    | 'explicit'
    | 'danger';
}

const SIGNAL_WORDS: Readonly<Record<string, SignalWord>> = {
  logon: { word: 'logon', tone: 'active' },
  logoffBegin: { word: 'logoff begun', tone: 'disconnected' },
  logoff: { word: 'logoff', tone: 'disconnected' },
  lock: { word: 'lock', tone: 'locked' },
  unlock: { word: 'unlock', tone: 'active' },
  disconnect: { word: 'disconnect', tone: 'disconnected' },
  reconnect: { word: 'reconnect', tone: 'active' },
  screensaverOn: { word: 'screen saver on', tone: 'idle' },
  screensaverOff: { word: 'screen saver off', tone: 'active' },
  logonFailed: { word: 'failed logon', tone: 'failed' },
  elevated: { word: 'elevation', tone: 'elevation' },
  explicitCredentials: { word: 'other credentials', tone: 'explicit' },
  remoteConnection: { word: 'remote connection', tone: 'plain' },
  boot: { word: 'start-up', tone: 'plain' },
  resume: { word: 'resume', tone: 'plain' },
  shutdown: { word: 'shutdown', tone: 'plain' },
  crash: { word: 'crash', tone: 'danger' },
  sleep: { word: 'sleep', tone: 'plain' },
  wake: { word: 'wake', tone: 'plain' },
  clockChange: { word: 'clock change', tone: 'plain' },
  uptime: { word: 'uptime', tone: 'plain' },
  logCleared: { word: 'log cleared', tone: 'danger' },
  auditChanged: { word: 'audit policy changed', tone: 'danger' },
  eventsLost: { word: 'events lost', tone: 'danger' },
  other: { word: 'other', tone: 'plain' },
};

/** Unknown signals keep their own name: a newer server may know more of them. */
export function signalWord(signal: string): SignalWord {
  return Object.hasOwn(SIGNAL_WORDS, signal) ? SIGNAL_WORDS[signal]! : { word: signal, tone: 'plain' };
}

/** The entry of a table for a word from outside; its own name where the table has none. */
export function wordOf(table: Readonly<Record<string, Word>>, code: string): Word {
  return Object.hasOwn(table, code) ? table[code]! : { word: code, meaning: '' };
}

const NAME_SHOWN_MAX = 120;

/** A name from a log, short enough to be shown: the whole of it stays in the title. */
export function shownName(name: string): string {
  return name.length <= NAME_SHOWN_MAX ? name : `${name.slice(0, NAME_SHOWN_MAX)}…`;
}

/** `CORP\ana`. */
export function accountName({
  user,
  domain,
}: {
  readonly user: string | null;
  readonly domain: string | null;
}): string {
  if (user === null || user === '') return '–';
  return domain === null || domain === '' ? user : `${domain}\\${user}`;
}

/** `LocalSessionManager:1700` for a record of `Microsoft-Windows-TerminalServices-LocalSessionManager/Operational`. */
export function recordWord(record: string): string {
  return record.replace(/^Microsoft-Windows-(TerminalServices-)?/, '').replace(/\/Operational(?=:|$)/, '');
}
