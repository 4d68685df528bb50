/** Finds the session an event is about (spec section 3, rules 2 to 5). */
import type { SessionEvent } from '../model.ts';
import { addLogonId, type BootState, liveInTerminal, liveOf, rolesOfId } from './boot-state.ts';
import type { SessionDraft } from './draft.ts';
import { SAME_LOGON_MS } from './learn.ts';
import type { Stamped } from './order.ts';

/** `none`: the account has no session here that it could be about, so one may open at this event. */
export type Found = SessionDraft | 'none' | 'nobody';

/** The session of a sign of presence: lock, unlock, screen saver, disconnect, reconnect, begin logoff. */
export function findForPresence(state: BootState, stamped: Stamped): Found {
  const { event } = stamped;
  const named = byNamedId(state, event);
  if (named !== null) return named;
  if (event.terminalSessionId !== null) {
    const shown = liveInTerminal(state, event.terminalSessionId, event);
    if (shown !== null) return claim(state, shown, event);
    const broker = event.signal === 'reconnect' ? closedInTerminal(state, event.terminalSessionId) : null;
    if (broker !== null) return broker;
  }
  if (event.user === null && event.sid === null) return 'nobody';
  const live = liveOf(state, event);
  if (event.signal === 'reconnect') {
    const back = reconnectTarget(state, stamped, live);
    if (back !== null) return back;
  }
  if (live.length === 0) return 'none';
  const candidates =
    event.logonId === null
      ? live.filter((draft) => fitsTerminal(draft, event))
      : live.filter(mayOwnUnknownId);
  if (candidates.length === 1) return claim(state, candidates[0]!, event);
  if (candidates.length === 0) return 'none';
  const fitting = candidates.filter((draft) => fits(draft, event));
  return fitting.length === 1 ? claim(state, fitting[0]!, event) : 'nobody';
}

function byNamedId(state: BootState, event: SessionEvent): Found | null {
  if (event.logonId === null) return null;
  const { owner, alias, other } = rolesOfId(state, event.logonId);
  return owner ?? alias ?? (other ? 'nobody' : null);
}

/** A session known only from witnesses without logon IDs takes the first ID that names it. */
function claim(state: BootState, draft: SessionDraft, event: SessionEvent): Found {
  if (event.logonId !== null && mayOwnUnknownId(draft)) addLogonId(state, draft, event.logonId);
  return draft;
}

/**
 * An ID nobody told of belongs to a session without one, or is the unlinked other half of the only ID that a
 * session has and that no lock, disconnect or logoff has named so far: those name the other half.
 */
function mayOwnUnknownId(draft: SessionDraft): boolean {
  if (lacksId(draft)) return true;
  return (
    draft.logonIds.length === 1 && draft.marks.every(({ what }) => what === 'start' || what === 'unlockProof')
  );
}

const lacksId = (draft: SessionDraft) => draft.logonIds.length === 0;

const fitsTerminal = ({ terminalSessionId }: SessionDraft, event: SessionEvent) =>
  terminalSessionId === null ||
  event.terminalSessionId === null ||
  terminalSessionId === event.terminalSessionId;

/** Of several sessions of one account, coming back fits the one that is away, and leaving the one that is not. */
function fits(draft: SessionDraft, { signal }: SessionEvent): boolean {
  const { locked, disconnected } = draft;
  if (signal === 'unlock') return locked;
  if (signal === 'reconnect') return disconnected;
  if (signal === 'lock') return !locked;
  return signal === 'disconnect' ? !disconnected : true;
}

/**
 * A reconnect without a known ID is about the session that was disconnected last; or about the one that a logon
 * of type 10 a moment ago seemed to replace, which was only the broker of this reconnect.
 */
function reconnectTarget(
  state: BootState,
  { event, at }: Stamped,
  live: readonly SessionDraft[],
): SessionDraft | null {
  const away = live.filter((draft) => draft.disconnected);
  const broker = live.find(
    (draft) => draft.replaced !== null && at - draft.start <= SAME_LOGON_MS && onlySecurity(draft),
  );
  const target = broker?.replaced ?? away.at(-1) ?? null;
  if (target !== null && event.logonId !== null && rolesOfId(state, event.logonId).owner === null) {
    addLogonId(state, target, event.logonId);
  }
  return target;
}

/** Told of by Security alone: the terminal services know no such session, so it may be a broker's. */
export function onlySecurity({ witnesses }: SessionDraft): boolean {
  return witnesses.terminal === undefined && witnesses.winlogon === undefined;
}

function closedInTerminal(state: BootState, terminalSessionId: number): SessionDraft | null {
  for (let i = state.drafts.length - 1; i >= 0; i--) {
    const draft = state.drafts[i]!;
    if (draft.terminalSessionId === terminalSessionId && draft.end?.tentative === true && !draft.dissolved)
      return draft;
  }
  return null;
}

/** The session that a logoff without logon ID ends. */
export function findForLogoff(state: BootState, { event }: Stamped): Found {
  if (event.terminalSessionId !== null) {
    const shown = liveInTerminal(state, event.terminalSessionId, event);
    if (shown !== null) return shown;
  }
  const live = liveOf(state, event).filter((draft) => fitsTerminal(draft, event));
  if (live.length === 1) return live[0]!;
  return live.length === 0 ? 'none' : 'nobody';
}
