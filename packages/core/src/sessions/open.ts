/** What a logon means: a new session, the other half or another witness of one, a reconnect, or none of our business. */
import {
  type AccountClass,
  accountClass,
  isSharedLogonId,
  terminalOfWindowManager,
} from '../events/accounts.ts';
import { SAME_DESKTOP_MS } from '../events/people.ts';
import type { Instant, SessionEvent, SessionKind } from '../model.ts';
import {
  addAlias,
  addId,
  type BootState,
  delist,
  enlist,
  liveInTerminal,
  liveOf,
  mayBeSame,
  remember,
  rolesOfId,
} from './boot-state.ts';
import { addEvent, forgetEvents, newDraft, note, type SessionDraft, sameAccount } from './draft.ts';
import { kindOf, learn, logonRole, originOf, SAME_LOGON_MS, witnessOf } from './learn.ts';
import type { Stamped } from './order.ts';

/** Twins of a split token without a link are this close (spec section 3, rule 2). */
const TWIN_MS = 1_000;

/** What the caller has to do after a logon was read. */
export type LogonOutcome =
  | { readonly is: 'nothing' }
  /** A boot nobody saw lies before this event. */
  | { readonly is: 'implied-boot' }
  /** The event counts as this signal for this session. */
  | { readonly is: 'sign'; readonly draft: SessionDraft; readonly signal: 'unlockProof' | 'unlock' }
  | { readonly is: 'proof-without-session' }
  | { readonly is: 'started'; readonly draft: SessionDraft };

const NOTHING: LogonOutcome = { is: 'nothing' };

/** Reads one logon. `everyLogon` also lists those that are nobody's desktop. */
export function readLogon(state: BootState, stamped: Stamped, everyLogon: boolean): LogonOutcome {
  const { event, at } = stamped;
  const account = accountClass(event.sid, event.user, event.domain);
  if (account === 'windowManager') {
    const terminal = terminalOfWindowManager(event.sid, event.user);
    const since = terminal === null ? undefined : state.desktopSince.get(terminal);
    if (terminal !== null && (since === undefined || at - since > SAME_DESKTOP_MS))
      state.desktopSince.set(terminal, at);
  }
  const role = account === 'person' ? logonRole(event) : 'other';
  if (role === 'unlock') return readUnlockProof(state, stamped);
  if (role === 'other') return readOther(state, stamped, account, everyLogon);
  return readDesktopLogon(state, stamped);
}

function readUnlockProof(state: BootState, { event }: Stamped): LogonOutcome {
  const told = event.logonId === null ? null : rolesOfId(state, event.logonId).alias;
  if (told !== null) return { is: 'sign', draft: told, signal: 'unlockProof' };
  const live = liveOf(state, event);
  const draft =
    live.find((candidate) => candidate.locked) ??
    live.find((candidate) => candidate.disconnected) ??
    live.at(-1);
  if (draft === undefined) return { is: 'proof-without-session' };
  addUnownedAlias(state, draft, event.logonId);
  addUnownedAlias(state, draft, event.linkedLogonId);
  return { is: 'sign', draft, signal: 'unlockProof' };
}

function addUnownedAlias(state: BootState, draft: SessionDraft, logonId: string | null): void {
  if (logonId !== null && rolesOfId(state, logonId).owner === null) addAlias(state, draft, logonId);
}

function readOther(
  state: BootState,
  stamped: Stamped,
  account: AccountClass,
  everyLogon: boolean,
): LogonOutcome {
  const { event, at } = stamped;
  const { logonId } = event;
  if (logonId === null) return NOTHING;
  const { owner } = rolesOfId(state, logonId);
  if (owner !== null && !isSharedLogonId(logonId)) {
    if (sameAccount(owner.account, event) && at - owner.start <= SAME_LOGON_MS) return NOTHING;
    return { is: 'implied-boot' };
  }
  if (account === 'person' && event.logonType === 2) addId(state, logonId).other = true;
  if (!everyLogon) return NOTHING;
  if (owner !== null) {
    addEvent(owner, event);
    return NOTHING;
  }
  const draft = newDraft(stamped, 'logon', state.keepEvents);
  draft.listed = true;
  draft.kind = account === 'person' ? listedKind(event) : 'system';
  return enter(state, draft, stamped);
}

