/**
 * Folder and files for administrators only. `C:\ProgramData` lets everybody make folders: one that somebody prepared for us
 * with a library in it would run as the system. So the folder is locked before anything is put into it, and taken only
 * if nothing strange is in it.
 */
import { existsSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Api } from './api.ts';
import { WindowsFailure } from './failure.ts';
import type { Pointer } from './koffi.ts';

/** Owner administrators; system and administrators may do everything, nobody else anything, nothing inherited from above. */
const FOLDER_SDDL = 'O:BAG:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)';
const FILE_SDDL = 'O:BAG:BAD:PAI(A;;FA;;;SY)(A;;FA;;;BA)';
/** Owner, group, access list, and that it inherits nothing. */
const INFO = 0x1 | 0x2 | 0x4 | 0x8000_0000;
const WITHOUT_OWNER = 0x4 | 0x8000_0000;
const REVISION = 1;
const CANNOT_OWN = new Set([5, 1307, 1314]);

/** What we, or the original, put there. */
const OURS = [
  /^winagentUSM\.exe(\.old|\.new)?$/i,
  /^config\.ini(\.new)?$/i,
  /^event_log(\.\d+)?\.csv$/i,
  /^(error|session_monitor)\.log(\.\d+)?$/i,
  /^koffi-[0-9a-f]{16}\.node$/i,
  /^(install_service|uninstall)\.bat$/i,
  /^README\.txt$/i,
  /^outbox$/i,
];

/** Throws where the folder is a link, or holds what is none of ours. */
export function refuseForeign(folder: string): void {
  if (!existsSync(folder)) return;
  const found = lstatSync(folder);
  if (found.isSymbolicLink() || !found.isDirectory())
    throw new Error(`${folder} is a link or no folder; remove it first.`);
  for (const name of readdirSync(folder)) {
    const each = lstatSync(join(folder, name));
    if (each.isSymbolicLink()) throw new Error(`${join(folder, name)} leads elsewhere; remove it first.`);
    if (!OURS.some((pattern) => pattern.test(name)))
      throw new Error(`${join(folder, name)} is none of this program's files; move it away first.`);
  }
}

export function secureFolder(api: Api, folder: string): void {
  refuseForeign(folder);
  mkdirSync(folder, { recursive: true });
  setAccess(api, folder, FOLDER_SDDL);
  // Whoever was quick enough to put something there before the lock has lost.
  refuseForeign(folder);
}

export const secureFile = (api: Api, file: string): void => setAccess(api, file, FILE_SDDL);

function setAccess(api: Api, path: string, sddl: string): void {
  const descriptor: Pointer[] = [null];
  if (!api.security.fromSddl(sddl, REVISION, descriptor, null))
    throw new WindowsFailure('ConvertStringSecurityDescriptorToSecurityDescriptor', api.lastError());
  try {
    if (api.security.setFileSecurity(path, INFO, descriptor[0])) return;
    const code = api.lastError();
    // The service itself may not give files away; its folder's owner was set at the installation.
    if (CANNOT_OWN.has(code) && api.security.setFileSecurity(path, WITHOUT_OWNER, descriptor[0])) return;
    throw new WindowsFailure(`SetFileSecurity (${path})`, code);
  } finally {
    api.kernel.localFree(descriptor[0]);
  }
}
