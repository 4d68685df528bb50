/**
 * The process under the control of services. Windows calls back on threads of its own and waits for our answer, so what is
 * done there is short.
 */
import type { Api } from './api.ts';
import { WindowsFailure } from './failure.ts';
import type { Pointer } from './koffi.ts';
import { SERVICE_NAME } from './service-control.ts';

/** WTSSESSION_CHANGE: what happened to which terminal session. */
export interface SessionChange {
  /** 1 to 8, as winuser.h numbers them. */
  readonly type: number;
  readonly terminalSessionId: number;
}

export interface ServiceHost {
  /** Called for each change of a session, on our own thread, in order. */
  onSessionChange(listener: (change: SessionChange) => void): void;
  /** See `ServiceControl.serve`. */
  serve(run: (stop: AbortSignal) => Promise<void>): Promise<boolean>;
}

const CONTROL = { stop: 1, interrogate: 4, shutdown: 5, sessionChange: 14, preShutdown: 15 } as const;
const STATE = { stopped: 1, startPending: 2, stopPending: 3, running: 4 } as const;
/** Stop, shutdown, changes of sessions, and word before the shutdown. */
const ACCEPTED = 0x1 | 0x4 | 0x80 | 0x100;
const OWN_PROCESS = 0x10;
const NO_SERVICE = 1063;
const NOT_IMPLEMENTED = 120;
/** A change of a session as the handler is given it: its size, then the session's number. */
const SESSION_ID_AT = 4;
const PENDING_MS = 20_000;
/** Only in a build for tests: Wine never tells of sessions, so a control of our own stands for it. */
const TEST_CONTROL = 200;

declare const AGENT_TEST_CONTROLS: boolean | undefined;
const takesTestControls = typeof AGENT_TEST_CONTROLS !== 'undefined' && AGENT_TEST_CONTROLS;

export function serviceHost(api: Api): ServiceHost {
  const { koffi, service, types } = api;
  const listeners: ((change: SessionChange) => void)[] = [];
  const stopping = new AbortController();
  let handle: Pointer = null;
  let checkPoint = 0;

  function report(state: number): void {
    const pending = state === STATE.startPending || state === STATE.stopPending;
    checkPoint = pending ? checkPoint + 1 : 0;
    const accepted = state === STATE.running ? ACCEPTED : 0;
    service.setStatus(handle, {
      ...{ type: OWN_PROCESS, state, accepted, exitCode: 0, ownExitCode: 0, checkPoint },
      waitHintMs: pending ? PENDING_MS : 0,
    });
  }

  function change(type: number, terminalSessionId: number): void {
    // Not now: Windows waits for the handler to return.
    setImmediate(() => {
      for (const listener of listeners) listener({ type, terminalSessionId });
    });
  }

  function handler(control: number, eventType: number, eventData: Pointer): number {
    if (control === CONTROL.stop || control === CONTROL.shutdown || control === CONTROL.preShutdown) {
      report(STATE.stopPending);
      stopping.abort();
      return 0;
    }
    if (control === CONTROL.sessionChange) {
      change(eventType, koffi.decode(eventData, SESSION_ID_AT, 'uint32_t') as number);
      return 0;
    }
    if (takesTestControls && control > TEST_CONTROL) {
      change(control - TEST_CONTROL, 1);
      return 0;
    }
    return control === CONTROL.interrogate ? 0 : NOT_IMPLEMENTED;
  }

  return {
    onSessionChange: (listener) => listeners.push(listener),
    serve(run) {
      const handlerPointer = koffi.register(handler, koffi.pointer(types.handlerEx));
      const main = () => {
        handle = service.registerHandler(SERVICE_NAME, handlerPointer, null) as Pointer;
        report(STATE.startPending);
        report(STATE.running);
        // When it ends the dispatcher is told, and returns. After a failure it is not told: then Windows starts us again.
        run(stopping.signal).then(
          () => report(STATE.stopped),
          () => process.exit(1),
        );
      };
      const mainPointer = koffi.register(main, koffi.pointer(types.serviceMain));
      const table = [
        { name: SERVICE_NAME, main: mainPointer },
        { name: null, main: null },
      ];
      return new Promise((resolve, reject) => {
        service.dispatch.async(table, (error: Error | null, served: boolean) => {
          const code = api.lastError();
          if (error !== null) reject(error);
          else if (served) resolve(true);
          else if (code === NO_SERVICE || handle === null) resolve(false);
          else reject(new WindowsFailure('StartServiceCtrlDispatcher', code));
        });
      });
    },
  };
}
