/** The throw-away folder of a demo, and what has to be remembered in it to go on with the same people. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FleetSize, SiteName } from './fleet.ts';

/** Secrets of made-up people: kept here in the clear, so that a demo that goes on can be signed in to. */
export interface DemoState extends FleetSize {
  readonly username: string;
  readonly password: string;
  readonly companyId: number;
  readonly keys: Readonly<Record<SiteName, string>>;
  /** Everything until then has been sent; milliseconds since 1970. */
  readonly sentThroughMs: number;
}

const MARK = 'demo.json';
/** Holds the process whose demo it is, while that runs. */
const IN_USE = 'running.pid';

/** The folder holds something else, which nobody asked to throw away. */
export class NotOurFolderError extends Error {
  constructor(folder: string) {
    super(`${folder} holds something that is no demo; name another folder with --instance, or remove it`);
    this.name = 'NotOurFolderError';
  }
}

/** Another demo runs there: its database would be thrown away under it. */
export class InUseError extends Error {
  constructor(folder: string, pid: number) {
    super(`a demo runs in ${folder} (process ${pid}); stop it, or name another folder with --instance`);
    this.name = 'InUseError';
  }
}

/**
 * Makes the folder ready: emptied, or with what `keep` asks to keep. Returns the state to go on from, or null for a
 * new demo. Throws `NotOurFolderError` rather than touch a folder that no demo made,
 * and `InUseError` where one runs.
 */
export function openFolder(folder: string, keep: boolean): DemoState | null {
  const mark = join(folder, MARK);
  const used = existsSync(folder) && readdirSync(folder).length > 0;
  if (used && !existsSync(mark)) throw new NotOurFolderError(folder);
  const owner = ownerOf(folder);
  if (owner !== null) throw new InUseError(folder, owner);
  const text = used ? readFileSync(mark, 'utf8') : '';
  const goesOn = keep && text !== '';
  if (used && !goesOn) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, IN_USE), String(process.pid));
  if (goesOn) return JSON.parse(text) as DemoState;
  // Empty until there is something to go on from: a demo that was stopped before begins anew.
  writeFileSync(mark, '', { mode: 0o600 });
  return null;
}

export function saveState(folder: string, state: DemoState): void {
  writeFileSync(join(folder, MARK), `${JSON.stringify(state, null, 1)}\n`, { mode: 0o600 });
}

/** Another demo may have it. */
export function leaveFolder(folder: string): void {
  rmSync(join(folder, IN_USE), { force: true });
}

/** The process that uses the folder; null where it is gone, however it ended. */
function ownerOf(folder: string): number | null {
  const file = join(folder, IN_USE);
  if (!existsSync(file)) return null;
  const pid = Number(readFileSync(file, 'utf8'));
  try {
    // Signal 0 only asks whether there is such a process.
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? pid : null;
  }
}