function listedKind({ logonType }: SessionEvent): SessionKind {
  if (logonType === 3 || logonType === 8) return 'network';
  if (logonType === 2 || logonType === 9) return 'secondary';
  return 'service';
}

function readDesktopLogon(state: BootState, stamped: Stamped): LogonOutcome {
  const { event, at } = stamped;
  const { logonId, linkedLogonId } = event;
  const owner = logonId === null ? null : rolesOfId(state, logonId).owner;
  if (owner !== null) return readRepeated(state, owner, stamped);
  const half = linkedLogonId === null ? null : rolesOfId(state, linkedLogonId).owner;
  if (half !== null && !isOtherHalf(half, stamped)) return { is: 'implied-boot' };
  const same = half ?? unlinkedTwin(state, stamped) ?? otherWitness(state, stamped);
  if (same !== undefined) return join(state, same, stamped);
  if (logonId === null && witnessOf(event) === 'agent') {
    const live = liveOf(state, event).at(-1);
    if (live !== undefined) {
      if (at - live.start <= SAME_LOGON_MS) return repeated(live, stamped);
      const { locked, disconnected } = live;
      if (locked || disconnected) return { is: 'sign', draft: live, signal: 'unlock' };
    }
  }
  if (logonId !== null && rolesOfId(state, logonId).alias !== null) return { is: 'implied-boot' };
  return enter(state, newDraft(stamped, 'logon', state.keepEvents), stamped);
}

/** A pair is made in one moment; an older owner of the linked ID had it before a boot. */
function isOtherHalf(half: SessionDraft, { event, at }: Stamped): boolean {
  return sameAccount(half.account, event) && half.phase !== 'closed' && at - half.start <= SAME_LOGON_MS;
}

/** The same ID again (spec section 4): a copy, a better start than first-seen, or a boot nobody saw. */
function readRepeated(state: BootState, owner: SessionDraft, stamped: Stamped): LogonOutcome {
  const { event, at } = stamped;
  if (!sameAccount(owner.account, event)) return { is: 'implied-boot' };
  const named = event.logonId !== null && !owner.ownLogons.includes(event.logonId);
  if (named && owner.startBy === 'logon' && at - owner.start <= SAME_LOGON_MS)
    return join(state, owner, stamped);
  if (owner.startBy === 'first-seen' && owner.phase !== 'closed') {
    restartAt(owner, stamped);
    return join(state, owner, stamped);
  }
  if (at - owner.start <= SAME_LOGON_MS && owner.phase !== 'closed') return repeated(owner, stamped);
  return { is: 'implied-boot' };
}

function repeated(draft: SessionDraft, stamped: Stamped): LogonOutcome {
  note(draft, 'repeated-logon');
  addEvent(draft, stamped.event);
  return NOTHING;
}

/** What came before the real logon was an error of clock or order: dropped, with a finding. */
function restartAt(draft: SessionDraft, stamped: Stamped): void {
  const fresh = newDraft(stamped, 'logon', false);
  note(draft, 'before-logon');
  draft.start = fresh.start;
  draft.startTime = fresh.startTime;
  draft.startBy = 'logon';
  draft.startEarliest = fresh.start;
  draft.startLatest = fresh.start;
  draft.startEvidence = fresh.startEvidence;
  draft.marks = fresh.marks;
  draft.locked = false;
  draft.disconnected = false;
  forgetEvents(draft);
  draft.openedBy = 'logon';
  draft.logoffBegin = null;
  draft.halfEnd = null;
  draft.phase = 'open';
}

/** Before the version with links, twins share user, type, process and address within a second. */
function unlinkedTwin(state: BootState, { event, at }: Stamped): SessionDraft | undefined {
  if (event.logonId === null || event.linkedLogonId !== null || witnessOf(event) !== 'security')
    return undefined;
  return liveOf(state, event).find(
    (draft) =>
      draft.witnesses.security !== undefined &&
      at - draft.witnesses.security <= TWIN_MS &&
      draft.ownLogons.length === 1 &&
      draft.logonIds.length === 1 &&
      draft.origin === originOf(event),
  );
}

