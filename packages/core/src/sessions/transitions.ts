/** The rules of a session's life: what each signal does in each phase. Read beside docs/sessionization.md. */
import type { FindingCode } from '../model.ts';
import { type Mark, PHASES, type Phase } from './draft.ts';

/** Signals as they reach one session; `unlockProof` is a logon of type 7 or 13, `boot` the end of everything open. */
export const SESSION_SIGNALS = [
  'logon',
  'unlockProof',
  'elevated',
  'explicitCredentials',
  'reconnect',
  'unlock',
  'screensaverOff',
  'screensaverOn',
  'lock',
  'disconnect',
  'logoffBegin',
  'logoff',
  'shutdown',
  'boot',
] as const;
export type SessionSignal = (typeof SESSION_SIGNALS)[number];

export type Rule =
  /** A session opens here. */
  | { readonly do: 'start' }
  /** The log began mid-session: it opens at this sign, which then counts as usual. */
  | { readonly do: 'adopt'; readonly as: 'presence' | 'absence' }
  /** The same logon ID again: a copy, a start that was only guessed, or a boot nobody saw. */
  | { readonly do: 'repeat' }
  | { readonly do: 'mark'; readonly what: Mark['what'] }
  | { readonly do: 'markEnding' }
  /** Activity after "begin logoff": it was cancelled; the sign then counts as usual. */
  | { readonly do: 'resume' }
  /** A sign that names a session whose end was only inferred takes that end back. */
  | { readonly do: 'revive' }
  | { readonly do: 'end' }
  /** Tells more about the session, but nothing about presence. */
  | { readonly do: 'touch' }
  | { readonly do: 'pendShutdown' }
  | { readonly do: 'finish' }
  | { readonly do: 'late'; readonly finding: FindingCode | null }
  | { readonly do: 'nothing' };

const start: Rule = { do: 'start' };
const present: Rule = { do: 'adopt', as: 'presence' };
const absent: Rule = { do: 'adopt', as: 'absence' };
const repeat: Rule = { do: 'repeat' };
const resume: Rule = { do: 'resume' };
const revive: Rule = { do: 'revive' };
const end: Rule = { do: 'end' };
const touch: Rule = { do: 'touch' };
const nothing: Rule = { do: 'nothing' };
const finish: Rule = { do: 'finish' };
const pend: Rule = { do: 'pendShutdown' };
const ending: Rule = { do: 'markEnding' };
const lateLogoff: Rule = { do: 'late', finding: 'late-logoff' };
const mark = (what: Mark['what']): Rule => ({ do: 'mark', what });

// biome-ignore format: a table is read by its columns
export const TRANSITIONS: Readonly<Record<SessionSignal, Readonly<Record<Phase, Rule>>>> = {
  // signal               not seen yet     in use                          logoff begun              over
  logon:               { absent: start,   open: repeat,                  ending: repeat,             closed: repeat },
  unlockProof:         { absent: present, open: mark('unlockProof'),     ending: resume,             closed: revive },
  elevated:            { absent: nothing, open: touch,                   ending: touch,              closed: nothing },
  explicitCredentials: { absent: nothing, open: touch,                   ending: touch,              closed: nothing },
  reconnect:           { absent: present, open: mark('reconnect'),       ending: resume,             closed: revive },
  unlock:              { absent: present, open: mark('unlock'),          ending: resume,             closed: revive },
  screensaverOff:      { absent: present, open: mark('screensaverOff'),  ending: resume,             closed: revive },
  screensaverOn:       { absent: absent,  open: mark('screensaverOn'),   ending: resume,             closed: revive },
  lock:                { absent: absent,  open: mark('lock'),            ending: resume,             closed: revive },
  disconnect:          { absent: absent,  open: mark('disconnect'),      ending: mark('disconnect'), closed: revive },
  logoffBegin:         { absent: present, open: ending,                  ending: touch,              closed: revive },
  logoff:              { absent: present, open: end,                     ending: end,                closed: lateLogoff },
  shutdown:            { absent: nothing, open: pend,                    ending: pend,               closed: nothing },
  boot:                { absent: nothing, open: finish,                  ending: finish,             closed: nothing },
};

/** What each rule means, in a sentence; printed into the documentation. */
export const RULE_SENTENCES: Readonly<Record<Rule['do'], string>> = {
  start: 'opens the session',
  adopt: 'the log began mid-session: opens it here as first-seen, then counts as usual',
  repeat:
    'same ID again: within 60 s a copy; replaces a first-seen start; else a boot nobody saw (superseded)',
  mark: 'leaves or comes back',
  markEnding: 'the user asked to log off: use ends here, the session is ending',
  resume: 'activity after the request: the logoff was cancelled, then counts as usual',
  revive: 'takes an inferred end back, then counts as usual; after a logoff it is only late',
  end: 'ends the session: logoff',
  touch: 'tells more about the session',
  pendShutdown: 'ends the session here if no later sign of it comes before the next boot',
  finish: 'ends the session by the ladder: logoff begun, shutdown, crash',
  late: 'too late to matter, unless it is another witness of the same end',
  nothing: 'nothing',
};

/** Which cells a run has used; tests assert that scenarios visit them all. */
export const visited = new Set<string>();

/** Looks a rule up and notes the visit. */
export function ruleFor(signal: SessionSignal, phase: Phase): Rule {
  if (noteVisits) visited.add(`${phase} × ${signal}`);
  return TRANSITIONS[signal][phase];
}

let noteVisits = false;

/** Turns the noting of visits on; production never does. */
export function noteVisitedCells(): void {
  noteVisits = true;
}

/** Every cell as `phase × signal`. */
export const ALL_CELLS: readonly string[] = SESSION_SIGNALS.flatMap((signal) =>
  PHASES.map((phase) => `${phase} × ${signal}`),
);

/** The table as Markdown, for docs/sessionization.md. */
export function printTransitions(): string {
  const cell = (rule: Rule) => {
    if (rule.do === 'mark') return `mark \`${rule.what}\``;
    if (rule.do === 'adopt') return `adopt (${rule.as})`;
    if (rule.do === 'late') return rule.finding === null ? 'late' : `late: \`${rule.finding}\``;
    return rule.do;
  };
  const head = '| signal | not seen yet | in use | logoff begun | over |\n| --- | --- | --- | --- | --- |';
  const rows = SESSION_SIGNALS.map(
    (signal) => `| ${signal} | ${PHASES.map((phase) => cell(TRANSITIONS[signal][phase])).join(' | ')} |`,
  );
  const words = Object.entries(RULE_SENTENCES).map(([rule, sentence]) => `- **${rule}**: ${sentence}.`);
  return [head, ...rows, '', ...words].join('\n');
}
