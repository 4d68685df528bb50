/** An agent as a process, on a simulated computer whose events a test lets happen. */
import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventAt, nameOf } from '../server/lib/senders.ts';

const AGENT = fileURLToPath(new URL('../../apps/agent/src/testdata/replay-process.ts', import.meta.url));
const COMPUTER = 'PC-1';

export interface SimulatedAgent {
  /** Names of all events that happened, in order. */
  readonly names: readonly string[];
  /** Resolves when it runs. */
  start(): Promise<void>;
  /** As a power cut would. */
  kill(): Promise<void>;
  /** In order; its exit status. */
  stop(): Promise<number | null>;
  readonly pid: number;
  /** So many more events, a minute apart. */
  happen(count: number): void;
}

/** Prepares the folder of an agent that sends to this address. */
export function createAgent(folder: string, serverUrl: string, apiKey: string): SimulatedAgent {
  const names: string[] = [];
  let child: ChildProcess | null = null;
  mkdirSync(folder, { recursive: true });
  const lines = [
    '[API]',
    `api_key = ${apiKey}`,
    `server_url = ${serverUrl}`,
    'health_check_interval = 0',
    '',
  ];
  writeFileSync(join(folder, 'config.ini'), lines.join('\n'));
  writeFileSync(join(folder, 'computer.ndjson'), '');
  const end = (signal: NodeJS.Signals) =>
    new Promise<number | null>((resolve) => {
      if (child === null || child.exitCode !== null || child.signalCode !== null) return resolve(null);
      child.once('close', resolve);
      child.kill(signal);
    });
  return {
    names,
    get pid() {
      return child!.pid!;
    },
    start: () =>
      new Promise((resolve, reject) => {
        let told = '';
        const started = spawn(process.execPath, [AGENT, folder, COMPUTER], {
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        child = started;
        started.stderr!.on('data', (text) => {
          told += text;
        });
        started.stdout!.once('data', () => resolve());
        started.once('exit', (status) => reject(new Error(`The agent ended with ${status}: ${told}`)));
      }),
    kill: async () => {
      await end('SIGKILL');
    },
    stop: () => end('SIGTERM'),
    happen(count) {
      let text = '';
      for (let i = 0; i < count; i++) {
        const { word, user, time } = eventAt(1, names.length);
        names.push(nameOf({ computer: COMPUTER, time }));
        const upload = { type: word, computer: COMPUTER, user, time };
        text += `${JSON.stringify({ time: Date.parse(time), upload, plain: { word, user } })}\n`;
      }
      appendFileSync(join(folder, 'computer.ndjson'), text);
    },
  };
}
