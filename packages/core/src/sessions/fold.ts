/** Feeds the ordered events of one boot to its sessions, by the rules of transitions.ts. */
import { accountClass } from '../events/accounts.ts';
import { addAlias, addId, type BootState, delist, enlist, rolesOfId } from './boot-state.ts';
import { dissolve, endByLogoff, noteAddress, readLateLogoff, readLogoff } from './close.ts';
import { findForPresence, onlySecurity } from './correlate.ts';
import { addEvent, evidenceOf, forgetEvents, note, pushMark, type SessionDraft } from './draft.ts';
import { learn, SAME_LOGON_MS } from './learn.ts';
import { adopt, readLogon } from './open.ts';
import type { Stamped } from './order.ts';
import { type Rule, ruleFor, type SessionSignal } from './transitions.ts';

/** `implied-boot`: the event belongs to a later boot, whose start nobody saw. */
export type StepOutcome = 'done' | 'implied-boot';

/** Advances one boot's sessions by one event. */
export function step(state: BootState, stamped: Stamped, everyLogon: boolean): StepOutcome {
  const { event } = stamped;
  switch (event.signal) {
    case 'logon':
      return stepLogon(state, stamped, everyLogon);
    case 'logoff':
      stepLogoff(state, stamped);
      break;
    case 'lock':
    case 'unlock':
    case 'screensaverOn':
    case 'screensaverOff':
    case 'disconnect':
    case 'reconnect':
    case 'logoffBegin':
      stepPresence(state, stamped, event.signal);
      break;
    case 'elevated':
    case 'explicitCredentials':
      stepTouch(state, stamped, event.signal);
      break;
    case 'remoteConnection':
      if (event.user !== null && event.sourceAddress !== null) {
        state.remoteFrom.set(event.user.toLowerCase(), { at: stamped.at, address: event.sourceAddress });
      }
      break;
    case 'shutdown':
      applyToAll(state, 'shutdown', stamped);
      break;
  }
  return 'done';
}

function stepLogon(state: BootState, stamped: Stamped, everyLogon: boolean): StepOutcome {
  const outcome = readLogon(state, stamped, everyLogon);
  if (outcome.is === 'implied-boot') {
    ruleFor('logon', 'closed');
    return 'implied-boot';
  }
  if (outcome.is === 'sign') apply(state, outcome.draft, outcome.signal, stamped);
  else if (outcome.is === 'proof-without-session') adoptAt(state, stamped, 'unlockProof');
  else if (outcome.is === 'started') ruleFor('logon', 'absent');
  else if (stamped.event.logonId !== null) {
    const { owner } = rolesOfId(state, stamped.event.logonId);
    if (owner !== null) ruleFor('logon', owner.phase);
  }
  return 'done';
}

function stepPresence(state: BootState, stamped: Stamped, signal: SessionSignal): void {
  const found = findForPresence(state, stamped);
  if (found === 'nobody') return;
  if (found === 'none') adoptAt(state, stamped, signal);
  else apply(state, found, signal, stamped);
}

function adoptAt(state: BootState, stamped: Stamped, signal: SessionSignal): SessionDraft | null {
  const { event } = stamped;
  const rule = ruleFor(signal, 'absent');
  if (rule.do !== 'adopt' || accountClass(event.sid, event.user, event.domain) !== 'person') return null;
  const draft = adopt(state, stamped, rule.as);
  // The ID of a type 7 or 13 logon dies at once; the session itself has another.
  if (signal === 'unlockProof' && event.logonId !== null) {
    for (const id of draft.logonIds) {
      const roles = addId(state, id);
      roles.owner = null;
      roles.alias = draft;
      draft.aliasLogonIds.push(id);
    }
    draft.logonIds = [];
    draft.ownLogons = [];
    draft.kind = 'unknown';
    draft.logonType = null;
    draft.witnesses = {};
  }
  forgetEvents(draft);
  apply(state, draft, signal, stamped);
  return draft;
}

function stepLogoff(state: BootState, stamped: Stamped): void {
  const { event } = stamped;
  if (event.logonId === null && accountClass(event.sid, event.user, event.domain) !== 'person') return;
  const outcome = readLogoff(state, stamped);
  if (outcome.is === 'end') apply(state, outcome.draft, 'logoff', stamped);
  else if (outcome.is === 'unlockProof') {
    addAlias(state, outcome.draft, event.logonId!);
    apply(state, outcome.draft, 'unlockProof', stamped);
  } else if (outcome.is === 'adopt') adoptAt(state, stamped, 'logoff');
  else if (outcome.is === 'reconnected') {
    const { draft, broker } = outcome;
    dissolve(state, broker, draft);
    revive(state, draft);
    pushMark(draft, 'reconnect', { event: broker.firstEvent!, at: broker.start });
  } else if (outcome.is === 'half') {
    addEvent(outcome.draft, event);
    outcome.draft.halfEnd = { at: stamped.at, evidence: evidenceOf(stamped.event) };
  }
}

/** Privileges and credentials say that the session was alive, by the ID of whoever acted. */
function stepTouch(state: BootState, stamped: Stamped, signal: 'elevated' | 'explicitCredentials'): void {
  const { event } = stamped;
  const id = signal === 'elevated' ? event.logonId : (event.detail?.subjectLogonId ?? event.logonId);
  const owner = id === null ? null : rolesOfId(state, id).owner;
  if (owner === null) ruleFor(signal, 'absent');
  else apply(state, owner, signal, stamped);
}

