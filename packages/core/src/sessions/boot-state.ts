/** Everything known of one computer between two boots: its sessions, and the indexes by which events find them. */
import type { Instant } from '../model.ts';
import { type Account, type SessionDraft, sameAccount } from './draft.ts';

export interface BootState {
  /** When the boot was, or null if the data begin later. */
  readonly bootedAt: Instant | null;
  readonly drafts: SessionDraft[];
  /** Session by logon ID, its own and its linked half's. */
  readonly byId: Map<string, SessionDraft>;
  /** Logon IDs that only proved an unlock or reconnect. */
  readonly aliases: Map<string, SessionDraft>;
  /** Logon IDs of network, service and secondary logons: known, and nobody's desktop. */
  readonly otherIds: Set<string>;
  /** SIDs and lower-case names that had a session in this boot. */
  readonly known: Set<string>;
  /** Not closed yet. */
  readonly live: Set<SessionDraft>;
  /** Live sessions of people by SID and by lower-case name. */
  readonly liveBy: Map<string, SessionDraft[]>;
  /** Last window manager logon per terminal session: about when its desktop began. */
  readonly desktopSince: Map<number, Instant>;
  /** What accounts are called, by SID; carried from boot to boot. */
  readonly names: Map<string, { user: string; domain: string | null }>;
  /** Address of the last RDP authentication per user name, until a session takes it. */
  readonly remoteFrom: Map<string, { at: Instant; address: string }>;
}

export function newBootState(bootedAt: Instant | null, names: BootState['names'] = new Map()): BootState {
  return {
    bootedAt,
    drafts: [],
    byId: new Map(),
    aliases: new Map(),
    otherIds: new Set(),
    known: new Set(),
    live: new Set(),
    liveBy: new Map(),
    desktopSince: new Map(),
    names,
    remoteFrom: new Map(),
  };
}

/** Live sessions of people that the account may own, oldest first. */
export function liveOf(state: BootState, account: Account): SessionDraft[] {
  const bySid = account.sid === null ? undefined : state.liveBy.get(account.sid);
  const byUser = account.user === null ? undefined : state.liveBy.get(account.user.toLowerCase());
  const found: SessionDraft[] = [];
  if (bySid !== undefined) addOwned(found, bySid, account);
  if (byUser !== undefined) addOwned(found, byUser, account);
  return found.length > 1 ? found.sort((a, b) => a.start - b.start) : found;
}

function addOwned(found: SessionDraft[], drafts: readonly SessionDraft[], account: Account): void {
  for (const draft of drafts) {
    if (!found.includes(draft) && sameAccount(draft.account, account)) found.push(draft);
  }
}

/** A session is live from its start to its end; it can be found by whatever names its account has. */
export function enlist(state: BootState, draft: SessionDraft): void {
  state.live.add(draft);
  if (draft.listed) return;
  const { sid, user } = draft.account;
  if (sid !== null) enlistAs(state, sid, draft);
  if (user !== null) enlistAs(state, user.toLowerCase(), draft);
}

function enlistAs(state: BootState, name: string, draft: SessionDraft): void {
  const drafts = state.liveBy.get(name);
  if (drafts === undefined) state.liveBy.set(name, [draft]);
  else if (!drafts.includes(draft)) drafts.push(draft);
}

export function delist(state: BootState, draft: SessionDraft): void {
  state.live.delete(draft);
  const { sid, user } = draft.account;
  for (const name of [sid, user?.toLowerCase()]) {
    const drafts = name == null ? undefined : state.liveBy.get(name);
    const at = drafts?.indexOf(draft) ?? -1;
    if (at >= 0) drafts!.splice(at, 1);
  }
}

/** Whether a session of this account was seen in this boot, live or over. */
export function isKnown(state: BootState, { sid, user }: Account): boolean {
  return (sid !== null && state.known.has(sid)) || (user !== null && state.known.has(user.toLowerCase()));
}

export function remember(state: BootState, { sid, user }: Account): void {
  if (sid !== null) state.known.add(sid);
  if (user !== null) state.known.add(user.toLowerCase());
}

/** The live session shown in a terminal session, unless it is known to be another account's. */
export function liveInTerminal(
  state: BootState,
  terminalSessionId: number,
  account: Account,
): SessionDraft | null {
  for (const draft of state.live) {
    if (draft.listed || draft.terminalSessionId !== terminalSessionId) continue;
    if (mayBeSame(draft.account, account)) return draft;
  }
  return null;
}

/** Same account, or not comparable: a name here and only a SID there. */
export function mayBeSame(a: Account, b: Account): boolean {
  const bothSids = a.sid !== null && b.sid !== null;
  const bothNames = a.user !== null && b.user !== null;
  return bothSids || bothNames ? sameAccount(a, b) : true;
}

/** Makes an ID lead to the session; earlier owners of the ID in this boot are over. */
export function addLogonId(state: BootState, draft: SessionDraft, logonId: string): void {
  if (!draft.logonIds.includes(logonId)) draft.logonIds.push(logonId);
  state.byId.set(logonId, draft);
}

export function addAlias(state: BootState, draft: SessionDraft, logonId: string): void {
  if (draft.logonIds.includes(logonId)) return;
  if (!draft.aliasLogonIds.includes(logonId)) draft.aliasLogonIds.push(logonId);
  state.aliases.set(logonId, draft);
}
