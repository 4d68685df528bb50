/** Who sits in which terminal session, as Windows tells (wtsapi32, and the logon's number from secur32). */
import type { Api } from './api.ts';
import { WindowsFailure } from './failure.ts';
import type { Pointer } from './koffi.ts';

export interface TerminalUser {
  readonly user: string;
  readonly domain: string | null;
  readonly sid: string | null;
  /** `0x3e1a2b`; null where Windows does not tell. */
  readonly logonId: string | null;
  readonly logonType: number | null;
  readonly clientName: string | null;
  readonly clientAddress: string | null;
}

const INFO = { userName: 5, domainName: 7, clientName: 10, clientAddress: 14 } as const;
/** WTS_SESSION_INFOW on 64-bit Windows: number, name, state. */
const SESSION_INFO_BYTES = 24;
const AF_INET = 2;
/** SECURITY_LOGON_SESSION_DATA on 64-bit Windows (ntsecapi.h). */
const LOGON = {
  logonId: 4,
  userLength: 16,
  userPointer: 24,
  logonType: 64,
  session: 68,
  sid: 72,
  time: 80,
} as const;
/** Interactive, remote interactive, cached interactive, unlock, cached remote. */
const PEOPLE_TYPES: ReadonlySet<number> = new Set([2, 7, 10, 11, 12, 13]);

/** The numbers of all terminal sessions there are. */
export function terminalSessionIds(api: Api): number[] {
  const { koffi, terminal } = api;
  const [list, count] = [[null] as Pointer[], [0]];
  if (!terminal.enumerate(null, 0, 1, list, count))
    throw new WindowsFailure('WTSEnumerateSessions', api.lastError());
  try {
    return Array.from({ length: count[0]! }, (_, i) =>
      koffi.decode(list[0]!, i * SESSION_INFO_BYTES, 'uint32_t'),
    ) as number[];
  } finally {
    terminal.free(list[0]);
  }
}

/** Whose session it is; null where nobody is logged on in it. */
export function terminalUser(api: Api, terminalSessionId: number): TerminalUser | null {
  const user = text(api, terminalSessionId, INFO.userName);
  if (user === null) return null;
  const logon = newestLogon(api, terminalSessionId, user);
  return {
    user,
    domain: text(api, terminalSessionId, INFO.domainName),
    sid: logon?.sid ?? null,
    logonId: logon?.logonId ?? null,
    logonType: logon?.logonType ?? null,
    clientName: text(api, terminalSessionId, INFO.clientName),
    clientAddress: clientAddress(api, terminalSessionId),
  };
}

function withInfo<T>(
  api: Api,
  session: number,
  what: number,
  read: (at: Pointer, bytes: number) => T,
): T | null {
  const [buffer, bytes] = [[null] as Pointer[], [0]];
  if (!api.terminal.query(null, session, what, buffer, bytes)) return null;
  try {
    return read(buffer[0]!, bytes[0]!);
  } finally {
    api.terminal.free(buffer[0]);
  }
}

function text(api: Api, session: number, what: number): string | null {
  const found = withInfo(api, session, what, (at, bytes) => wideText(api, at, bytes));
  return found === null || found === '' ? null : found;
}

function wideText({ koffi }: Api, at: Pointer, bytes: number): string {
  const units = koffi.decode(at, 0, koffi.array('uint16_t', Math.floor(bytes / 2))) as ArrayLike<number>;
  const end = Array.from(units).indexOf(0);
  return String.fromCharCode(...Array.from(units).slice(0, end < 0 ? undefined : end));
}

/** WTS_CLIENT_ADDRESS: the family, then twenty bytes; of IPv4 the address begins at the third. */
function clientAddress(api: Api, session: number): string | null {
  const { koffi } = api;
  return withInfo(api, session, INFO.clientAddress, (at, bytes) => {
    if (bytes < 10 || koffi.decode(at, 0, 'uint32_t') !== AF_INET) return null;
    const parts = [0, 1, 2, 3].map((i) => koffi.decode(at, 4 + 2 + i, 'uint8_t') as number);
    return parts.every((part) => part === 0) ? null : parts.join('.');
  });
}

interface LogonFacts {
  readonly logonId: string;
  readonly logonType: number;
  readonly sid: string | null;
  readonly time: bigint;
}

/** The newest logon of this user in this terminal session; the others are linked or left over. */
function newestLogon(api: Api, terminalSessionId: number, user: string): LogonFacts | null {
  const { koffi, logon } = api;
  const [count, list] = [[0], [null] as Pointer[]];
  if (logon.enumerate(count, list) !== 0 || !list[0]) return null;
  let newest: LogonFacts | null = null;
  try {
    const luids = koffi.decode(list[0], 0, koffi.array('uint64_t', count[0]!)) as ArrayLike<bigint | number>;
    for (const luid of Array.from(luids)) {
      const facts = logonFacts(api, BigInt(luid), terminalSessionId, user);
      if (facts !== null && (newest === null || facts.time > newest.time)) newest = facts;
    }
  } finally {
    logon.free(list[0]);
  }
  return newest;
}

function logonFacts(api: Api, luid: bigint, terminalSessionId: number, user: string): LogonFacts | null {
  const { koffi, logon } = api;
  const key = Buffer.alloc(8);
  key.writeBigUInt64LE(luid);
  const found: Pointer[] = [null];
  if (logon.data(key, found) !== 0 || !found[0]) return null;
  const data = found[0];
  try {
    const logonType = koffi.decode(data, LOGON.logonType, 'uint32_t') as number;
    if (koffi.decode(data, LOGON.session, 'uint32_t') !== terminalSessionId || !PEOPLE_TYPES.has(logonType))
      return null;
    const named = koffi.decode(data, LOGON.userPointer, 'void*') as Pointer;
    const length = koffi.decode(data, LOGON.userLength, 'uint16_t') as number;
    if (!named || wideText(api, named, length).toLowerCase() !== user.toLowerCase()) return null;
    const time = BigInt(koffi.decode(data, LOGON.time, 'int64_t') as number | bigint);
    const sid = sidText(api, koffi.decode(data, LOGON.sid, 'void*') as Pointer);
    return { logonId: `0x${luid.toString(16)}`, logonType, sid, time };
  } finally {
    logon.free(data);
  }
}

function sidText(api: Api, sid: Pointer): string | null {
  const text: Pointer[] = [null];
  if (!sid || !api.security.sidText(sid, text) || !text[0]) return null;
  const found = wideText(api, text[0], 2 * 200);
  api.kernel.localFree(text[0]);
  return found;
}
