/** Servers as an administrator starts them, each test in a folder of its own; all are stopped after it. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach } from 'vitest';
import { readServerSettings, type ServerSettings, wrongSettingsText } from '../settings.ts';
import { type StartedServer, startServer } from '../start.ts';

export interface Started extends StartedServer {
  /** All it said to people. */
  readonly said: string;
  readonly log: readonly string[];
}

/** Gives each test of a file a folder, and servers in it. */
export function startedServers() {
  let folder = '';
  const running: StartedServer[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'server-'));
  });
  afterEach(async () => {
    for (const server of running.splice(0)) await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function settings(...argv: string[]): ServerSettings {
    const given = ['--port', '0', ...argv];
    const loaded = readServerSettings({ argv: given, folder });
    if (!loaded.ok) throw new Error(wrongSettingsText(loaded.wrong));
    return loaded.values;
  }

  async function start(...argv: string[]): Promise<Started> {
    let said = '';
    const log: string[] = [];
    const server = await startServer(settings(...argv), {
      say: (text) => {
        said += text;
      },
      logTo: { write: (line) => void log.push(line) },
    });
    running.push(server);
    return { ...server, said, log };
  }

  return {
    start,
    path: (name: string) => join(folder, name),
    config: (text: string) => writeFileSync(join(folder, 'config.ini'), text),
  };
}

export const keyIn = (said: string): string => /API key {8}(\S+)/.exec(said)![1]!;
export const passwordIn = (said: string): string | undefined => /password {7}(\S+)/.exec(said)?.[1];

/** Whether the command lines that are printed can be run here. */
export const CURL = spawnSync('curl', ['--version']).status === 0;
if (!CURL) console.log('skipped: curl is not installed, so printed command lines are not run');

/** Standard output of curl. */
export async function curl(...words: readonly string[]): Promise<string> {
  return (await promisify(execFile)('curl', ['-sS', ...words])).stdout;
}

/** Runs the command line that the first start prints, and gives body and status. */
export async function runPrintedCurl(said: string): Promise<string> {
  const printed = /^curl [\s\S]+\}'$/m.exec(said)![0];
  const line = printed.replace('curl ', "curl -sS -w ' %{http_code}' ");
  return (await promisify(execFile)('sh', ['-c', line])).stdout;
}

/** Posts so many different events at once; the answers, null where the connection was cut. */
export function post(address: string, key: string, count: number): Promise<Response | null>[] {
  return Array.from({ length: count }, (_, second) => {
    const Timestamp = new Date(Date.UTC(2025, 5, 1) + second * 1_000).toISOString();
    const body = JSON.stringify({ EventType: 'Lock', UserName: 'ana', ComputerName: 'PC-1', Timestamp });
    const headers = { 'x-api-key': key, 'content-type': 'application/json' };
    return fetch(`${address}/api/log_event`, { method: 'POST', headers, body }).catch(() => null);
  });
}