/** A shutdown or boot concerns every session of the computer. */
export function applyToAll(state: BootState, signal: 'shutdown' | 'boot', stamped: Stamped): void {
  if (state.drafts.length === 0) ruleFor(signal, 'absent');
  for (const draft of state.drafts) apply(state, draft, signal, stamped);
}

/** Looks up the rule for the session's phase and carries it out. */
function apply(state: BootState, draft: SessionDraft, signal: SessionSignal, stamped: Stamped): void {
  const rule = ruleFor(signal, draft.phase);
  if (signal !== 'shutdown' && signal !== 'boot' && rule.do !== 'nothing') addEvent(draft, stamped.event);
  carryOut(state, draft, rule, signal, stamped);
}

function carryOut(
  state: BootState,
  draft: SessionDraft,
  rule: Rule,
  signal: SessionSignal,
  stamped: Stamped,
): void {
  switch (rule.do) {
    case 'mark':
      sign(state, draft, stamped);
      pushMark(draft, rule.what, stamped);
      if (rule.what === 'reconnect') reconnected(state, draft, stamped);
      break;
    case 'touch':
      sign(state, draft, stamped);
      if (signal === 'elevated') draft.elevated = true;
      break;
    case 'markEnding':
      sign(state, draft, stamped);
      draft.phase = 'ending';
      draft.logoffBegin = { at: stamped.at, evidence: evidenceOf(stamped.event) };
      pushMark(draft, 'logoffBegin', stamped);
      break;
    case 'resume':
      note(draft, 'logoff-cancelled');
      draft.phase = 'open';
      draft.logoffBegin = null;
      pushMark(draft, 'resumed', stamped);
      carryOut(state, draft, ruleFor(signal, 'open'), signal, stamped);
      break;
    case 'revive':
      if (draft.end?.tentative === true) {
        revive(state, draft);
        carryOut(state, draft, ruleFor(signal, draft.phase), signal, stamped);
      } else if (stamped.at - (draft.end?.at ?? stamped.at) > SAME_LOGON_MS) note(draft, 'late-event');
      break;
    case 'end':
      sign(state, draft, stamped);
      endByLogoff(state, draft, stamped);
      break;
    case 'late':
      readLateLogoff(state, draft, stamped);
      break;
    case 'pendShutdown':
      pendShutdown(draft, stamped);
      break;
    case 'finish':
      // The end itself is read off the ladder when the session is shown: later boot signs still tell of it.
      draft.phase = 'closed';
      delist(state, draft);
      break;
  }
}

/** Any sign of the session: what only seemed to end it did not. */
function sign(state: BootState, draft: SessionDraft, stamped: Stamped): void {
  const { event, at } = stamped;
  draft.lastSign = Math.max(draft.lastSign, at);
  draft.halfEnd = null;
  draft.shutdownMark = null;
  draft.shutdownRequest = null;
  const aliased = event.logonId !== null && rolesOfId(state, event.logonId).alias !== null;
  if (event.signal !== 'explicitCredentials' && !aliased) learn(state, draft, stamped);
  if (event.signal === 'disconnect' && isTakeover(event.detail?.reason ?? null))
    note(draft, 'session-taken-over');
}

/** LocalSessionManager's reason 5: another connection took the session. */
const isTakeover = (reason: string | null) => reason === '5';

/** A reconnect tells what a type 10 logon a moment before was for; to the console it is also an unlock. */
function reconnected(state: BootState, draft: SessionDraft, stamped: Stamped): void {
  const { event, at } = stamped;
  for (let i = 0; i < state.desktops.length; ) {
    const other = state.desktops[i]!;
    // A broker leaves the list, and the next takes its place.
    if (other !== draft && at - other.start <= SAME_LOGON_MS && isBrokerOf(other, draft))
      dissolve(state, other, draft);
    else i++;
  }
  noteAddress(draft, event.sourceAddress);
  const toConsole =
    event.sessionName === null
      ? event.detail?.witness === 'terminal' && event.sourceAddress === null
      : event.sessionName.toLowerCase() === 'console';
  if (toConsole) pushMark(draft, 'unlockProof', stamped);
}

function isBrokerOf(other: SessionDraft, draft: SessionDraft): boolean {
  if (other.kind !== 'remote' || !onlySecurity(other)) return false;
  if (other.replaced === draft) return true;
  const { sid, user } = draft.account;
  return sid !== null && other.account.sid !== null
    ? sid === other.account.sid
    : user !== null && user.toLowerCase() === other.account.user?.toLowerCase();
}

function revive(state: BootState, draft: SessionDraft): void {
  if (draft.end === null) return;
  draft.end = null;
  draft.phase = draft.logoffBegin === null ? 'open' : 'ending';
  draft.findings = draft.findings.filter((code) => code !== 'implied-logoff');
  enlist(state, draft);
}

function pendShutdown(draft: SessionDraft, stamped: Stamped): void {
  const { event, at } = stamped;
  if (event.detail?.shutdownKind === 'request') draft.shutdownRequest ??= { at, evidence: evidenceOf(event) };
  else draft.shutdownMark ??= { at, evidence: evidenceOf(event) };
}
