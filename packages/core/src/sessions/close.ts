/** What ends a session: tokens destroyed, witnesses of one end, and the ladder when nobody said goodbye. */
import type { DurationMs, Evidence, Instant } from '../model.ts';
import {
  addAlias,
  addId,
  type BootState,
  delist,
  isKnown,
  liveOf,
  mayBeSame,
  rolesOfId,
} from './boot-state.ts';
import { findForLogoff, onlySecurity } from './correlate.ts';
import {
  evidenceOf,
  handOverEvents,
  note,
  type SessionDraft,
  type SessionEnd,
  type Witness,
} from './draft.ts';
import { SAME_LOGON_MS, witnessOf } from './learn.ts';
import type { LifeLine } from './life-line.ts';
import type { Stamped } from './order.ts';

/** A 4634 this long after 4647 is a token that something kept open (spec section 7). */
const TOKEN_LEAK_MS = 600_000;
/** A type 10 logon whose token dies this soon was only the broker of a reconnect (spec 5.1, rule 5). */
const BROKER_MS = 10_000;
/** After a mere request to shut down, signs of life beyond this mean that it was called off. */
const REQUEST_VALID_MS = 600_000;

/** What the caller has to do about a logoff. */
export type LogoffOutcome =
  | { readonly is: 'nothing' }
  | { readonly is: 'end'; readonly draft: SessionDraft }
  /** One of several tokens: the session is over if nothing of it follows. */
  | { readonly is: 'half'; readonly draft: SessionDraft }
  | { readonly is: 'unlockProof'; readonly draft: SessionDraft }
  /** The end of a session of which nothing else was seen. */
  | { readonly is: 'adopt' }
  | { readonly is: 'reconnected'; readonly draft: SessionDraft; readonly broker: SessionDraft };

const NOTHING: LogoffOutcome = { is: 'nothing' };

export function readLogoff(state: BootState, stamped: Stamped): LogoffOutcome {
  const { event } = stamped;
  if (event.logonId === null) {
    const found = findForLogoff(state, stamped);
    if (found === 'nobody') return NOTHING;
    if (found !== 'none') return { is: 'end', draft: found };
    const told = endedJustNow(state, stamped);
    if (told !== null) return { is: 'end', draft: told };
    return isKnown(state, event) ? NOTHING : { is: 'adopt' };
  }
  const { owner, alias, other } = rolesOfId(state, event.logonId);
  if (owner !== null) return endOfToken(state, owner, stamped);
  if (alias !== null || other) return NOTHING;
  return endOfUnknownToken(state, stamped);
}

/** A session that another witness has just ended. */
function endedJustNow(state: BootState, { event, at }: Stamped): SessionDraft | null {
  for (let i = state.drafts.length - 1; i >= 0; i--) {
    const draft = state.drafts[i]!;
    if (draft.end === null || draft.listed || Math.abs(at - draft.end.at) > SAME_LOGON_MS) continue;
    const sameTerminal =
      draft.terminalSessionId !== null && draft.terminalSessionId === event.terminalSessionId;
    if ((sameTerminal || event.terminalSessionId === null) && mayBeSame(draft.account, event)) return draft;
  }
  return null;
}

/** Spec 5.1, rules 3 and 7: what a 4634 says whose logon nobody saw. */
function endOfUnknownToken(state: BootState, { event }: Stamped): LogoffOutcome {
  const { logonType } = event;
  const live = liveOf(state, event);
  if (logonType === 7 || logonType === 13) {
    const draft = live.at(-1);
    return draft === undefined || live.length > 1 ? NOTHING : { is: 'unlockProof', draft };
  }
  const ofDesktop =
    logonType === null || logonType === 2 || logonType === 10 || logonType === 11 || logonType === 12;
  if (!ofDesktop) return NOTHING;
  const withoutId = live.filter((draft) => draft.logonIds.length === 0);
  if (withoutId.length === 1) return { is: 'end', draft: withoutId[0]! };
  const guessed = live.filter((draft) => draft.startBy === 'first-seen');
  if (guessed.length === 1) return { is: 'half', draft: guessed[0]! };
  return isKnown(state, event) || logonType === null ? NOTHING : { is: 'adopt' };
}

function endOfToken(state: BootState, draft: SessionDraft, { event, at }: Stamped): LogoffOutcome {
  if (!draft.endedIds.includes(event.logonId!)) draft.endedIds.push(event.logonId!);
  const broker = brokerOf(state, draft, at);
  if (broker !== null) return { is: 'reconnected', draft: broker, broker: draft };
  const over = draft.logonIds.every((id) => draft.endedIds.includes(id));
  if (over || draft.logoffBegin !== null || draft.phase === 'closed') return { is: 'end', draft };
  return { is: 'half', draft };
}

/** The session that a token's short life reconnected, if this was no session of its own. */
function brokerOf(state: BootState, draft: SessionDraft, at: Instant): SessionDraft | null {
  if (draft.kind !== 'remote' || draft.listed || at - draft.start > BROKER_MS) return null;
  if (draft.phase === 'closed' || !onlySecurity(draft) || draft.logoffBegin !== null) return null;
  if (draft.replaced !== null && draft.replaced.end?.tentative === true) return draft.replaced;
  return liveOf(state, draft.account).find((other) => other !== draft) ?? null;
}

/** Takes a broker's logon into the session it reconnected: its IDs are aliases, its events part of the story. */
export function dissolve(state: BootState, broker: SessionDraft, into: SessionDraft): void {
  broker.dissolved = true;
  broker.phase = 'closed';
  delist(state, broker);
  for (const id of broker.logonIds) {
    addId(state, id).owner = null;
    addAlias(state, into, id);
  }
  handOverEvents(broker, into);
  if (broker.sourceAddress !== null) noteAddress(into, broker.sourceAddress);
}

