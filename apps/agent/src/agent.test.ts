// The agent as a whole against servers of loopback: nothing lost, nothing doubled, in order, and told as the original did.
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Agent, openAgent } from './agent.ts';
import { systemClock } from './clock.ts';
import type { AgentEvent, PlainWord } from './event.ts';
import { publicAddress } from './public-address.ts';
import { type AgentSettings, settingsOf } from './settings.ts';
import { replaySource } from './sources/replay.ts';

type Answers = (
  path: string,
  body: unknown,
) => { status: number; body: unknown; headers?: Record<string, string> };

let folder: string;
let server: Server;
let address: string;
let answers: Answers;
let posts: { path: string; body: unknown; key: string | undefined }[];
let running: { agent: Agent; end: () => Promise<void> } | null;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'agent-'));
  writeFileSync(join(folder, 'computer.ndjson'), '');
  posts = [];
  running = null;
  answers = ours();
  server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const path = request.url!.split('?')[0]!;
    posts.push({ path, body, key: request.headers['x-api-key'] as string | undefined });
    const answer = answers(path, body);
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(JSON.stringify(answer.body));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  await running?.end();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  rmSync(folder, { recursive: true, force: true });
});

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const piece of request) text += piece;
  return text === '' ? null : JSON.parse(text);
}

const DONE = { known: 0, ignored: 0, refused: 0, knownAt: [], ignoredAt: [], storedThrough: null };

/** A server of ours that keeps everything. */
function ours(): Answers {
  return (path, body) => {
    if (path === '/api/v1/agents/health')
      return {
        status: 200,
        body: { receivedAt: new Date().toISOString(), clockAheadMs: 0, storedThrough: null },
      };
    if (path === '/api/v1/events')
      return { status: 200, body: { ...DONE, stored: (body as unknown[]).length, problems: [] } };
    return { status: 404, body: {} };
  };
}

/** A server of the original: two addresses, single events, four words. */
function original(): Answers {
  return (path) => {
    if (path === '/api/health')
      return { status: 200, body: { status: 'ok', message: 'Health check passed' } };
    if (path === '/api/log_event')
      return { status: 201, body: { message: 'Event logged successfully', status: 'success' } };
    return { status: 200, body: 'an error page' };
  };
}

const BEGIN = Date.UTC(2026, 2, 2, 8);
const event = (n: number, word: PlainWord = 'Lock', plain = true): AgentEvent => ({
  time: BEGIN + n * 60_000,
  upload: {
    type: word,
    computer: 'PC-1',
    time: new Date(BEGIN + n * 60_000).toISOString(),
    user: `user${n}`,
  },
  plain: plain ? { word, user: `user${n}` } : null,
});
const happen = (...events: AgentEvent[]) =>
  appendFileSync(join(folder, 'computer.ndjson'), events.map((each) => `${JSON.stringify(each)}\n`).join(''));

function begin(ini = ''): Agent {
  const settings = (): AgentSettings => {
    const loaded = settingsOf(`[API]\napi_key = k1\nserver_url = ${address}\n${ini}`, 'config.ini', folder);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.wrong));
    return loaded.values;
  };
  const stop = new AbortController();
  const source = replaySource({ file: join(folder, 'computer.ndjson'), everyMs: 5, wait: systemClock.wait });
  // Pauses of minutes last milliseconds here.
  const clock = {
    now: systemClock.now,
    wait: (ms: number, signal: AbortSignal) =>
      systemClock.wait(Math.min(ms, ms > 1e8 ? ms : ms / 500), signal),
  };
  const agent = openAgent({
    folder,
    computer: 'PC-1',
    settings,
    sources: [source],
    clock,
    random: () => 0.5,
  });
  const ended = agent.run(stop.signal);
  running = {
    agent,
    end: async () => {
      running = null;
      stop.abort();
      await ended;
    },
  };
  return agent;
}

const usersIn = (path: string) =>
  posts
    .filter((post) => post.path === path)
    .flatMap(({ body }) => (Array.isArray(body) ? body : [body]))
    .map((each) => each.user ?? each.UserName);
