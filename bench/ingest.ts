/** Ingest over HTTP, durable before the answer: single events and batches, beside the same server without a store. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { tell } from './lib/figures.ts';
import { cpuSecondsOf, type Loaded, load, postOf } from './lib/load.ts';

const QUICK = process.argv.includes('--quick');
const SECONDS = QUICK ? 1 : 6;
const ROUNDS = QUICK ? 1 : 3;
const CONNECTIONS = 100;
const BATCH_CONNECTIONS = 2;
const BATCH_EVENTS = 5_000;
/** Who sends single events, and whose events a batch holds. */
const COMPUTERS = 4_000;
const COMPUTERS_OF_BATCH = 200;
/** Requests before anything is measured: each computer sends its first two events. */
const WARM_UP = QUICK ? 0 : 2 * COMPUTERS;
const WARM_UP_BATCHES = QUICK ? 0 : 10;
const WORDS = ['Logon', 'Lock', 'Unlock', 'Logoff'] as const;
const BEGIN = Date.UTC(2026, 0, 1);

interface Server {
  readonly process: ChildProcess;
  readonly pid: number;
  readonly port: number;
  readonly key: string;
}

async function start(kind: 'bare' | 'store'): Promise<Server> {
  const script = fileURLToPath(new URL('../apps/server/src/testdata/measured-server.ts', import.meta.url));
  const child = spawn(process.execPath, [script, kind], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  return {
    process: child,
    pid: child.pid!,
    ...(JSON.parse(line.toString()) as { port: number; key: string }),
  };
}

async function stop({ process }: Server): Promise<void> {
  process.kill('SIGTERM');
  await once(process, 'exit');
}

/** The n-th event of a fleet whose people log on, lock, unlock and log off in turn. */
function eventAt(n: number, computers = COMPUTERS, first = 0) {
  const computer = first + (n % computers);
  const turn = Math.floor(n / computers);
  const time = new Date(BEGIN + turn * 900_000 + computer * 100).toISOString();
  return { word: WORDS[turn % WORDS.length]!, computer: `PC-${computer}`, user: `user${computer}`, time };
}

function singles(key: string): () => Buffer {
  let n = 0;
  return () => {
    const { word, computer, user, time } = eventAt(n++);
    const event = {
      EventType: word,
      UserName: user,
      ComputerName: computer,
      Timestamp: time,
      LocalIP: '192.168.1.7',
    };
    return postOf('/api/log_event', key, JSON.stringify({ ...event, retry: 0 }));
  };
}

/** Each connection is a collector with computers of its own, whose events it sends in their order. */
function batches(key: string): (connection: number) => Buffer {
  const sent: number[] = [];
  return (connection) => {
    const from = sent[connection] ?? 0;
    sent[connection] = from + BATCH_EVENTS;
    const events = Array.from({ length: BATCH_EVENTS }, (_, i) => {
      const first = connection * COMPUTERS_OF_BATCH;
      const { word, computer, user, time } = eventAt(from + i, COMPUTERS_OF_BATCH, first);
      return { type: word, computer, user, time };
    });
    return postOf('/api/v1/events', key, JSON.stringify(events));
  };
}

interface Run extends Loaded {
  readonly cpuSeconds: number;
}

async function measure(
  kind: 'bare' | 'store',
  connections: number,
  requests: (key: string) => (connection: number) => Buffer,
  warmUp: number,
): Promise<Run> {
  const server = await start(kind);
  try {
    const next = requests(server.key);
    // A server that has been running: its computers are known, its code is compiled.
    await load({ port: server.port, connections, seconds: SECONDS / 4, requestsMin: warmUp, next });
    const before = cpuSecondsOf(server.pid);
    const loaded = await load({ port: server.port, connections, seconds: SECONDS, next });
    if (loaded.refused > 0) throw new Error(`${loaded.refused} requests were refused`);
    return { ...loaded, cpuSeconds: cpuSecondsOf(server.pid) - before };
  } finally {
    await stop(server);
  }
}

const rate = ({ requests, seconds }: Run) => requests / seconds;
const cpuUs = ({ requests, cpuSeconds }: Run) => (cpuSeconds * 1e6) / requests;
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;

function shown(run: Run): string {
  const { p50Ms, p99Ms } = run;
  return `${Math.round(rate(run))}/s, ${cpuUs(run).toFixed(0)} us CPU each, p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms`;
}

const rounds: { bare: Run; store: Run }[] = [];
for (let round = 1; round <= ROUNDS; round++) {
  const bare = await measure('bare', CONNECTIONS, singles, WARM_UP);
  const store = await measure('store', CONNECTIONS, singles, WARM_UP);
  rounds.push({ bare, store });
  console.log(`round ${round}: without a store ${shown(bare)}`);
  console.log(`round ${round}: SQLite FULL     ${shown(store)}`);
}
const of = (figure: (round: { bare: Run; store: Run }) => number) => median(rounds.map(figure));
tell({
  ...{ part: 'ingest', what: 'single events: requests/s against no store', unit: '×', least: 0.6 },
  value: of(({ bare, store }) => rate(store) / rate(bare)),
});
tell({
  ...{ part: 'ingest', what: 'single events: CPU per request against no store', unit: '×', most: 1.8 },
  value: of(({ bare, store }) => cpuUs(store) / cpuUs(bare)),
});
tell({
  ...{ part: 'ingest', what: `single events: p99 at ${CONNECTIONS} connections`, unit: 'ms', most: 30 },
  value: of(({ store }) => store.p99Ms),
});
const bareBatch = await measure('bare', BATCH_CONNECTIONS, batches, WARM_UP_BATCHES);
const batch = await measure('store', BATCH_CONNECTIONS, batches, WARM_UP_BATCHES);
const perCpuSecond = (run: Run) => (run.requests * BATCH_EVENTS) / run.cpuSeconds;
tell({
  ...{
    part: 'ingest',
    what: 'batches of 5,000: events per CPU-second of the server',
    unit: '/s',
    least: 60_000,
  },
  value: perCpuSecond(batch),
});
tell({
  ...{ part: 'ingest', what: 'batches of 5,000: the same without a store', unit: '/s' },
  value: perCpuSecond(bareBatch),
});
