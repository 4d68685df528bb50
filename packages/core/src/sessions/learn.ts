/** What each event adds to what is known of a session: who, which IDs, what kind, from where. */

import { isSharedLogonId } from '../events/accounts.ts';
import type { SessionEvent, SessionKind } from '../model.ts';
import { addLogonId, type BootState, enlist, remember } from './boot-state.ts';
import { learnAccount, type SessionDraft, type Witness } from './draft.ts';
import type { Stamped } from './order.ts';

/** Witnesses of one logon, and copies of it, come this close together (spec section 3). */
export const SAME_LOGON_MS = 60_000;

/** The only logon process by which a person comes to a desktop with logon type 2. */
const DESKTOP_PROCESS = 'user32';

export function witnessOf(event: SessionEvent): Witness {
  return event.detail?.witness ?? 'security';
}

/** A person at a desktop, an unlock or reconnect of one, or something else that also logs on. */
export function logonRole(event: SessionEvent): 'desktop' | 'unlock' | 'other' {
  switch (event.logonType) {
    case 7:
    case 13:
      return 'unlock';
    case null:
    case 10:
    case 11:
    case 12:
      return 'desktop';
    case 2:
      return isDesktopProcess(event.logonProcess) ? 'desktop' : 'other';
    default:
      return 'other';
  }
}

function isDesktopProcess(logonProcess: string | null): boolean {
  return (
    logonProcess === null ||
    logonProcess === 'User32' ||
    logonProcess.trim().toLowerCase() === DESKTOP_PROCESS
  );
}

/** Whether an event is one of those by which accounts become known; what busy logs leave out must not matter. */
export function introduces(event: SessionEvent): boolean {
  switch (event.signal) {
    case 'elevated':
    case 'explicitCredentials':
    case 'logonFailed':
      return false;
    case 'logon':
    case 'logoff':
      return logonRole(event) !== 'other';
    default:
      return true;
  }
}

/** Address and process of a logon: twins without a link share them. */
export function originOf({ logonType, detail, sourceAddress }: SessionEvent): string {
  return `${logonType}|${detail?.processId ?? ''}|${detail?.processName ?? ''}|${sourceAddress ?? ''}`;
}

export function kindOf({ logonType, sessionName, sourceAddress, detail, signal }: SessionEvent): SessionKind {
  if (logonType === 2 || logonType === 11) return 'console';
  if (logonType === 10 || logonType === 12) return 'remote';
  if (sessionName !== null) return sessionName.toLowerCase() === 'console' ? 'console' : 'remote';
  if (detail?.witness !== 'terminal') return 'unknown';
  if (sourceAddress !== null) return 'remote';
  // Only the events of arriving always have an address; there `LOCAL` was read as none.
  return signal === 'logon' || signal === 'reconnect' ? 'console' : 'unknown';
}

const LOOPBACK: readonly string[] = ['::1', '127.0.0.1', '0.0.0.0', '::'];

/** Adds what an event tells of a session's identity; the first to say something keeps the word. */
export function learn(state: BootState, draft: SessionDraft, stamped: Stamped): void {
  const { event, at } = stamped;
  const { sid, user } = draft.account;
  learnAccount(draft.account, event);
  if (draft.account.user === null && draft.account.sid !== null) {
    const named = state.names.get(draft.account.sid);
    if (named !== undefined) learnAccount(draft.account, { ...named, sid: null });
  }
  if (sid !== draft.account.sid || user !== draft.account.user) {
    if (!draft.listed) remember(state, draft.account);
    if (draft.live) enlist(state, draft);
  }
  draft.computerFqdn ??= event.computerFqdn;
  if (event.logonId !== null && (draft.listed || !isSharedLogonId(event.logonId)))
    addLogonId(state, draft, event.logonId);
  if (event.signal === 'logon') {
    if (event.logonId !== null) draft.ownLogons.push(event.logonId);
    if (event.linkedLogonId !== null) {
      addLogonId(state, draft, event.linkedLogonId);
      draft.elevated = true;
    }
    draft.witnesses[witnessOf(event)] ??= at;
    draft.origin ??= witnessOf(event) === 'security' ? originOf(event) : null;
    draft.logonType ??= event.logonType;
    draft.logonProcess ??= event.logonProcess;
    if (event.logonType !== null || draft.kind === 'unknown') {
      const kind = kindOf(event);
      if (kind !== 'unknown' && !draft.listed) draft.kind = kind;
    }
  } else if (draft.kind === 'unknown') draft.kind = kindOf(event);
  if (event.elevated === true) draft.elevated = true;
  draft.terminalSessionId ??= event.terminalSessionId;
  if (event.sourceAddress !== null && !LOOPBACK.includes(event.sourceAddress))
    draft.sourceAddress ??= event.sourceAddress;
  draft.clientName ??= event.clientName ?? clientOf(draft, event);
  takeRemoteAddress(state, draft, at);
}

/** The workstation of a remote logon is where it came from, unless it is only the computer itself again. */
function clientOf(draft: SessionDraft, { signal, workstation, computer }: SessionEvent): string | null {
  if (draft.kind !== 'remote' || signal !== 'logon' || workstation === null) return null;
  return workstation.toUpperCase() === computer ? null : workstation;
}

function takeRemoteAddress(state: BootState, draft: SessionDraft, at: number): void {
  if (draft.sourceAddress !== null || draft.kind !== 'remote' || draft.account.user === null) return;
  const from = state.remoteFrom.get(draft.account.user.toLowerCase());
  if (from !== undefined && at - from.at <= SAME_LOGON_MS) draft.sourceAddress = from.address;
}
