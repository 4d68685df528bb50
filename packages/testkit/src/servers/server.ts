/** A real server of our own for the length of a test: free loopback port, temporary folder, gone with the process. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { accessSync, chownSync, constants, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

export interface TestServer {
  /** Address for `openStore`, or for the client concerned. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Ends it in order and removes its folder. */
  stop(): Promise<void>;
  /** Ends it as a power cut would, keeping its folder for `restart`. */
  crash(): Promise<void>;
  /** Starts it again on the same folder and port. */
  restart(): Promise<void>;
}

/** Why a server cannot be had on this machine; the test is skipped and says so. */
export interface NoServer {
  readonly skipped: string;
}

/** How one kind of server is set up and started. */
export interface ServerRecipe {
  readonly name: string;
  /** Binaries without which there is no server. */
  readonly binaries: readonly string[];
  /** The port to have, such as that of a server it takes the place of; a free one unless told. */
  readonly port?: number;
  /** Prepares the folder; `run` waits for a command to end. */
  prepare(place: Place, run: Run): Promise<void>;
  command(place: Place): { readonly binary: string; readonly args: readonly string[] };
  /** Resolves once it answers. */
  ready(place: Place, run: Run): Promise<void>;
  url(place: Place): string;
  readonly stopSignal: NodeJS.Signals;
}

export interface Place {
  readonly folder: string;
  readonly port: number;
}

export type Run = (binary: string, args: readonly string[]) => Promise<string>;

const READY_WITHIN_MS = 60_000;
const ASK_EVERY_MS = 100;

/** Why there cannot be such a server here, or null if there can; known before any is started. */
export function absence({ name, binaries }: ServerRecipe): NoServer | null {
  const missing = binaries.filter((binary) => findBinary(binary) === null);
  return missing.length === 0 ? null : { skipped: `${name} is not installed (no ${missing.join(', ')})` };
}

/** Starts a server by its recipe; absent binaries give a reason instead. */
export async function startServer(recipe: ServerRecipe): Promise<TestServer | NoServer> {
  const absent = absence(recipe);
  if (absent !== null) return absent;
  const folder = mkdtempSync(join(tmpdir(), `logonscope-${recipe.name.toLowerCase()}-`));
  const owner = unprivileged();
  if (owner !== null) chownSync(folder, owner.uid, owner.gid);
  const place = { folder, port: recipe.port ?? (await freePort()) };
  const run: Run = (binary, args) => runProgram(binary, args, owner);
  await recipe.prepare(place, run);
  let child = await begin(recipe, place, run);
  const atExit = () => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', atExit);
  return {
    url: recipe.url(place),
    port: place.port,
    get pid() {
      return child.pid ?? 0;
    },
    async crash() {
      await end(child, 'SIGKILL');
      // PostgreSQL's other processes hold the port until they notice that their parent is gone.
      while (await answers(place.port)) await pause();
    },
    async restart() {
      child = await beginAfterCrash(recipe, place, run);
    },
    async stop() {
      await end(child, recipe.stopSignal);
      process.off('exit', atExit);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const GONE_WITHIN_MS = 10_000;

/** What a killed server leaves behind, such as PostgreSQL's other processes and their memory, goes a moment later. */
async function beginAfterCrash(recipe: ServerRecipe, place: Place, run: Run): Promise<ChildProcess> {
  const until = performance.now() + GONE_WITHIN_MS;
  for (;;) {
    try {
      return await begin(recipe, place, run);
    } catch (error) {
      if (performance.now() > until) throw error;
      await pause();
    }
  }
}

async function begin(recipe: ServerRecipe, place: Place, run: Run): Promise<ChildProcess> {
  const { binary, args } = recipe.command(place);
  const [program = '', ...rest] = mortal([findBinary(binary)!, ...args]);
  const child = spawn(program, rest, {
    cwd: place.folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...unprivileged(),
  });
  let said = '';
  child.stderr?.on('data', (text: Buffer) => {
    said = (said + text.toString()).slice(-4_000);
  });
  const until = performance.now() + READY_WITHIN_MS;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${recipe.name} ended at its start: ${said}`);
    try {
      await recipe.ready(place, run);
      return child;
    } catch (error) {
      if (performance.now() > until) {
        child.kill('SIGKILL');
        throw new Error(`${recipe.name} does not answer: ${said}`, { cause: error });
      }
    }
    await pause();
  }
}

const pause = () => new Promise((resume) => setTimeout(resume, ASK_EVERY_MS));

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}

/** Where Linux offers it, the server ends with us even if we are killed and cannot end it ourselves. */
function mortal(command: readonly string[]): readonly string[] {
  const setpriv = process.platform === 'linux' ? findBinary('setpriv') : null;
  return setpriv === null ? command : [setpriv, '--pdeathsig', 'KILL', '--', ...command];
}

/** Databases refuse to run as root; then they run as nobody, who owns the folder. */
function unprivileged(): { uid: number; gid: number } | null {
  const NOBODY = 65_534;
  return process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : null;
}

/** Runs a program to its end; what it printed. */
export function runProgram(
  binary: string,
  args: readonly string[],
  owner: { uid: number; gid: number } | null = null,
): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(findBinary(binary) ?? binary, [...args], { cwd: '/', ...owner }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${binary} failed: ${stderr || stdout || error.message}`));
    });
  });
}

/** Whether somebody listens on a loopback port. */
export function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** A port that was free a moment ago. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Debian keeps PostgreSQL's programs, newest first, and some servers outside PATH. */
function searchedFolders(): string[] {
  const postgres = '/usr/lib/postgresql';
  let versions: string[] = [];
  try {
    versions = readdirSync(postgres).sort((a, b) => Number(b) - Number(a));
  } catch {
    // Not a Debian with PostgreSQL: PATH decides.
  }
  const own = versions.map((version) => join(postgres, version, 'bin'));
  return [...own, ...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
}

export function findBinary(name: string): string | null {
  for (const folder of searchedFolders()) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not here; the next folder may have it.
    }
  }
  return null;
}
