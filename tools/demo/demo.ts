/** A server with a simulated fleet in it: months of history first, then live events until it is stopped. */
import { performance } from 'node:perf_hooks';
import { readServerSettings, type StartedServer, startServer, wrongSettingsText } from '@logonscope/server';
import { computersOf, dayBefore, recordsOf } from './fleet.ts';
import { type DemoState, leaveFolder, openFolder, saveState } from './folder.ts';
import { demoText } from './greeting.ts';
import { type Coming, goLive, type Live } from './live.ts';
import { sendRecords } from './send.ts';
import { setUpCompany } from './set-up.ts';

export interface DemoOptions {
  /** Thrown away and made anew, unless `keep` says otherwise. */
  readonly folder: string;
  readonly keep?: boolean;
  /** 0 takes a free one. */
  readonly port: number;
  readonly people: number;
  readonly days: number;
  /** Aborted when the demo shall stop, also while it loads. */
  readonly signal: AbortSignal;
  readonly say: (text: string) => void;
  /** Called after each computer that is loaded. */
  readonly progress?: (loaded: number, computers: number) => void;
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
  readonly logTo?: { write(line: string): void };
}

export interface Demo {
  readonly address: string;
  readonly state: DemoState;
  /** Events that were stored before it went live. */
  readonly historyEvents: number;
  /** Stops sending, then the server. */
  close(): Promise<void>;
}

const COMPANY = 'Demo';

/** Loads and goes live. Rejects where the server cannot start or `signal` is aborted meanwhile; nothing runs on then. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { folder, keep = false, clock = Date.now } = options;
  const kept = openFolder(folder, keep);
  try {
    const server = await startOn(options, clock);
    return await loadAndGoLive(options, { server, kept, clock }).catch(async (error: unknown) => {
      await server.close();
      throw error;
    });
  } catch (error) {
    leaveFolder(folder);
    throw error;
  }
}

interface Beginning {
  readonly server: StartedServer;
  readonly kept: DemoState | null;
  readonly clock: () => number;
}

async function loadAndGoLive(options: DemoOptions, { server, kept, clock }: Beginning): Promise<Demo> {
  const { folder, say } = options;
  const { address } = server;
  const state = kept ?? (await begun(options, server, clock()));
  const begunAt = performance.now();
  const nowMs = clock();
  const { coming, stored, ...size } = await load(options, server, state, nowMs);
  const seconds = (performance.now() - begunAt) / 1000;
  const comingEvents = coming.length;
  say(demoText({ address, state, size, stored, seconds, comingEvents, nowMs, folder }));
  const live = beginLive(options, { server, state, coming, sinceMs: nowMs, clock });
  const save = () => saveState(folder, { ...state, sentThroughMs: live.sentThroughMs() });
  save();
  const end = async () => {
    await live.stop();
    save();
    await server.close();
    leaveFolder(folder);
  };
  let ended: Promise<void> | null = null;
  return { address, state, historyEvents: stored, close: () => (ended ??= end()) };
}

/** On its own folder and nothing else: settings of the environment may name the database of real people. */
async function startOn({ folder, port, logTo }: DemoOptions, clock: () => number): Promise<StartedServer> {
  const argv = ['--port', String(port), '--instance', folder, '--log-level', 'warn'];
  const loaded = readServerSettings({ argv, env: {}, folder });
  if (!loaded.ok) throw new Error(wrongSettingsText(loaded.wrong));
  return startServer(loaded.values, {
    ...{ clock, company: COMPANY, say: () => {} },
    ...(logTo === undefined ? {} : { logTo }),
  });
}

async function begun(
  options: DemoOptions,
  { address, first }: StartedServer,
  nowMs: number,
): Promise<DemoState> {
  if (first === null) throw new Error(`${options.folder} is half a demo; start again without --keep`);
  const { username, password } = first;
  const company = await setUpCompany(address, { username, password });
  const firstDay = dayBefore(nowMs, options.days);
  const { people } = options;
  return { username, password, ...company, people, firstDay, sentThroughMs: Number.NEGATIVE_INFINITY };
}

interface Loaded {
  readonly coming: Coming[];
  readonly stored: number;
  readonly computers: number;
  readonly people: number;
}

/** Sends what happened until now, a computer at a time; returns what is still to come, by time. */
async function load(
  { signal, progress }: DemoOptions,
  { address: base }: StartedServer,
  state: DemoState,
  nowMs: number,
): Promise<Loaded> {
  const { computers, people } = computersOf(state);
  const coming: Coming[] = [];
  let stored = 0;
  for (const [index, computer] of computers.entries()) {
    const { site } = computer;
    const records = [...recordsOf(computer, state, nowMs)].flat();
    const due = records.filter(({ time }) => time <= nowMs && time > state.sentThroughMs);
    for (const record of records) if (record.time > nowMs) coming.push({ record, site });
    stored += await sendRecords({ base, key: state.keys[site], signal }, due);
    progress?.(index + 1, computers.length);
  }
  coming.sort((left, right) => left.record.time - right.record.time);
  return { coming, stored, computers: computers.length, people };
}

interface Running {
  readonly server: StartedServer;
  readonly state: DemoState;
  readonly coming: Coming[];
  readonly sinceMs: number;
  readonly clock: () => number;
}

function beginLive({ signal, say }: DemoOptions, { server, state, coming, sinceMs, clock }: Running): Live {
  const base = server.address;
  return goLive({
    ...{ coming, sinceMs, clock },
    send: async (site, records) => {
      await sendRecords({ base, key: state.keys[site], signal }, records);
    },
    trouble: (error) => {
      if (!signal.aborted) say(`Live events wait: ${(error as Error).message}\n`);
    },
    over: () => say('The simulated days are over; the server goes on without new events.\n'),
  });
}
