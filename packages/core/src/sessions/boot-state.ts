/** Everything known of one computer between two boots: its sessions, and the indexes by which events find them. */
import type { Instant } from '../model.ts';
import { type Account, type SessionDraft, sameAccount } from './draft.ts';

/** What one logon ID stood for in this boot; it can have been several things in turn. */
export interface LogonIdRoles {
  /** The session that has it, as its own or its linked half's. */
  owner: SessionDraft | null;
  /** The session of which it only proved an unlock or reconnect. */
  alias: SessionDraft | null;
  /** A network, service or secondary logon: known, and nobody's desktop. */
  other: boolean;
}

/** What one name or SID stood for in this boot. */
interface NameRoles {
  /** An account of this name had a session, live or over. */
  known: boolean;
  /** Live desktops of accounts of this name. */
  readonly live: SessionDraft[];
}

export interface BootState {
  /** When the boot was, or null if the data begin later. */
  readonly bootedAt: Instant | null;
  readonly drafts: SessionDraft[];
  readonly byId: Map<string, LogonIdRoles>;
  /** The ID looked up last: neighbours mostly name the same one. */
  lastId: string;
  lastRoles: LogonIdRoles;
  /** By SID, and by lower-case name. */
  readonly byName: Map<string, NameRoles>;
  /** Live sessions of people, in the order in which they came to life. */
  readonly desktops: SessionDraft[];
  /** Last window manager logon per terminal session: about when its desktop began. */
  readonly desktopSince: Map<number, Instant>;
  /** What accounts are called, by SID; carried from boot to boot. */
  readonly names: Map<string, { user: string; domain: string | null }>;
  /** Address of the last RDP authentication per user name, until a session takes it. */
  readonly remoteFrom: Map<string, { at: Instant; address: string }>;
  /** Whether sessions keep their events. */
  readonly keepEvents: boolean;
}

const NO_ROLES: LogonIdRoles = { owner: null, alias: null, other: false };

export function newBootState(
  bootedAt: Instant | null,
  keepEvents: boolean,
  names: BootState['names'] = new Map(),
): BootState {
  return {
    bootedAt,
    drafts: [],
    byId: new Map(),
    lastId: '',
    lastRoles: NO_ROLES,
    byName: new Map(),
    desktops: [],
    desktopSince: new Map(),
    names,
    remoteFrom: new Map(),
    keepEvents,
  };
}

/** What an ID stood for so far, to be read only; nothing for an ID not seen yet. */
export function rolesOfId(state: BootState, logonId: string): Readonly<LogonIdRoles> {
  if (state.lastId === logonId) return state.lastRoles;
  const roles = state.byId.get(logonId);
  if (roles === undefined) return NO_ROLES;
  state.lastId = logonId;
  state.lastRoles = roles;
  return roles;
}

/** The same, to be added to. */
export function addId(state: BootState, logonId: string): LogonIdRoles {
  const known = rolesOfId(state, logonId);
  if (known !== NO_ROLES) return known;
  const roles: LogonIdRoles = { owner: null, alias: null, other: false };
  state.byId.set(logonId, roles);
  state.lastId = logonId;
  state.lastRoles = roles;
  return roles;
}

const NOBODY: readonly SessionDraft[] = [];

/** Live sessions of people that the account may own, oldest first. */
export function liveOf(state: BootState, account: Account): readonly SessionDraft[] {
  if (state.desktops.length === 0) return NOBODY;
  const bySid = account.sid === null ? undefined : state.byName.get(account.sid);
  const byUser = account.user === null ? undefined : state.byName.get(account.user.toLowerCase());
  let found = NOBODY;
  if (bySid !== undefined) found = withOwned(found, bySid.live, account);
  if (byUser !== undefined) found = withOwned(found, byUser.live, account);
  return found.length > 1 ? found.toSorted((a, b) => a.start - b.start) : found;
}

function withOwned(
  found: readonly SessionDraft[],
  drafts: readonly SessionDraft[],
  account: Account,
): readonly SessionDraft[] {
  let all = found;
  for (let i = 0; i < drafts.length; i++) {
    const draft = drafts[i]!;
    if (all.includes(draft) || !sameAccount(draft.account, account)) continue;
    all = all.length === 0 ? [draft] : [...all, draft];
  }
  return all;
}

/** A session is live from its start to its end; it can be found by whatever names its account has. */
export function enlist(state: BootState, draft: SessionDraft): void {
  const isNew = !draft.live;
  draft.live = true;
  if (draft.listed) return;
  if (isNew) state.desktops.push(draft);
  const { sid, user } = draft.account;
  if (sid !== null) enlistAs(state, sid, draft);
  if (user !== null) enlistAs(state, user.toLowerCase(), draft);
}

function enlistAs(state: BootState, name: string, draft: SessionDraft): void {
  const { live } = rolesOfName(state, name);
  if (!live.includes(draft)) live.push(draft);
}

function rolesOfName(state: BootState, name: string): NameRoles {
  let roles = state.byName.get(name);
  if (roles === undefined) {
    roles = { known: false, live: [] };
    state.byName.set(name, roles);
  }
  return roles;
}

export function delist(state: BootState, draft: SessionDraft): void {
  if (!draft.live) return;
  draft.live = false;
  if (draft.listed) return;
  remove(state.desktops, draft);
  const { sid, user } = draft.account;
  if (sid !== null) remove(state.byName.get(sid)?.live, draft);
  if (user !== null) remove(state.byName.get(user.toLowerCase())?.live, draft);
}

function remove(drafts: SessionDraft[] | undefined, draft: SessionDraft): void {
  const at = drafts?.indexOf(draft) ?? -1;
  if (at >= 0) drafts!.splice(at, 1);
}

/** Whether a session of this account was seen in this boot, live or over. */
export function isKnown(state: BootState, { sid, user }: Account): boolean {
  return (
    (sid !== null && state.byName.get(sid)?.known === true) ||
    (user !== null && state.byName.get(user.toLowerCase())?.known === true)
  );
}

export function remember(state: BootState, { sid, user }: Account): void {
  if (sid !== null) rolesOfName(state, sid).known = true;
  if (user !== null) rolesOfName(state, user.toLowerCase()).known = true;
}

/** The live session shown in a terminal session, unless it is known to be another account's. */
export function liveInTerminal(
  state: BootState,
  terminalSessionId: number,
  account: Account,
): SessionDraft | null {
  for (const draft of state.desktops) {
    if (draft.terminalSessionId !== terminalSessionId) continue;
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
  const roles = addId(state, logonId);
  // An owner has its IDs in its list.
  if (roles.owner === draft) return;
  roles.owner = draft;
  if (draft.logonIds.length === 0) draft.logonIds = [logonId];
  else if (!draft.logonIds.includes(logonId)) draft.logonIds.push(logonId);
}

export function addAlias(state: BootState, draft: SessionDraft, logonId: string): void {
  if (draft.logonIds.includes(logonId)) return;
  if (!draft.aliasLogonIds.includes(logonId)) draft.aliasLogonIds.push(logonId);
  addId(state, logonId).alias = draft;
}