/** A session taken up from another address than before is worth a finding. */
export function noteAddress(draft: SessionDraft, address: string | null): void {
  if (address === null || address === draft.sourceAddress) return;
  if (draft.sourceAddress !== null || draft.kind === 'console') note(draft, 'session-taken-over');
  draft.sourceAddress ??= address;
}

const END_RANK: Readonly<Record<Witness, number>> = { agent: 0, winlogon: 1, terminal: 2, security: 3 };

/** Ends a session by logoff. The logon session's own end (4634) is the best witness, then the terminal services'. */
export function endByLogoff(state: BootState, draft: SessionDraft, stamped: Stamped): void {
  const { event, at } = stamped;
  const rank = END_RANK[witnessOf(event)];
  const before = draft.end;
  const best = draft.endRank;
  draft.endRank = Math.max(best, rank);
  if (isTokenLeak(draft, at)) note(draft, 'token-leak');
  if (before !== null && !before.tentative && rank < best) return;
  draft.end = {
    by: 'logoff',
    at,
    earliest: at,
    latest: at,
    evidence: evidenceOf(stamped.event),
    tentative: false,
  };
  draft.phase = 'closed';
  delist(state, draft);
}

/** A logoff of a session that is over: another witness of the same end, or simply late. */
export function readLateLogoff(state: BootState, draft: SessionDraft, stamped: Stamped): void {
  const { end } = draft;
  const { at } = stamped;
  if (end === null || end.tentative || at - end.at <= SAME_LOGON_MS) {
    endByLogoff(state, draft, stamped);
    return;
  }
  note(draft, isTokenLeak(draft, at) ? 'token-leak' : 'late-logoff');
}

function isTokenLeak({ logoffBegin }: SessionDraft, at: Instant): boolean {
  return logoffBegin !== null && at - logoffBegin.at > TOKEN_LEAK_MS;
}

/** The boot that followed, as far as it tells how the one before ended. */
export interface NextBoot {
  readonly at: Instant;
  /** Time of death, where 6008 or 108 tells it. */
  deathTime: Instant | null;
  /** By how much the clock may have been behind at that boot: it was set forward by this later on. */
  clockLagMs: DurationMs | null;
  /** Not seen, but proved by a logon ID that was given again. */
  readonly byReusedId: boolean;
}

export interface EndContext {
  readonly next: NextBoot | null;
  readonly life: LifeLine;
  readonly asOf: Instant;
  readonly crashEnd: 'last-alive' | 'startup';
}

/** The end of a session by the ladder of spec section 4; does not change the draft, which may still live on. */
export function endOf(draft: SessionDraft, context: EndContext): SessionEnd {
  if (draft.end !== null) return draft.end;
  const { next, life, asOf } = context;
  const { logoffBegin, halfEnd, shutdownMark } = draft;
  if (logoffBegin !== null) {
    const latest = Math.min(shutdownMark?.at ?? Number.POSITIVE_INFINITY, next?.at ?? asOf);
    return exact('logoff-begin', logoffBegin.at, logoffBegin.evidence, Math.max(latest, logoffBegin.at));
  }
  if (halfEnd !== null) return exact('logoff', halfEnd.at, halfEnd.evidence);
  if (next?.byReusedId === true) {
    return {
      by: 'superseded',
      at: draft.lastSign,
      earliest: draft.lastSign,
      latest: next.at,
      evidence: null,
      tentative: false,
    };
  }
  const shutdown = byShutdown(draft, context);
  if (shutdown !== null) return shutdown;
  if (next !== null) return byCrash(draft, next, life, context.crashEnd);
  return { by: 'open', at: asOf, earliest: asOf, latest: asOf, evidence: null, tentative: true };
}

function exact(by: SessionEnd['by'], at: Instant, evidence: Evidence | null, latest = at): SessionEnd {
  return { by, at, earliest: at, latest, evidence, tentative: false };
}

function byShutdown(draft: SessionDraft, { next, life }: EndContext): SessionEnd | null {
  const { shutdownMark: mark, shutdownRequest: request, lastSign } = draft;
  if (mark !== null) {
    const earliest = request?.at ?? life.lastBefore(mark.at) ?? lastSign;
    return {
      by: 'shutdown',
      at: mark.at,
      earliest: Math.min(mark.at, Math.max(earliest, lastSign)),
      latest: mark.at,
      evidence: mark.evidence,
      tentative: false,
    };
  }
  if (request === null) return null;
  const aliveUntil = next === null ? life.last : (life.lastBefore(next.at) ?? request.at);
  if (aliveUntil - request.at > REQUEST_VALID_MS) return null;
  return exact(
    'shutdown',
    request.at,
    request.evidence,
    Math.max(request.at, next === null ? aliveUntil : Math.min(next.at, request.at + REQUEST_VALID_MS)),
  );
}

function byCrash(
  draft: SessionDraft,
  next: NextBoot,
  life: LifeLine,
  crashEnd: EndContext['crashEnd'],
): SessionEnd {
  const alive = Math.max(draft.lastSign, life.lastBefore(next.at) ?? draft.lastSign);
  const died = next.deathTime === null ? alive : Math.min(Math.max(next.deathTime, alive), next.at);
  return {
    by: 'crash',
    at: crashEnd === 'startup' ? next.at : died,
    earliest: Math.min(alive, next.at),
    latest: next.at + (next.clockLagMs ?? 0),
    evidence: null,
    tentative: false,
  };
}