/** A session of the same account that started just now and that this kind of source has not told of yet. */
function otherWitness(state: BootState, stamped: Stamped): SessionDraft | undefined {
  const { event, at } = stamped;
  const witness = witnessOf(event);
  const fits = (draft: SessionDraft) =>
    draft.witnesses[witness] === undefined && draft.startBy === 'logon' && at - draft.start <= SAME_LOGON_MS;
  if (event.terminalSessionId !== null) {
    const shown = liveInTerminal(state, event.terminalSessionId, event);
    if (shown !== null && fits(shown) && mayBeSame(shown.account, event)) return shown;
  }
  const terminalFits = ({ terminalSessionId }: SessionDraft) =>
    terminalSessionId === null ||
    event.terminalSessionId === null ||
    terminalSessionId === event.terminalSessionId;
  return liveOf(state, event).find((draft) => fits(draft) && terminalFits(draft));
}

function join(state: BootState, draft: SessionDraft, stamped: Stamped): LogonOutcome {
  learn(state, draft, stamped);
  addEvent(draft, stamped.event);
  draft.lastSign = Math.max(draft.lastSign, stamped.at);
  return NOTHING;
}

/** Puts a new session into the indexes; an earlier one of the same account and kind is over by that (spec 5.1, rule 1). */
export function enter(state: BootState, draft: SessionDraft, stamped: Stamped): LogonOutcome {
  if (!draft.listed) {
    if (draft.kind === 'unknown') draft.kind = kindOf(stamped.event);
    const earlier = liveOf(state, stamped.event).filter((other) => sameKind(other.kind, draft.kind));
    for (const other of earlier) replace(state, other, stamped);
    draft.replaced = earlier.at(-1) ?? null;
    remember(state, draft.account);
  }
  state.drafts.push(draft);
  learn(state, draft, stamped);
  enlist(state, draft);
  addEvent(draft, stamped.event);
  return { is: 'started', draft };
}

const sameKind = (a: SessionKind, b: SessionKind) => a === b || a === 'unknown' || b === 'unknown';

function replace(state: BootState, draft: SessionDraft, { at }: Stamped): void {
  const begun = draft.logoffBegin;
  note(draft, 'implied-logoff');
  draft.phase = 'closed';
  draft.end =
    begun === null
      ? {
          by: 'superseded',
          at: draft.lastSign,
          earliest: draft.lastSign,
          latest: at,
          evidence: null,
          tentative: true,
        }
      : {
          by: 'logoff-begin',
          at: begun.at,
          earliest: begun.at,
          latest: at,
          evidence: begun.evidence,
          tentative: true,
        };
  if (begun === null && draft.halfEnd !== null) {
    const { at: half, evidence } = draft.halfEnd;
    draft.end = { by: 'logoff', at: half, earliest: half, latest: half, evidence, tentative: true };
  }
  delist(state, draft);
}

/** How far back an earlier session of an account is looked for; beyond, the bound is only wider. */
const RECENT_SESSIONS = 500;

/** A person does not come back into a session before the one before it is over. */
function endOfEarlier(state: BootState, { account }: SessionDraft): Instant | null {
  const first = Math.max(0, state.drafts.length - RECENT_SESSIONS);
  for (let i = state.drafts.length - 1; i >= first; i--) {
    const { listed, dissolved, end, account: owner } = state.drafts[i]!;
    if (!listed && !dissolved && end !== null && sameAccount(owner, account)) return end.at;
  }
  return null;
}

/** Evidence of a start that was only seen from inside: its desktop began with the window manager of that terminal. */
export function adopt(state: BootState, stamped: Stamped, openedBy: 'presence' | 'absence'): SessionDraft {
  const { event, at } = stamped;
  const draft = newDraft(stamped, 'first-seen', state.keepEvents);
  draft.openedBy = openedBy;
  const desktop =
    event.terminalSessionId === null ? undefined : state.desktopSince.get(event.terminalSessionId);
  draft.startLatest = at;
  draft.startEarliest = desktop ?? endOfEarlier(state, draft) ?? state.bootedAt;
  if (desktop !== undefined && desktop < at) {
    draft.start = desktop;
    draft.startTime = event.time - (at - desktop);
    draft.marks = [{ at: desktop, what: 'start', event }];
  }
  enter(state, draft, stamped);
  return draft;
}
