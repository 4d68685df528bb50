/** winagentUSM.exe: where it begins. Everything else is in `program.ts`. */
import { mkdtempSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { getRawAsset, isSea } from 'node:sea';
import { otherSystem } from './other-system.ts';
import { runProgram } from './program.ts';
import { INSTALL_FOLDER } from './settings.ts';
import { type WindowsSystem, windowsSystem } from './windows/system.ts';

/** Where Wine gives a pipe, the usual console cannot be written to; this can. */
function write(handle: 1 | 2, text: string): void {
  try {
    writeSync(handle, `${text.trimEnd().replaceAll('\n', '\r\n')}\r\n`);
  } catch {
    // A service has no console.
  }
}

const TEMPORARY = 'winagentUSM-';

/** Beside the installed program, where only administrators write; for any other, a folder of its own. */
function libraryFolder(): string {
  const own = dirname(process.execPath);
  if (own.toLowerCase() === INSTALL_FOLDER.toLowerCase() || process.argv.includes('run')) return own;
  for (const name of readdirSync(tmpdir())) {
    // What is still loaded by another run cannot be removed, and need not be.
    if (name.startsWith(TEMPORARY)) attempt(() => rmSync(join(tmpdir(), name), { recursive: true }));
  }
  return mkdtempSync(join(tmpdir(), TEMPORARY));
}

function attempt(does: () => void): void {
  try {
    does();
  } catch {
    // Left for the next run.
  }
}

async function main(): Promise<void> {
  // Whoever may set variables of the service must not thereby load code into it.
  delete process.env.NODE_OPTIONS;
  let windows: WindowsSystem | null = null;
  const system = () => {
    if (process.platform !== 'win32' || !isSea()) return otherSystem;
    windows ??= windowsSystem(Buffer.from(getRawAsset('koffi.node') as ArrayBuffer), libraryFolder());
    return windows;
  };
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGBREAK'] as const)
    process.once(signal, () => interrupted.abort());
  const status = await runProgram({
    ...{ argv: process.argv.slice(2), program: process.execPath, system, interrupted: interrupted.signal },
    get logs() {
      return windows?.logs ?? null;
    },
    say: (text) => write(1, text),
    complain: (text) => write(2, text),
  });
  // Threads that wait for Windows would keep the process.
  process.exit(status);
}

void main();
