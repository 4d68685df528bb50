/** A Windows computer for tests: a fresh Wine prefix with our stand-ins for wevtapi and wtsapi32, to be switched on and off. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MOCKS = fileURLToPath(new URL('./mock/', import.meta.url));
const WINE_LIBRARIES = '/usr/lib/x86_64-linux-gnu/wine/x86_64-windows';
const COMMAND_MS = 120_000;
/** Room for the program, twice while it is replaced, and for some data. */
const DISK_MB = 320;

export interface Said {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

export interface WindowsMachine {
  /** Root of the drive C, as this system sees it. */
  readonly drive: string;
  /** Where the stand-in of the event logs has its files. */
  readonly logs: string;
  run(program: string, ...args: string[]): Said;
  /** Adds an event to a log, as Windows would have written it. */
  log(channel: string, xml: string): void;
  /** Empties a log. */
  clear(channel: string): void;
  /** Says who sits in terminal session 1; null: nobody. */
  user(told: string | null): void;
  /** Fills what is left of the disk that holds ProgramData with this file. */
  fillDisk(file: string): void;
  /** Ends everything at once. */
  powerCut(): void;
  /** Starts the computer; services that start with it do. */
  boot(): Promise<void>;
  remove(): void;
}

const WARNINGS = ['-O1', '-Wall', '-Werror', '-D__USE_MINGW_ANSI_STDIO=1', '-static-libgcc'];

/** Builds one of our stand-ins; what ends in `.dll` is a library. */
function compile(source: string, target: string): void {
  const shared = target.endsWith('.dll') ? ['-shared'] : [];
  const line = [...WARNINGS, ...shared, '-o', target, join(MOCKS, source)];
  execFileSync('x86_64-w64-mingw32-gcc', line, { stdio: 'inherit' });
}

/**
 * Wine 8 has a VirtualAlloc2 that refuses what newer V8 asks of it. A copy without that name lets V8 take its older way;
 * the program under test is not touched.
 */
function patchKernel(into: string): void {
  const bytes = readFileSync(join(WINE_LIBRARIES, 'kernelbase.dll'));
  for (const [from, to] of [
    ['\0VirtualAlloc2\0', '\0VirtualAlloc1\0'],
    ['Wine builtin DLL', 'Wine placeholder'],
  ] as const) {
    let found = 0;
    for (let at = bytes.indexOf(from); at >= 0; at = bytes.indexOf(from, at + 1), found++)
      bytes.write(to, at, 'latin1');
    if (found === 0) throw new Error(`This Wine has no "${from}"; the machine cannot be prepared for it.`);
  }
  writeFileSync(join(into, 'kernelbase.dll'), bytes);
}

interface Places {
  readonly folder: string;
  readonly drive: string;
  readonly logs: string;
  readonly userFile: string;
}

/** A fresh Windows with a small disk of its own for ProgramData, our stand-ins, and the variables they read. */
function prepare(
  { folder, drive, logs, userFile }: Places,
  wine: (command: string, args: readonly string[]) => unknown,
): void {
  wine('wineboot', ['-i']);
  wine('wineserver', ['-w']);
  // `npm run test:agent` gives the mount a name space of its own.
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m`, 'tmpfs', join(drive, 'ProgramData')]);
  const system = join(drive, 'windows', 'system32');
  patchKernel(system);
  for (const name of ['wevtapi', 'wtsapi32']) compile(`${name}.c`, join(system, `${name}.dll`));
  compile('control.c', join(system, 'control-service.exe'));
  const settings = join(folder, 'machine.reg');
  writeFileSync(settings, registry(logs, userFile));
  wine('wine', ['regedit', '/S', `Z:${settings.replaceAll('/', '\\')}`]);
  wine('wine', ['winecfg', '-v', 'win10']);
  wine('wineserver', ['-k']);
}

/** Writes until nothing more fits on the disk. */
function fill(file: string): void {
  const handle = openSync(file, 'w');
  const block = Buffer.alloc(4_096, 1);
  try {
    for (;;) writeSync(handle, block);
  } catch {
    // It is full now.
  } finally {
    closeSync(handle);
  }
}

/** Makes the computer; it is off until `boot`. */
export function createMachine(): WindowsMachine {
  const folder = mkdtempSync(join(tmpdir(), 'windows-'));
  const prefix = join(folder, 'prefix');
  const drive = join(prefix, 'drive_c');
  const logs = join(folder, 'logs');
  const userFile = join(folder, 'user.txt');
  mkdirSync(logs);
  const env = { ...process.env, WINEPREFIX: prefix, WINEARCH: 'win64', WINEDEBUG: '-all', DISPLAY: '' };
  const wine = (command: string, args: readonly string[] = []) =>
    spawnSync(command, args, { env, stdio: 'ignore', timeout: COMMAND_MS });
  prepare({ folder, drive, logs, userFile }, wine);
  let held: ChildProcess | null = null;
  const off = () => {
    wine('wineserver', ['-k']);
    wine('wineserver', ['-w']);
    held?.kill('SIGKILL');
    held = null;
  };
  const fileOf = (channel: string) => join(logs, `${channel.replaceAll('/', '_')}.xml`);
  return {
    drive,
    logs,
    run(program, ...args) {
      // Wine's programs cannot write to a pipe of this system, so they write into files.
      const [out, err] = [join(folder, 'out.txt'), join(folder, 'err.txt')];
      const stdio = ['ignore', openSync(out, 'w'), openSync(err, 'w')] as const;
      const { status } = spawnSync('wine', [program, ...args], {
        env,
        stdio: [...stdio],
        timeout: COMMAND_MS,
      });
      return { status, out: readFileSync(out, 'utf8'), err: readFileSync(err, 'utf8') };
    },
    log: (channel, xml) => appendFileSync(fileOf(channel), `${xml.replace(/\s*\n\s*/g, '')}\n`),
    clear: (channel) => writeFileSync(fileOf(channel), ''),
    user(told) {
      if (told === null) rmSync(userFile, { force: true });
      else writeFileSync(userFile, told);
    },
    fillDisk: fill,
    powerCut: off,
    async boot() {
      // Wine stops its services soon after the last ordinary program; this one stays.
      held = spawn('wine', ['cmd', '/c', 'pause'], { env, stdio: ['pipe', 'ignore', 'ignore'] });
      await new Promise((resume) => setTimeout(resume, 1_000));
    },
    remove() {
      off();
      spawnSync('umount', ['-l', join(drive, 'ProgramData')]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function registry(logs: string, userFile: string): string {
  const quoted = (path: string) => `Z:${path}`.replaceAll('/', '\\').replaceAll('\\', '\\\\');
  return `REGEDIT4

[HKEY_CURRENT_USER\\Software\\Wine]
"Version"="win10"

[HKEY_CURRENT_USER\\Software\\Wine\\DllOverrides]
"kernelbase"="native"
"wevtapi"="native"
"wtsapi32"="native"

[HKEY_LOCAL_MACHINE\\System\\CurrentControlSet\\Control\\Session Manager\\Environment]
"MOCK_EVT_DIR"="${quoted(logs)}"
"MOCK_WTS_FILE"="${quoted(userFile)}"
`;
}

/** What a Windows path is here. */
export const windowsPath = (path: string): string => `Z:${path.replaceAll('/', '\\')}`;

let record = 1_000;
/** A record of the Security log of today's Windows, a minute after the one before. */
export function securityEvent(
  eventId: number,
  user: string,
  fields: Readonly<Record<string, string>> = {},
): string {
  const number = ++record;
  const time = new Date(Date.UTC(2026, 2, 2, 8) + number * 60_000).toISOString();
  const data = {
    ...{ TargetUserSid: 'S-1-5-21-1-2-3-1001', TargetUserName: user, TargetDomainName: 'ACME' },
    ...{ TargetLogonId: '0x3e1a2b', ...fields },
  };
  return `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System>
    <Provider Name="Microsoft-Windows-Security-Auditing"/><EventID>${eventId}</EventID>
    <TimeCreated SystemTime="${time}"/><EventRecordID>${number}</EventRecordID><Channel>Security</Channel>
    <Computer>PC-1</Computer></System><EventData>${Object.entries(data)
      .map(([name, value]) => `<Data Name="${name}">${value}</Data>`)
      .join('')}</EventData></Event>`;
}