const rows = () => readFileSync(join(folder, 'event_log.csv'), 'utf8').trimEnd().split('\n');
const emptied = (agent: Agent) =>
  vi.waitFor(() => expect(agent.outbox.waitingCount()).toBe(0), { timeout: 10_000 });

describe('with a server of ours', () => {
  it('sends what happens, with a key for each event, and writes event_log.csv as the original did', async () => {
    happen(event(1, 'Logon'), event(2, 'Lock'));
    const agent = begin('timezone = Europe/London\n');
    await vi.waitFor(() => expect(usersIn('/api/v1/events')).toHaveLength(2));
    await emptied(agent);
    const sent = posts.flatMap(({ path, body }) =>
      path === '/api/v1/events' ? (body as { key: string }[]) : [],
    );
    expect(sent.map(({ key }) => key)).toEqual([`${agent.outbox.epoch}-1`, `${agent.outbox.epoch}-2`]);
    expect(posts.every(({ key }) => key === 'k1')).toBe(true);
    expect(rows()[0]).toBe('eventtype,username,hostname,ipaddress,timestamp,send_status');
    expect(rows()[1]).toMatch(/^Logon,user1,PC-1,[\d.]*,2026-03-02T08:01:00Z,1$/);
    expect(rows()).toHaveLength(3);
  });

  it('loses nothing while the server is away: status 0, then 2, each event once and in order', async () => {
    answers = () => ({ status: 503, body: { detail: 'busy' }, headers: { 'retry-after': '1' } });
    happen(event(1), event(2));
    const agent = begin();
    await vi.waitFor(() => expect(rows()).toHaveLength(3));
    expect(
      rows()
        .slice(1)
        .every((row) => row.endsWith(',0')),
    ).toBe(true);
    happen(event(3));
    await vi.waitFor(() => expect(agent.outbox.waitingCount()).toBe(3));
    await vi.waitFor(() =>
      expect(posts.filter(({ path }) => path === '/api/v1/events').length).toBeGreaterThan(2),
    );
    posts = [];
    answers = ours();
    await emptied(agent);
    expect(usersIn('/api/v1/events')).toEqual(['user1', 'user2', 'user3']);
    expect(
      rows()
        .slice(1)
        .map((row) => row.at(-1)),
    ).toEqual(['2', '2', '2']);
  });

  it('goes on after a restart where it stopped', async () => {
    answers = () => ({ status: 500, body: {} });
    happen(event(1), event(2));
    begin();
    await vi.waitFor(() => expect(rows()).toHaveLength(3));
    await running!.end();
    posts = [];
    happen(event(3));
    answers = ours();
    const agent = begin();
    await vi.waitFor(() => expect(usersIn('/api/v1/events')).toEqual(['user1', 'user2', 'user3']));
    await emptied(agent);
    expect(
      rows()
        .slice(1)
        .map((row) => row.at(-1)),
    ).toEqual(['1', '1', '1']);
  });

  it('drops what the server refuses for good, tells of it, and sends the others', async () => {
    answers = (path, body) =>
      path === '/api/v1/events'
        ? {
            status: 200,
            body: {
              ...DONE,
              stored: 1,
              refused: 1,
              problems: [{ at: 0, field: 'time', expected: 'a time' }],
            },
          }
        : ours()(path, body);
    happen(event(1), event(2));
    await emptied(begin());
    await vi.waitFor(() =>
      expect(readFileSync(join(folder, 'error.log'), 'utf8')).toContain(
        'event 1 is refused for good: time: expected a time',
      ),
    );
    expect(
      rows()
        .slice(1)
        .map((row) => row.at(-1)),
    ).toEqual(['0', '1']);
  });

  it('sends less at a time where the server says too much', async () => {
    answers = (path, body) =>
      path === '/api/v1/events' && (body as unknown[]).length > 2
        ? { status: 413, body: {} }
        : ours()(path, body);
    happen(...Array.from({ length: 9 }, (_, n) => event(n)));
    await emptied(begin());
    const taken = posts.filter(
      ({ path, body }) => path === '/api/v1/events' && (body as unknown[]).length <= 2,
    );
    expect(taken.flatMap(({ body }) => (body as { user: string }[]).map(({ user }) => user))).toEqual(
      Array.from({ length: 9 }, (_, n) => `user${n}`),
    );
  });

  it('a wrong key is told once, and another key helps', async () => {
    answers = () => ({ status: 401, body: { message: 'Invalid API key' } });
    happen(event(1));
    const agent = begin();
    await vi.waitFor(() =>
      expect(readFileSync(join(folder, 'error.log'), 'utf8')).toContain(
        'events are not sent: Invalid API key',
      ),
    );
    answers = ours();
    agent.reconfigure();
    await emptied(agent);
    expect(readFileSync(join(folder, 'error.log'), 'utf8').match(/events are not sent/g)).toHaveLength(1);
  });

  it('tells how it is doing, and notices a clock that is off', async () => {
    answers = (path, body) =>
      path === '/api/v1/agents/health'
        ? { status: 200, body: { receivedAt: '', clockAheadMs: -600_000, storedThrough: null } }
        : ours()(path, body);
    begin();
    await vi.waitFor(() =>
      expect(readFileSync(join(folder, 'error.log'), 'utf8')).toContain("-600 s off against the server's"),
    );
    expect(posts[0]).toMatchObject({ path: '/api/v1/agents/health', body: { computer: 'PC-1', backlog: 0 } });
  });
});

