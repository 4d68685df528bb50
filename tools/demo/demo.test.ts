/** A small demo from its first event to its end: history, live events, command lines as printed, going on with it. */
import { execFile, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { call, listCompanies, listSessions, listSites, totalEvents } from '@logonscope/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Demo, type DemoOptions, startDemo } from './demo.ts';
import { computersOf, dayBefore, recordsOf } from './fleet.ts';
import { InUseError, NotOurFolderError } from './folder.ts';
import { signIn } from './set-up.ts';

const CURL = spawnSync('curl', ['--version']).status === 0;
if (!CURL) console.log('skipped: curl is not installed, so the lines a demo prints are not run');

/** A Tuesday when people work in all zones but the last. */
const NOON_MS = Date.UTC(2025, 5, 3, 12);
const HOUR_MS = 3_600_000;

let parent: string;
let folder: string;
let said: string;
let nowMs: number;
const running: Demo[] = [];
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'demo-'));
  folder = join(parent, 'instance-demo');
  said = '';
  nowMs = NOON_MS;
});
afterEach(async () => {
  for (const demo of running.splice(0)) await demo.close();
  rmSync(parent, { recursive: true, force: true });
});

async function start(more: Partial<DemoOptions> = {}): Promise<Demo> {
  const demo = await startDemo({
    ...{ folder, port: 0, people: 5, days: 4, signal: new AbortController().signal, clock: () => nowMs },
    say: (text) => {
      said += text;
    },
    ...more,
  });
  running.push(demo);
  return demo;
}

async function eventsOf({ address, state }: Demo): Promise<number> {
  const params = { companyId: state.companyId };
  return (await call(await signIn(address, state), totalEvents, { params, query: {} })).body.events;
}

async function until(true_: () => Promise<boolean>): Promise<void> {
  while (!(await true_())) await new Promise((resolve) => setTimeout(resolve, 50));
}

describe('the fleet', () => {
  it('of sixty people has sixty people', () => {
    expect(computersOf({ people: 60, firstDay: '2025-03-03' }).people).toBe(60);
  });

  it('does the same, however far one looks ahead', () => {
    const size = { people: 3, firstDay: dayBefore(NOON_MS, 5) };
    const [computer] = computersOf(size).computers;
    const written = (untilMs: number) =>
      [...recordsOf(computer!, size, untilMs)]
        .flat()
        .filter(({ time }) => time <= NOON_MS)
        .map(({ time, recordId, layout }) => `${time} ${layout.channel} ${recordId} ${layout.id}`);
    expect(written(NOON_MS).length).toBeGreaterThan(100);
    expect(written(NOON_MS + 24 * HOUR_MS)).toEqual(written(NOON_MS));
  });
});

