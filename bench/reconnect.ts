/** A fleet that comes back after an outage, each agent with a backlog: how long posts take, what is shed, and that nothing is lost. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chance } from '../e2e/server/lib/chance.ts';
import { enterPortal, firstKey } from '../e2e/server/lib/portal.ts';
import { compare, quantiles } from '../e2e/server/lib/proof.ts';
import { nothingSent, send } from '../e2e/server/lib/senders.ts';
import { startServerProcess } from '../e2e/server/lib/server-process.ts';
import { openWire } from '../e2e/server/lib/wire.ts';
import { tell } from './lib/figures.ts';
import { cpuSecondsOf } from './lib/load.ts';

const AGENTS = process.argv.includes('--quick') ? 50 : 1_000;
const CONNECTIONS = 100;
/** Of each agent: so many posts of so many events, and then what happens just now. */
const BATCHES = 4;
const BATCH_EVENTS = 50;
const OUTAGE_MS = 500;

const folder = mkdtempSync(join(tmpdir(), 'logonscope-bench-reconnect-'));
const server = await startServerProcess({ folder });
const wire = openWire(CONNECTIONS);
try {
  await server.kill();
  const sent = nothingSent();
  const sending = send(
    {
      ...{ wire, addresses: [server.address], key: firstKey(server), senders: AGENTS, random: chance(1) },
      ...{ repeats: 0.05, pauseMs: OUTAGE_MS },
      more: (_, delivery) => delivery <= BATCHES,
      eventsOf: (_, delivery) => (delivery < BATCHES ? BATCH_EVENTS : 1),
    },
    sent,
  );
  await new Promise((resume) => setTimeout(resume, OUTAGE_MS));
  await server.restart();
  const back = performance.now();
  await sending;
  const seconds = (performance.now() - back) / 1_000;
  const cpuSeconds = cpuSecondsOf(server.pid);
  const { p50Ms, p99Ms } = quantiles(sent.tookMs);
  const portal = await enterPortal(server);
  const [company] = await portal.companies();
  const { lost, twice, newAgain } = await compare(sent, portal, company!);
  const figure = (what: string, value: number, unit: string, most?: number) =>
    tell({
      part: 'reconnect',
      what: `${AGENTS} agents: ${what}`,
      value,
      unit,
      ...(most !== undefined && { most }),
    });
  figure('events per second', sent.acknowledged.size / seconds, '/s');
  figure('events per CPU-second of the server', sent.acknowledged.size / cpuSeconds, '/s');
  figure('p50 of a post', p50Ms, 'ms');
  figure('p99 of a post', p99Ms, 'ms');
  figure('posts shed', (sent.answers.get('503') ?? 0) + (sent.answers.get('429') ?? 0), 'posts');
  figure('events lost', lost.length, 'events', 0);
  figure('events twice', twice.length + newAgain.length, 'events', 0);
  await server.stop();
} finally {
  wire.close();
  await server.kill();
  rmSync(folder, { recursive: true, force: true });
}