describe('with a server of the original', () => {
  it('sends single events in its words, with offsets of the zone, and health to its address', async () => {
    answers = original();
    happen(event(1, 'Logon'), event(2, 'Lock', false), event(3, 'Logoff'));
    const agent = begin('timezone = America/New_York\n');
    await emptied(agent);
    const told = posts
      .filter(({ path }) => path === '/api/log_event')
      .map(({ body }) => body as Record<string, unknown>);
    expect(
      told.map(({ EventType, UserName, ComputerName, Timestamp, retry }) => [
        EventType,
        UserName,
        ComputerName,
        Timestamp,
        retry,
      ]),
    ).toEqual([
      ['Logon', 'user1', 'PC-1', '2026-03-02T03:01:00-05:00', 0],
      ['Logoff', 'user3', 'PC-1', '2026-03-02T03:03:00-05:00', 0],
    ]);
    expect(
      rows()
        .slice(1)
        .map((row) => row.at(-1)),
    ).toEqual(['1', '1']);
    await vi.waitFor(() => expect(agent.health()).toMatchObject({ ok: true, known: 'original' }));
  });

  it('waits out its limit of requests', async () => {
    let refused = 0;
    answers = (path, body) => {
      if (path === '/api/log_event' && refused++ < 2)
        return {
          status: 429,
          body: { message: 'Rate limit' },
          headers: { 'x-ratelimit-reset': String(Date.now() / 1000 + 1) },
        };
      return original()(path, body);
    };
    happen(event(1), event(2));
    await emptied(begin());
    expect(usersIn('/api/log_event').slice(-2)).toEqual(['user1', 'user2']);
  });
});

it('asks for the public address only where it shall, and takes the first page that tells one', async () => {
  const asked: string[] = [];
  const pages: Record<string, { status: number; body: string }> = {
    'https://a.example/': { status: 500, body: '' },
    'https://b.example/': { status: 200, body: '<html>203.0.113.9</html>' },
    'https://c.example/': { status: 200, body: '203.0.113.7\n' },
  };
  const get = async (url: string) => {
    asked.push(url);
    return { ...pages[url]!, retryAfterMs: null };
  };
  expect(await publicAddress({ get }, Object.keys(pages))).toBe('203.0.113.7');
  expect(asked).toEqual(Object.keys(pages));
  expect(await publicAddress({ get }, [])).toBe(null);

  happen(event(1));
  await emptied(begin('public_ip_http_urls = http://127.0.0.1:9/\n'));
  const [sent] = posts.flatMap(({ path, body }) => (path === '/api/v1/events' ? (body as object[]) : []));
  expect(sent).not.toHaveProperty('publicAddress');
});
