/** What all events together tell of a computer: whether locks are recorded, who its SIDs are, what concerns all of it. */
import type { FindingCode, SessionEvent } from '../model.ts';
import type { AwayCandidate } from './away-candidate.ts';
import { type FinishContext, sessionIds } from './finish.ts';
import { introduces } from './learn.ts';
import type { LifeLine } from './life-line.ts';
import type { SessionizeOptions } from './options.ts';
import { atOf, type OrderedEvents, type Stamped } from './order.ts';

/** What one look at all events tells of the computer as a whole. */
export interface Survey {
  lockData: boolean;
  readonly nameOfSid: Map<string, { user: string; domain: string | null }>;
  /** The SID named last, which mostly is the next one's too. */
  lastSid: string | null;
  /** Events about the computer itself, and while it may be asleep the input that proves it awake. */
  readonly special: Stamped[];
  mayBeAsleep: boolean;
  /** Events that are findings by themselves. */
  readonly remarkable: SessionEvent[];
}

export function newSurvey(): Survey {
  return {
    lockData: false,
    nameOfSid: new Map(),
    lastSid: null,
    special: [],
    mayBeAsleep: false,
    remarkable: [],
  };
}

/** Takes one event in; they come in their order. Keeps nothing of `stamped` itself. */
export function survey(facts: Survey, { event, at }: Stamped): void {
  const { sid, user } = event;
  if (sid !== null && user !== null && sid !== facts.lastSid && introduces(event)) {
    if (!facts.nameOfSid.has(sid)) facts.nameOfSid.set(sid, { user, domain: event.domain });
    facts.lastSid = sid;
  }
  switch (event.signal) {
    case 'sleep':
      facts.mayBeAsleep = true;
      facts.special.push({ event, at });
      break;
    case 'crash':
    case 'boot':
    case 'resume':
    case 'wake':
      facts.mayBeAsleep = false;
      facts.special.push({ event, at });
      break;
    case 'clockChange':
    case 'uptime':
      facts.special.push({ event, at });
      break;
    case 'lock':
    case 'unlock':
      facts.lockData = true;
      if (facts.mayBeAsleep) facts.special.push({ event, at });
      break;
    case 'logon':
    case 'reconnect':
    case 'screensaverOff':
    case 'logoffBegin':
      if (facts.mayBeAsleep) facts.special.push({ event, at });
      break;
    case 'logCleared':
    case 'auditChanged':
    case 'eventsLost':
      facts.remarkable.push(event);
      break;
  }
}

/** What finishing any session of the computer needs to know, but for the boot that followed. */
export function contextOf(
  computer: string,
  log: OrderedEvents & { readonly life: LifeLine },
  { lockData, nameOfSid }: Pick<Survey, 'lockData' | 'nameOfSid'>,
  candidates: readonly AwayCandidate[],
  options: SessionizeOptions,
): FinishContext {
  const { events, life } = log;
  const offset = events.length === 0 ? 0 : atOf(log, events.length - 1) - events.at(-1)!.time;
  const asOf = options.asOf === undefined ? life.last : Math.max(life.last, options.asOf + offset);
  return {
    computer,
    next: null,
    life,
    asOf,
    asOfTime: options.asOf ?? life.lastTime,
    ids: sessionIds(),
    crashEnd: options.crashEnd ?? 'last-alive',
    computerAway: candidates,
    screensaverDelayMs: options.screensaverDelayMs ?? 0,
    lockData,
    nameOfSid,
  };
}

/** Signals that are findings by themselves. */
export const COMPUTER_FINDINGS: Partial<Record<SessionEvent['signal'], FindingCode>> = {
  logCleared: 'log-cleared',
  auditChanged: 'audit-changed',
  eventsLost: 'events-lost',
};
