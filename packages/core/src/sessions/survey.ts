/** What all events together tell of a computer: whether locks are recorded, who its SIDs are, what concerns all of it. */
import type { FindingCode, SessionEvent, Signal } from '../model.ts';
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
  /** Events about the computer itself, and the input that proves it awake. */
  readonly special: Stamped[];
  /** Events that are findings by themselves. */
  readonly remarkable: SessionEvent[];
}

export function newSurvey(): Survey {
  return { lockData: false, nameOfSid: new Map(), special: [], remarkable: [] };
}

const ORDINARY: ReadonlySet<Signal> = new Set([
  'logoff',
  'elevated',
  'explicitCredentials',
  'logonFailed',
  'remoteConnection',
  'screensaverOn',
  'disconnect',
  'shutdown',
  'other',
]);

/** Takes one event in; they come in their order. */
export function survey(facts: Survey, stamped: Stamped): void {
  const { signal, sid, user, domain } = stamped.event;
  if (signal === 'lock' || signal === 'unlock') facts.lockData = true;
  if (sid !== null && user !== null && !facts.nameOfSid.has(sid) && introduces(stamped.event)) {
    facts.nameOfSid.set(sid, { user, domain });
  }
  if (ORDINARY.has(signal)) return;
  facts.special.push(stamped);
  if (COMPUTER_FINDINGS[signal] !== undefined) facts.remarkable.push(stamped.event);
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