describe('a demo', () => {
  it('shows sessions of a company that says it is one, takes live events, and stops', async () => {
    const told: string[] = [];
    const demo = await start({ progress: (loaded, computers) => told.push(`${loaded}/${computers}`) });
    const { address, state, historyEvents } = demo;
    const { length } = computersOf(state).computers;
    expect(told).toEqual(Array.from({ length }, (_, index) => `${index + 1}/${length}`));
    const portal = await signIn(address, state);
    const [company] = (await call(portal, listCompanies, {})).body.rows;
    expect([company?.name, company?.description]).toEqual([
      'Demo',
      'Demo data: simulated people and computers.',
    ]);
    const params = { companyId: state.companyId };
    const sites = (await call(portal, listSites, { params })).body.rows.map(({ name }) => name);
    expect(sites.toSorted()).toEqual(['Bengaluru', 'Berlin', 'London', 'New York']);
    const sessions = (await call(portal, listSessions, { params, query: {} })).body.rows;
    expect(sessions.length).toBeGreaterThan(5);
    expect(sessions.some(({ end }) => end === null)).toBe(true);

    expect(historyEvents).toBeGreaterThan(500);
    expect(await eventsOf(demo)).toBe(historyEvents);
    nowMs += 3 * HOUR_MS;
    await until(async () => (await eventsOf(demo)) > historyEvents);

    await demo.close();
    await expect(fetch(`${address}/livez`)).rejects.toThrow();
  });

  it.skipIf(!CURL)('prints command lines that work as they stand', async () => {
    await start();
    const lines = said.split('\n').filter((line) => line.startsWith('curl '));
    const answers: string[] = [];
    for (const line of lines.slice(0, -1)) {
      answers.push((await promisify(execFile)('sh', ['-c', line])).stdout);
    }
    expect(JSON.parse(answers[0]!)).toMatchObject({ state: 'full' });
    expect(answers[1]).toMatch(/^User,/);
    expect(answers[1]!.split('\n').length).toBeGreaterThan(3);
    expect(JSON.parse(answers[2]!).rows).toHaveLength(3);
    const watching = lines.at(-1)!.replace('curl ', 'curl --max-time 1 ');
    const stream = await promisify(execFile)('sh', ['-c', watching]).catch((error) => error);
    expect(stream.stdout).toContain('retry:');
  });

  it('that goes on has the same people and what they did meanwhile', async () => {
    const first = await start();
    const before = await eventsOf(first);
    await first.close();
    nowMs += 30 * HOUR_MS;
    const second = await start({ keep: true });
    expect(second.state).toMatchObject({ password: first.state.password, firstDay: first.state.firstDay });
    expect(second.historyEvents).toBeGreaterThan(0);
    expect(await eventsOf(second)).toBe(before + second.historyEvents);
    await second.close();
    const third = await start();
    expect(third.state.password).not.toBe(first.state.password);
    expect(third.state.firstDay > first.state.firstDay).toBe(true);
  });

  it('never touches a folder that is not its own', async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'logonscope.db'), 'real');
    await expect(start()).rejects.toThrow(NotOurFolderError);
    expect(existsSync(join(folder, 'logonscope.db'))).toBe(true);
  });

  it('does not throw away the folder of one that runs, and is not kept by one that died', async () => {
    const demo = await start();
    await expect(start()).rejects.toThrow(InUseError);
    expect(await eventsOf(demo)).toBe(demo.historyEvents);
    await demo.close();
    const { pid } = spawnSync(process.execPath, ['--version']);
    writeFileSync(join(folder, 'running.pid'), String(pid));
    expect((await start()).historyEvents).toBeGreaterThan(500);
  });

  it('stops while it loads, and begins anew the next time', async () => {
    await expect(start({ signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
    expect((await start({ keep: true })).historyEvents).toBeGreaterThan(500);
  });
});

describe('npm run demo', () => {
  const SCRIPT = join(import.meta.dirname, '../demo.ts');
  const run = (...flags: string[]) => {
    const child = spawn(process.execPath, [SCRIPT, '--instance', folder, ...flags]);
    let out = '';
    const keep = (text: Buffer) => void (out += text);
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const ended = new Promise<number | null>((done) => child.once('close', done));
    return { child, ended, out: () => out };
  };

  it('runs until Ctrl+C', async () => {
    const { child, ended, out } = run('--port', '0', '--people', '3', '--days', '3');
    await Promise.race([until(async () => out().includes('Ctrl+C stops it.\n')), ended]);
    child.kill('SIGINT');
    expect([await ended, existsSync(join(folder, 'running.pid'))]).toEqual([0, false]);
    expect(out()).toMatch(
      /^Loading 3 days of 3 simulated people …\nLogonscope with demo data listens on http/,
    );
  });

  it('says what is wrong with a flag, and that a port is taken', async () => {
    const wrong = run('--people', 'many');
    expect(await wrong.ended).toBe(2);
    expect(wrong.out()).toBe('demo: --people many: expected a whole number from 1 to 2000\n');
    const { address } = await start({ folder: join(parent, 'other') });
    const late = run('--port', new URL(address).port, '--people', '1', '--days', '1');
    expect(await late.ended).toBe(2);
    expect(late.out()).toContain('demo: the port is taken; choose another with --port\n');
  });
});
