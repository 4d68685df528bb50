/** Where there is no Windows: enough of a system to run the agent's command line, its settings and its tests. */
import { chmodSync, mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import type { System } from './system.ts';

const ONLY_WINDOWS = 'This works on Windows only.';

export const otherSystem: System = {
  service: {
    install() {
      throw new Error(ONLY_WINDOWS);
    },
    start: () => Promise.reject(new Error(ONLY_WINDOWS)),
    stop: () => Promise.reject(new Error(ONLY_WINDOWS)),
    remove: () => Promise.reject(new Error(ONLY_WINDOWS)),
    state: () => 'absent',
    serve: async () => false,
  },
  computer: hostname,
  defaultFolder: '/var/lib/usersessionmon',
  secureFolder(folder) {
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o700);
  },
  secureFile: (file) => chmodSync(file, 0o600),
  // File modes guard it here.
  protect: (secret) => secret,
  unprotect: () => null,
  sources: () => [],
  inspect: () => [
    { what: 'system', ok: false, told: 'no Windows: there are no events to read', remedy: null },
  ],
  auditPolicy: () => null,
};
