/** OCSF's Authentication class (3002): what a session event is called in the Open Cybersecurity Schema Framework. */
import { LOGON_TYPES } from '../events/accounts.ts';
import { MEANINGS } from '../events/meaning.ts';
import type { SessionEvent } from '../model.ts';

const VERSION = '1.3.0';
const CATEGORY = { category_uid: 3, category_name: 'Identity & Access Management' } as const;
const CLASS = { class_uid: 3002, class_name: 'Authentication' } as const;

const ACTIVITY_NAMES: Readonly<Record<number, string>> = { 1: 'Logon', 2: 'Logoff' };
const SUCCESS = { status_id: 1, status: 'Success' } as const;
const FAILURE = { status_id: 2, status: 'Failure' } as const;
const INFORMATIONAL = { severity_id: 1, severity: 'Informational' } as const;
const LOW = { severity_id: 2, severity: 'Low' } as const;

/** Windows' logon type 0 is OCSF's 1; all others have the same number. */
const OCSF_SYSTEM_LOGON = 1;
const OCSF_OTHER = 99;

const AUTH_PROTOCOLS: ReadonlyMap<string, number> = new Map([
  ['ntlm', 1],
  ['kerberos', 2],
  ['digest', 3],
  ['wdigest', 3],
]);

/**
 * The event as an OCSF Authentication object, or null if it is no matter of authentication (boot, sleep, cleared
 * log …). OCSF knows logon and logoff; lock, unlock, disconnect and reconnect are activity 99 under their own name.
 */
export function toOcsf(event: SessionEvent) {
  const activity = MEANINGS[event.signal].ocsfActivity;
  if (activity === undefined) return null;
  const activityName = ACTIVITY_NAMES[activity] ?? MEANINGS[event.signal].legend.label;
  const failed = event.signal === 'logonFailed';
  return {
    activity_id: activity,
    activity_name: activityName,
    ...CATEGORY,
    ...CLASS,
    type_uid: CLASS.class_uid * 100 + activity,
    type_name: `${CLASS.class_name}: ${ACTIVITY_NAMES[activity] ?? 'Other'}`,
    time: event.time,
    ...(failed ? LOW : INFORMATIONAL),
    ...(failed ? FAILURE : SUCCESS),
    status_code: event.subStatus ?? event.status,
    status_detail: event.failureReason,
    ...logonType(event),
    is_remote: isRemote(event),
    ...authProtocol(event.authPackage),
    logon_process: event.logonProcess === null ? null : { name: event.logonProcess },
    user: { name: event.user, domain: event.domain, uid: event.sid },
    session: { uid: event.logonId, terminal: event.sessionName, is_remote: isRemote(event) },
    src_endpoint: {
      ip: event.sourceAddress,
      port: event.sourcePort,
      hostname: event.clientName ?? event.workstation,
    },
    dst_endpoint: {
      ip: event.destinationAddress,
      port: event.destinationPort,
      hostname: event.computerFqdn ?? event.computer,
    },
    device: { hostname: event.computerFqdn ?? event.computer, name: event.computer, type_id: 0 },
    metadata: metadata(event),
  };
}

function logonType({ logonType: type }: SessionEvent) {
  if (type === null) return { logon_type_id: 0, logon_type: 'Unknown' };
  if (type === 0) return { logon_type_id: OCSF_SYSTEM_LOGON, logon_type: 'System' };
  const known = LOGON_TYPES.get(type);
  return {
    logon_type_id: known === undefined ? OCSF_OTHER : type,
    logon_type: known?.name ?? `Type ${type}`,
  };
}

function isRemote({ logonType: type, sessionName }: SessionEvent): boolean | null {
  if (type !== null) return LOGON_TYPES.get(type)?.remote ?? null;
  return sessionName === null ? null : /^rdp-/i.test(sessionName);
}

function authProtocol(authPackage: string | null) {
  if (authPackage === null) return { auth_protocol_id: 0, auth_protocol: null };
  const known = AUTH_PROTOCOLS.get(authPackage.toLowerCase());
  return { auth_protocol_id: known ?? OCSF_OTHER, auth_protocol: authPackage };
}

function metadata(event: SessionEvent) {
  return {
    version: VERSION,
    product: { name: 'Logonscope', vendor_name: 'Logonscope' },
    log_name: event.channel,
    log_provider: event.provider,
    event_code: event.eventId === null ? null : String(event.eventId),
    uid: event.recordId === null ? event.identity : String(event.recordId),
  };
}
