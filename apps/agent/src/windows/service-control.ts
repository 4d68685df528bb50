/** The service in Windows' list of services: install, start, stop, remove, state. */
import type { ServiceState } from '../system.ts';
import type { Api } from './api.ts';
import { WindowsFailure } from './failure.ts';
import type { Pointer } from './koffi.ts';

/** The original's name: its service is replaced, and what watches it goes on watching. */
export const SERVICE_NAME = 'UserSessionMonService';
const SHOWN_NAME = 'User Session Monitor';
const DESCRIPTION = 'Tells the server who logs on, off, locks and unlocks this computer.';

const ALL_ACCESS = 0xf003f;
const SERVICE_ACCESS = 0xf01ff;
const OWN_PROCESS = 0x10;
const AUTO_START = 2;
const ERROR_NORMAL = 1;
const STOP = 1;
const NOT_ACTIVE = 1062;
const CANNOT_ACCEPT = 1061;
const SERVICE_EXISTS = 1073;
const NO_SUCH_SERVICE = 1060;
const STATUS_PROCESS_INFO = 0;
const STATUS_PROCESS_BYTES = 36;
const STATES: Readonly<Record<number, ServiceState>> = {
  1: 'stopped',
  2: 'starting',
  3: 'stopping',
  4: 'running',
};
/** Restarted after 5 s, 30 s, and a minute from then on; a day without trouble begins anew. */
const RESTARTS_MS = [5_000, 30_000, 60_000];
const FORGET_SECONDS = 86_400;
/** Windows itself waits as long before it calls a service hung. */
const WITHIN_MS = 30_000;
const LOOK_MS = 100;

interface Status {
  readonly state: number;
  readonly processId: number;
}

export function serviceControl(api: Api) {
  const { service } = api;

  function withService<T>(does: (handle: Pointer) => T): T {
    const services = service.openManager(null, null, ALL_ACCESS) as Pointer;
    if (!services) throw new WindowsFailure('OpenSCManager', api.lastError());
    try {
      const handle = service.open(services, SERVICE_NAME, SERVICE_ACCESS) as Pointer;
      if (!handle) throw new WindowsFailure('OpenService', api.lastError());
      try {
        return does(handle);
      } finally {
        service.close(handle);
      }
    } finally {
      service.close(services);
    }
  }

  function status(handle: Pointer): Status {
    const found = {} as Status;
    if (!service.query(handle, STATUS_PROCESS_INFO, found, STATUS_PROCESS_BYTES, [0]))
      throw new WindowsFailure('QueryServiceStatusEx', api.lastError());
    return found;
  }

  async function reach(wanted: ServiceState): Promise<void> {
    for (const until = Date.now() + WITHIN_MS; Date.now() < until; ) {
      const { state, processId } = withService(status);
      if (STATES[state] === wanted) return;
      // A service whose process is gone never says so itself.
      if (wanted === 'stopped' && !isAlive(processId)) return;
      await new Promise((resume) => setTimeout(resume, LOOK_MS));
    }
    throw new WindowsFailure(`waiting for "${wanted}"`, 1053);
  }

  async function stop(): Promise<void> {
    const gone = withService((handle) => {
      if (STATES[status(handle).state] === 'stopped') return true;
      if (service.control(handle, STOP, {})) return false;
      const code = api.lastError();
      if (code === NOT_ACTIVE || (code === CANNOT_ACCEPT && !isAlive(status(handle).processId))) return true;
      if (!isAlive(status(handle).processId)) return true;
      throw new WindowsFailure('ControlService', code);
    });
    if (!gone) await reach('stopped');
  }

  return {
    install(line: string): void {
      const services = service.openManager(null, null, ALL_ACCESS) as Pointer;
      if (!services) throw new WindowsFailure('OpenSCManager', api.lastError());
      try {
        const handle = createOrChange(api, services, line);
        describe(api, handle);
        service.close(handle);
      } finally {
        service.close(services);
      }
    },
    async start(): Promise<void> {
      withService((handle) => {
        if (!service.start(handle, 0, null)) throw new WindowsFailure('StartService', api.lastError());
      });
      await reach('running');
    },
    stop,
    async remove(): Promise<void> {
      await stop();
      withService((handle) => {
        if (!service.remove(handle)) throw new WindowsFailure('DeleteService', api.lastError());
      });
    },
    state(): ServiceState {
      try {
        return withService((handle) => STATES[status(handle).state] ?? 'stopped');
      } catch (error) {
        if (error instanceof WindowsFailure && error.code === NO_SUCH_SERVICE) return 'absent';
        throw error;
      }
    },
  };
}

/** A service that is there already, such as the original's, is given the new line. */
function createOrChange(api: Api, services: Pointer, line: string): Pointer {
  const { service } = api;
  const nothing = [null, null, null, null, null] as const;
  const made = service.create(
    ...[services, SERVICE_NAME, SHOWN_NAME, SERVICE_ACCESS, OWN_PROCESS, AUTO_START, ERROR_NORMAL, line],
    ...nothing,
  ) as Pointer;
  if (made) return made;
  const code = api.lastError();
  if (code !== SERVICE_EXISTS) throw new WindowsFailure('CreateService', code);
  const handle = service.open(services, SERVICE_NAME, SERVICE_ACCESS) as Pointer;
  if (!handle) throw new WindowsFailure('OpenService', api.lastError());
  if (!service.changeConfig(handle, OWN_PROCESS, AUTO_START, ERROR_NORMAL, line, ...nothing, SHOWN_NAME))
    throw new WindowsFailure('ChangeServiceConfig', api.lastError());
  return handle;
}

function describe(api: Api, handle: Pointer): void {
  const { service } = api;
  service.describe(handle, 1, { text: DESCRIPTION });
  const actions = RESTARTS_MS.map((delayMs) => ({ type: 1, delayMs }));
  service.setFailureActions(handle, 2, {
    ...{ resetSeconds: FORGET_SECONDS, message: null, command: null, count: actions.length, actions },
  });
}

function isAlive(processId: number): boolean {
  if (processId === 0) return false;
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
