/** What each signal means to others: its CAR action, OCSF activity, ECS words and legend entry, once for every source. */
import type { Signal } from '../model.ts';
import type { EventDefinition } from './definition.ts';

export type Meaning = Pick<EventDefinition, 'car' | 'ocsfActivity' | 'ecs' | 'legend'>;

/** OCSF Authentication knows logon and logoff only; what else happens to a session is "Other" there. */
const OCSF_LOGON = 1;
const OCSF_LOGOFF = 2;
const OCSF_OTHER = 99;

/** The same shape for every row, so that rows read as a table; ECS category and type are split at blanks. */
function means(
  label: string,
  colour: string,
  ecs: { category: string; type: string; action: string },
  more: Pick<Meaning, 'car' | 'ocsfActivity'> = {},
): Meaning {
  return {
    ...more,
    ecs: { category: ecs.category.split(' '), type: ecs.type.split(' '), action: ecs.action },
    legend: { label, colour },
  };
}

const session = (type: string, action: string) => ({ category: 'session', type, action });
const authentication = (type: string, action: string) => ({
  category: 'authentication session',
  type,
  action,
});
const host = (type: string, action: string) => ({ category: 'host', type, action });
const configuration = (type: string, action: string) => ({ category: 'configuration', type, action });

/** Colours are tokens of the timeline's palette, not values: states keep their own colour, marks another. */
// biome-ignore format: a table reads better in rows
export const MEANINGS: Readonly<Record<Signal, Meaning>> = {
  crash: means('Crash', 'crash', host('error', 'crashed')),
  boot: means('Startup', 'power', host('start', 'started')),
  resume: means('Resumed from hibernation', 'asleep', host('start', 'resumed')),
  wake: means('Woke', 'asleep', host('start', 'woke')),
  clockChange: means('Clock changed', 'clock', configuration('change', 'clock-changed')),
  uptime: means('Uptime', 'power', host('info', 'uptime-reported')),
  remoteConnection: means('Remote connection', 'remote', { category: 'network', type: 'connection', action: 'remote-connection' }, { ocsfActivity: OCSF_OTHER }),
  logonFailed: means('Failed logon', 'failed', authentication('start', 'logon-failed'), { car: 'login', ocsfActivity: OCSF_LOGON }),
  explicitCredentials: means('Explicit credentials', 'explicit', { category: 'authentication', type: 'start', action: 'logged-in-explicit' }, { ocsfActivity: OCSF_OTHER }),
  logon: means('Logon', 'active', authentication('start', 'logged-in'), { car: 'login', ocsfActivity: OCSF_LOGON }),
  elevated: means('Elevated', 'elevated', { category: 'iam', type: 'admin', action: 'logged-in-special' }, { ocsfActivity: OCSF_OTHER }),
  reconnect: means('Reconnected', 'active', authentication('start', 'session-reconnected'), { car: 'reconnect', ocsfActivity: OCSF_OTHER }),
  unlock: means('Unlocked', 'active', session('change', 'workstation-unlocked'), { car: 'unlock', ocsfActivity: OCSF_OTHER }),
  screensaverOff: means('Screen saver off', 'active', session('change', 'screensaver-dismissed'), { ocsfActivity: OCSF_OTHER }),
  screensaverOn: means('Screen saver on', 'idle', session('change', 'screensaver-invoked'), { ocsfActivity: OCSF_OTHER }),
  lock: means('Locked', 'locked', session('change', 'workstation-locked'), { car: 'lock', ocsfActivity: OCSF_OTHER }),
  disconnect: means('Disconnected', 'disconnected', authentication('end', 'session-disconnected'), { ocsfActivity: OCSF_OTHER }),
  logoffBegin: means('Logoff begun', 'ended', authentication('end', 'logoff-begun'), { car: 'logout', ocsfActivity: OCSF_LOGOFF }),
  logoff: means('Logoff', 'ended', authentication('end', 'logged-out'), { car: 'logout', ocsfActivity: OCSF_LOGOFF }),
  sleep: means('Sleep', 'asleep', host('end', 'slept')),
  shutdown: means('Shutdown', 'power', host('end', 'shut-down')),
  logCleared: means('Log cleared', 'quality', configuration('deletion', 'log-cleared')),
  auditChanged: means('Audit policy changed', 'quality', configuration('change', 'audit-policy-changed')),
  eventsLost: means('Events lost', 'quality', host('error', 'events-lost')),
  other: means('Other', 'other', host('info', 'other')),
};

/** The part of a table row that follows from its signal. */
export function meaningOf(signal: Signal): { readonly signal: Signal } & Meaning {
  return { signal, ...MEANINGS[signal] };
}
