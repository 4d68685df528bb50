/** docs/sessionization.md: how sessions and use time are decided, with the engine's own transition table. */
import {
  AWAY_REASONS,
  type AwayReason,
  END_EVIDENCE,
  type EndEvidence,
  printTransitions,
} from '@logonscope/core';
import { code, generatedFrom, type Page, sentences, table } from './page.ts';

const ENDS: Readonly<Record<EndEvidence, readonly [evidence: string, end: string, bounds: string]>> = {
  logoff: ['a logoff of the session’s token', 'that time', 'the same instant'],
  'logoff-begin': ['only the begin logoff', 'the begin logoff', 'up to the next boot, shutdown or last sign'],
  shutdown: [
    'the first shutdown mark after the session’s last event',
    'that mark',
    'from the request or last sign of life to that mark',
  ],
  crash: [
    'a boot that tells of a crash, or a boot without any shutdown mark',
    'the time of death if Windows tells it, else the last sign of life of the computer in any channel',
    'from the last sign of life to the boot',
  ],
  superseded: [
    'the same logon ID again without a boot seen, or a new logon of the same account in its place',
    'the last sign of the session',
    'from that sign to the new logon',
  ],
  open: ['none: the log ends', 'none; counted to the end of the computer’s log', 'the end of the log'],
};

const AWAY: Readonly<Record<AwayReason, string>> = {
  locked: 'from the lock to the unlock, to a logon that proves an unlock, or to a reconnect at the console',
  disconnected: 'from the disconnect to the reconnect',
  screensaver:
    'from the screen saver’s start, less its delay, to its end; the delay never reaches back past the last input',
  asleep: 'from sleep to wake, for every session of the computer',
  loggingOff: 'from the begin logoff to the logoff',
  paused: 'while a virtual machine stood still: the clock jumped, or the uptime contradicts it',
};

export const sessionization: Page = {
  path: 'docs/sessionization.md',
  render: () =>
    [
      generatedFrom('packages/core/src/sessions/transitions.ts and tools/docs/sessionization.ts'),
      '# How sessions and use time are decided\n\n',
      '## Use time\n\n',
      '```\nuse = length of [start, end] − length of (union of the away intervals within it)\n```\n\n',
      sentences(
        'Overlapping intervals are taken off once. Each session carries a ledger that adds up to the millisecond, and bounds',
        '`useSecondsMin ≤ useSeconds ≤ useSecondsMax` that follow from what is not known about its start, its end and its intervals.',
      ),
      '## Away\n\n',
      table(
        ['reason', 'interval'],
        AWAY_REASONS.map((reason) => [code(reason), AWAY[reason]]),
      ),
      sentences(
        '',
        'The first lock counts; a second before an unlock does not, and likewise for disconnects. An interval without its closing sign',
        'closes at the session’s end. Evidence that is missing leaves a finding; an edge that a rule puts where no record is',
        'is marked as inferred.',
      ),
      '## Whose session\n\n',
      sentences(
        'Logon IDs are unique on one computer between two boots. Both halves of an administrator’s split token are one session. Logons',
        'of type 2, 10, 11 and 12 open a session of a person; types 7 and 13 prove an unlock or reconnect. Network, service and batch',
        'logons are listed on request and carry no use time. Several sources that tell of one logon are one session.',
      ),
      '## The life of a session\n\n',
      sentences(
        'Signals come in the order of record numbers within a boot and of corrected time across channels. What each one does depends on',
        'the session’s phase:',
      ),
      `${printTransitions()}\n\n`,
      '## How a session ends\n\n',
      'Most certain first:\n\n',
      table(
        ['`endBy`', 'evidence', 'end', 'bounds'],
        END_EVIDENCE.map((end) => [code(end), ...ENDS[end]]),
      ),
      sentences(
        '',
        'With `--crash-end startup` a crashed session is counted to the next boot instead. A log that begins mid-session gives',
        '`startBy: first-seen` instead of `logon`; nothing is invented before the first sign.',
      ),
    ].join(''),
};
