/**
 * A year of a company of 10,000 users, 5 million sessions: how long its pages take, and what they do to those who send
 * events meanwhile. The store is filled past ingest with rows that the fold made; see fill-year-process.ts.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Ask, firstKey, firstPassword, signedIn } from '../e2e/server/lib/portal.ts';
import { startServerProcess } from '../e2e/server/lib/server-process.ts';
import { tell } from './lib/figures.ts';
import { cpuSecondsOf, load, postOf } from './lib/load.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    sessions: { type: 'string' },
    users: { type: 'string' },
  },
});
const SESSIONS = values.sessions ?? (values.quick ? '20000' : '5000000');
const USERS = values.users ?? (values.quick ? '100' : '10000');
const FILL = fileURLToPath(new URL('../apps/server/src/testdata/fill-year-process.ts', import.meta.url));
const TIMES = 3;
const DAY_MS = 86_400_000;
const SECONDS = values.quick ? 1 : 10;
const CONNECTIONS = 20;
/** Questions under way at any time while events are sent. */
const READERS = 3;
const COMPUTERS = 1_000;

interface Filled {
  readonly sessions: number;
  readonly users: number;
  readonly computers: number;
}

function fill(url: string): Filled {
  const { status, stdout } = spawnSync(process.execPath, [FILL, url, SESSIONS, USERS], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error('The year could not be put into the store.');
  return JSON.parse(stdout.toString()) as Filled;
}

/** The figures of the questions are those of HTTP: sign-in, threads and JSON included. */
type Question = readonly [what: string, msMax: number | null, path: string];

// biome-ignore format: a table reads better in rows
function questions(lastMs: number, user: string): readonly Question[] {
  const range = (days: number) => `from=${new Date(lastMs - days * DAY_MS).toISOString()}&to=${new Date(lastMs + 1).toISOString()}`;
  const of = (text: string) => `filter=${encodeURIComponent(text)}`;
  return [
    ['sessions: newest page', 300, 'sessions?limit=100'],
    ['sessions: newest page of a month', 300, `sessions?limit=100&${range(30)}`],
    ['sessions: newest page of the year', 300, `sessions?limit=100&${range(365)}`],
    ['sessions: page in the middle', 300, `sessions?limit=100&to=${new Date(lastMs - 182 * DAY_MS).toISOString()}`],
    ['sessions: a user’s month', 300, `sessions?limit=100&${of(`user:${user}`)}&${range(30)}`],
    ['sessions: a user’s year', 300, `sessions?limit=500&${of(`user:${user}`)}&${range(365)}`],
    ['sessions: the longest of a month', 1_000, `sessions?limit=100&sort=duration&${range(30)}`],
    ['sessions: the longest of the year', null, 'sessions?limit=100&sort=duration'],
    ['sessions: totals of a month', null, `sessions/totals?${range(30)}`],
    ['events: newest page', 1_000, 'events?limit=100'],
    ['timeline: 40 lanes of a month', 1_000, `timeline/lanes?by=user&limit=40&${range(30)}`],
    ['timeline: 40 lanes of the year', 1_000, `timeline/lanes?by=user&limit=40&${range(365)}`],
    ['timeline: day matrix, 40 users, a month', 2_000, `timeline/days?by=user&limit=40&${range(30)}`],
    ['timeline: day matrix, 40 users, the year', 2_000, `timeline/days?by=user&limit=40&${range(365)}`],
    ['timeline: minimap of a month', 1_000, `timeline/minimap?bins=400&${range(30)}`],
    ['timeline: minimap of the year', null, `timeline/minimap?bins=400&${range(365)}`],
    ['people: page of a month', null, `people?limit=100&${range(30)}`],
  ];
}

interface Took {
  /** From question to answer, the quickest of some. */
  readonly wallMs: number;
  /** CPU time of the server for one, whatever else the machine does. */
  readonly cpuMs: number;
}

async function measured(pid: number, ask: () => Promise<unknown>): Promise<Took> {
  let wallMs = Number.POSITIVE_INFINITY;
  const before = cpuSecondsOf(pid);
  for (let i = 0; i < TIMES; i++) {
    const started = performance.now();
    await ask();
    wallMs = Math.min(wallMs, performance.now() - started);
  }
  return { wallMs, cpuMs: ((cpuSecondsOf(pid) - before) * 1_000) / TIMES };
}

/** Single events of a fleet that was not there before, as agents of the original send them. */
function singles(key: string): () => Buffer {
  const begin = Date.now() - COMPUTERS;
  let n = 0;
  return () => {
    const [computer, turn] = [n % COMPUTERS, Math.floor(n++ / COMPUTERS)];
    const event = {
      EventType: ['Logon', 'Lock', 'Unlock', 'Logoff'][turn % 4],
      UserName: `sender${computer}`,
      ComputerName: `SENDER-${computer}`,
      Timestamp: new Date(begin + turn * 60_000 + computer).toISOString(),
    };
    return postOf('/api/log_event', key, JSON.stringify(event));
  };
}

const folder = mkdtempSync(join(tmpdir(), 'logonscope-bench-year-'));
const file = join(folder, 'year.db');
const url = `sqlite:///${file}`;
const server = await startServerProcess({ folder, flags: ['--database', url] });
try {
  await server.stop();
  const started = performance.now();
  const { sessions, users, computers } = fill(url);
  const took = Math.round((performance.now() - started) / 1000);
  const gigabytes = (statSync(file).size / 1e9).toFixed(1);
  console.log(
    `${sessions} sessions, ${users} users, ${computers} computers, 365 days, ${gigabytes} GB, filled in ${took} s`,
  );
  await server.restart();
  const ask = await signedIn(server.address, 'superadmin', firstPassword(server));
  const [company] = (await ask<{ rows: { id: number }[] }>('companies')).rows;
  const base = `companies/${company!.id}`;
  const [newest] = (await ask<{ rows: { start: string; user: string }[] }>(`${base}/sessions?limit=1`)).rows;
  const asked = questions(Date.parse(newest!.start), newest!.user.toLowerCase());
  for (const [what, most, path] of asked) {
    const { wallMs, cpuMs } = await measured(server.pid, () => ask(`${base}/${path}`));
    tell({ part: 'year', what, value: wallMs, unit: 'ms', ...(most !== null && !values.quick && { most }) });
    tell({ part: 'year', what: `${what}: CPU`, value: cpuMs, unit: 'ms' });
  }
  await ingestBeside(ask, base, asked);
} finally {
  await server.kill();
  rmSync(folder, { recursive: true, force: true });
}

/** The same load twice, alone and beside questions that never end. */
async function ingestBeside(ask: Ask, base: string, asked: readonly Question[]): Promise<void> {
  const next = singles(firstKey(server));
  const send = () =>
    load({ port: Number(new URL(server.address).port), connections: CONNECTIONS, seconds: SECONDS, next });
  await send();
  const alone = await send();
  const state = { reading: true, answers: 0 };
  const readers = Array.from({ length: READERS }, async (_, reader) => {
    for (let i = reader; state.reading; i++) {
      await ask(`${base}/${asked[i % asked.length]![2]}`);
      state.answers += 1;
    }
  });
  const beside = await send();
  state.reading = false;
  await Promise.all(readers);
  console.log(
    `alone ${Math.round(alone.requests / alone.seconds)}/s, p99 ${alone.p99Ms.toFixed(1)} ms; beside ${state.answers} questions ${Math.round(beside.requests / beside.seconds)}/s, p99 ${beside.p99Ms.toFixed(1)} ms`,
  );
  if (alone.refused + beside.refused > 0) throw new Error('Posts were refused.');
  tell({
    part: 'year',
    what: 'ingest beside questions: p50 against alone',
    value: beside.p50Ms / alone.p50Ms,
    unit: '×',
  });
  tell({
    part: 'year',
    what: 'ingest beside questions: p99',
    value: beside.p99Ms,
    unit: 'ms',
    ...(!values.quick && { most: 60 }),
  });
  tell({
    part: 'year',
    what: 'ingest beside questions: p99 against alone',
    value: beside.p99Ms / alone.p99Ms,
    unit: '×',
  });
}
