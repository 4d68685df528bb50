/** Windows, as the agent sees it. */
import { hostname } from 'node:os';
import type { LogAccess } from '../collect/collect.ts';
import { INSTALL_FOLDER } from '../settings.ts';
import type { EventSource } from '../source.ts';
import type { Finding, System } from '../system.ts';
import { createTold } from '../told.ts';
import { type Api, createApi } from './api.ts';
import { auditPolicy } from './audit-policy.ts';
import { channelsOf } from './channels.ts';
import { eventLogSource } from './event-log.ts';
import { inspect } from './inspect.ts';
import { type Koffi, loadKoffi } from './koffi.ts';
import { logAccess } from './log-query.ts';
import { noticeSource } from './notices.ts';
import { protect, unprotect } from './protect.ts';
import { secureFile, secureFolder } from './secure.ts';
import { serviceControl } from './service-control.ts';
import { serviceHost } from './service-main.ts';
import { terminalSessionIds, terminalUser } from './terminal-sessions.ts';

export interface WindowsSystem extends System {
  readonly logs: LogAccess;
}

/** `koffi` is loaded from the program itself; its file lies in `folder`, which only administrators may change. */
export function windowsSystem(koffiBytes: Buffer, folder: string): WindowsSystem {
  let loaded: Koffi | null = null;
  const koffi = () => {
    loaded ??= loadKoffi(koffiBytes, folder);
    return loaded;
  };
  return systemOf(createApi(koffi()));
}

export function systemOf(api: Api): WindowsSystem {
  const control = serviceControl(api);
  const host = serviceHost(api);
  const computer = () => hostname();
  return {
    service: { ...control, serve: (run) => host.serve(run) },
    computer,
    defaultFolder: INSTALL_FOLDER,
    secureFolder: (folder) => secureFolder(api, folder),
    secureFile: (file) => secureFile(api, file),
    protect: (secret) => protect(api, secret),
    unprotect: (text) => unprotect(api, text),
    auditPolicy: () => auditPolicy(api),
    inspect: (): readonly Finding[] => inspect(api),
    logs: logAccess(api),
    sources(wanted): readonly EventSource[] {
      const told = createTold();
      const notices = noticeSource({
        computer: computer(),
        now: () => Date.now(),
        subscribe: (listener) => host.onSessionChange(listener),
        sessionIds: () => terminalSessionIds(api),
        userOf: (id) => terminalUser(api, id),
        told: ({ plain, time }) => {
          if (plain !== null) told.add(plain, time);
        },
      });
      const logs = channelsOf(wanted).map((channel) =>
        eventLogSource({ api, channel, alreadyTold: told.has }),
      );
      return [...(wanted.includes('notices') ? [notices] : []), ...logs];
    },
  };
}
