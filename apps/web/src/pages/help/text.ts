/** What the help page says. */
export const TEXT = {
  title: 'Help',
  about: 'Keys, words, colours, and how every figure comes about.',
  keys: 'Keys',
  keysAbout: 'Single letters work while the timeline has the focus, and can be switched off in “My account”.',
  duration: 'How a duration is computed',
  words: 'Words',
  colours: 'States and their colours',
  coloursAbout:
    'Each state has a colour, a height and a texture of its own, so that none is told by colour alone.',
  events: 'Events that are understood',
  eventsAbout:
    'Of Windows’ many events these tell of sessions. “Needs” is the audit subcategory that has to be on.',
  find: 'Find an event',
} as const;

/** Keys and what they do, by where they work. */
export const KEYS: readonly {
  readonly where: string;
  readonly keys: readonly (readonly [string, string])[];
}[] = [
  {
    where: 'Everywhere',
    keys: [
      ['Ctrl+K', 'search pages, people, computers and commands (⌘+K on a Mac)'],
      ['Esc', 'close what opened last'],
      ['Tab', 'go on; the first stop of every page skips the navigation'],
    ],
  },
  {
    where: 'Timeline',
    keys: [
      ['+', 'zoom in, − out; Ctrl with the wheel does the same'],
      ['0', 'everything; 1 to 7 are an hour, half a day, a day, a week, a month, a quarter, a year'],
      ['←', 'earlier, → later; with Shift a whole screen'],
      ['↑', 'the lane above, ↓ the one below'],
      ['.', 'the next session of the lane, , the one before'],
      ['Enter', 'open the session; F fits it into the view'],
      ['T', 'to now, G to a date'],
      ['B', 'brush a range with the arrows'],
      ['M', 'mark a moment'],
      ['[', 'lower lanes, ] higher ones; X shows overlapping sessions one below the other'],
      ['/', 'find lanes'],
    ],
  },
  {
    where: 'Tables',
    keys: [
      ['↑', 'the row above, ↓ the one below'],
      ['Enter', 'open the row'],
      ['Space', 'select the row'],
    ],
  },
];

export const DURATION: readonly string[] = [
  'A session begins with the logon that Windows writes, and ends with its logoff.',
  'Use time is its length without the time away: locked, disconnected, screen saver, asleep, paused, logging off. Where several of these hold at once the moment is taken off once.',
  'Where the end was not written, it is worked out from what else was: a restart, a crash, the last sign of life. Such an end has a span in which it lies, and the session carries the least and the most it can have been.',
  'Sums carry what is not certain beside them. “7 h 10 min (+45 min not certain)” means: surely 7 h 10 min, at most 45 min more.',
  'A person on two computers at the same time is counted twice in sums of sessions, and once where it says “every moment once”.',
  'Days are those of the zone on top of the page; on the two days a year when clocks change they have 23 or 25 hours.',
  'No data is no proof of absence: where a computer wrote nothing, the timeline shows no coverage instead of an empty day.',
];

export const WORDS: readonly (readonly [string, string])[] = [
  ['logon', 'an account proved itself to a computer'],
  ['logoff', 'the logon session was ended'],
  ['logon session', 'what lives between logon and logoff'],
  ['use time', 'the length of a session, minus the time away'],
  ['time away', 'locked, disconnected, screen saver, asleep, paused or logging off'],
  ['elevation', 'a session got administrator rights'],
  ['explicit credentials', 'somebody used another account’s password, as with “run as”'],
  ['certainty', 'whether start and end were written, worked out, or lie in a span'],
  ['ledger', 'the list of a session’s intervals, each with the record it rests on'],
  ['coverage', 'when a computer wrote anything at all'],
  ['site', 'a place of a company; its agents share a key'],
  ['agent', 'the program that sends a computer’s events'],
];

export const STATES: readonly (readonly [string, string, string])[] = [
  ['active', 'Active', 'signed in and at work, as far as the log shows'],
  ['idle', 'Idle', 'the screen saver runs'],
  ['locked', 'Locked', 'the desktop is locked'],
  ['disconnected', 'Disconnected', 'the desktop goes on without a screen; also asleep, paused, logging off'],
  [
    'unknown',
    'Not known',
    'the session may have ended; it lies between the last proof and the latest possible end',
  ],
];
