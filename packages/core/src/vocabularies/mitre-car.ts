/** MITRE CAR's `user_session` object: what an event is called in the Cyber Analytics Repository's data model. */
import { isUnlockLogonType, LOGON_TYPES, type LogonTypeMeaning } from '../events/accounts.ts';
import { MEANINGS } from '../events/meaning.ts';
import type { SessionEvent } from '../model.ts';

export type CarAction = 'login' | 'logout' | 'lock' | 'unlock' | 'reconnect';
export type CarLoginType = LogonTypeMeaning['car'];

/** Field names and their order are CAR's: https://car.mitre.org/data_model/user_session */
export interface CarUserSession {
  readonly object: 'user_session';
  readonly action: CarAction;
  readonly dest_ip: string | null;
  readonly dest_port: number | null;
  readonly hostname: string;
  /** Hexadecimal. CAR's page shows a decimal number only because its YAML reader turned 0xf61f3 into one. */
  readonly login_id: string | null;
  readonly login_successful: boolean | null;
  readonly login_type: CarLoginType | null;
  readonly src_ip: string | null;
  readonly src_port: number | null;
  /** The SID. */
  readonly uid: string | null;
  /** `DOMAIN\user`, or the bare name where the event has no domain. */
  readonly user: string | null;
}

/** The event as CAR sees it, or null if CAR has no action for it (disconnect, screen saver, boot …). */
export function toCar(event: SessionEvent): CarUserSession | null {
  const action = carAction(event);
  if (action === null) return null;
  const loginType = carLoginType(event);
  const cameFromElsewhere = loginType === null || loginType === 'rdp' || loginType === 'remote';
  // A failed logon keeps its source whatever its type: that is the point of looking at it.
  const hasSource = cameFromElsewhere || event.signal === 'logonFailed' || action === 'unlock';
  return {
    object: 'user_session',
    action,
    dest_ip: event.destinationAddress,
    dest_port: event.destinationPort,
    hostname: event.computer,
    login_id: event.logonId,
    login_successful: event.signal === 'logonFailed' ? false : provesLogon(event) ? true : null,
    login_type: loginType,
    src_ip: hasSource ? event.sourceAddress : null,
    src_port: hasSource ? event.sourcePort : null,
    uid: event.sid,
    user: event.user === null || event.domain === null ? event.user : `${event.domain}\\${event.user}`,
  };
}

/** The computer's own logon at boot is a boot to us, but still a logon to CAR. */
function provesLogon(event: SessionEvent): boolean {
  return event.signal === 'logon' || (event.signal === 'boot' && event.logonType !== null);
}

function carAction(event: SessionEvent): CarAction | null {
  if (!provesLogon(event)) return MEANINGS[event.signal].car ?? null;
  return isUnlockLogonType(event.logonType) ? 'unlock' : 'login';
}

/** By logon type; without one, by where the desktop is shown. Null where only the session knows it. */
function carLoginType({ logonType, sessionName }: SessionEvent): CarLoginType | null {
  const byType = logonType === null ? undefined : LOGON_TYPES.get(logonType);
  if (byType !== undefined) return byType.car;
  if (sessionName === null) return null;
  return /^rdp-/i.test(sessionName) ? 'rdp' : 'interactive';
}
