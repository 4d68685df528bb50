/** A server as operators run it: a process of its own on a loopback port, that can be killed and started again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../apps/cli/src/main.ts', import.meta.url));
const START_WITHIN_MS = 60_000;

export interface ProcessOptions {
  /** Its working folder; the instance folder lies in it. */
  readonly folder: string;
  /** Standing flags of `serve`. */
  readonly flags?: readonly string[];
  /** Put before the command line, such as a program that gives it a disk of its own. */
  readonly within?: readonly string[];
}

export interface ServerProcess {
  /** `http://127.0.0.1:port`; the same after each start. */
  readonly address: string;
  readonly pid: number;
  /** False once it ended, whoever ended it. */
  readonly running: boolean;
  /** All it said to people since it was first started, and its log. */
  said(): string;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again on the same port and folder; resolves when it listens. */
  restart(): Promise<void>;
  /** Ends it in order; its exit status. */
  stop(): Promise<number | null>;
}

/** Starts `logonscope serve` and resolves when it listens. Limits per key are off: these are tests of load. */
export async function startServerProcess(options: ProcessOptions): Promise<ServerProcess> {
  const port = await freePort();
  let said = '';
  const begin = async () => {
    const started = spawnServer(options, port);
    const from = said.length;
    for (const stream of [started.stdout!, started.stderr!])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    await listening(started, () => said.slice(from));
    return started;
  };
  let child = await begin();
  return {
    address: `http://127.0.0.1:${port}`,
    get pid() {
      return child.pid!;
    },
    get running() {
      return child.exitCode === null && child.signalCode === null;
    },
    said: () => said,
    async kill() {
      await end(child, 'SIGKILL');
    },
    async restart() {
      child = await begin();
    },
    stop: () => end(child, 'SIGTERM'),
  };
}

function spawnServer({ folder, flags = [], within = [] }: ProcessOptions, port: number): ChildProcess {
  const { LOGONSCOPE_CONFIG: _, HOST: __, PORT: ___, ...env } = process.env;
  const line = [...within, process.execPath, MAIN, 'serve', '--port', String(port), ...flags];
  const started = spawn(line[0]!, [...line.slice(1), '--log-level', 'warn'], {
    cwd: folder,
    env: { ...env, LOGONSCOPE_RATE_LIMITING: 'false' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const atExit = () => started.kill('SIGKILL');
  process.once('exit', atExit);
  started.once('exit', () => process.off('exit', atExit));
  return started;
}

function listening(child: ChildProcess, said: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`The server does not start: ${said()}`)), START_WITHIN_MS);
    child.once('exit', (status) => reject(new Error(`The server ended with ${status}: ${said()}`)));
    child.stdout!.on('data', () => {
      if (!said().includes('listens on')) return;
      clearTimeout(late);
      resolve();
    });
  });
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => {
    child.once('close', resolve);
    child.kill(signal);
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
