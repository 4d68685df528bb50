/** What scripts build on: the JSON of sessions and events, key by key, and the exit status. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { evtxFiles, simulateFleet } from '@logonscope/simulator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Folder, folderWith, logonscope } from './lib/command-line.ts';
import { CAR_KEYS, EVENT, SESSION } from './lib/contract-shapes.ts';
import { CSV_SAMPLES, EVTX_FIXTURES } from './lib/fixtures.ts';

interface Session {
  readonly id: string;
  readonly kind: string;
  readonly start: string;
  readonly end: string | null;
  readonly endBy: string;
  readonly endEarliest: string;
  readonly endLatest: string;
  readonly asOf: string;
  readonly durationSeconds: number;
  readonly useSeconds: number;
  readonly useSecondsMin: number;
  readonly useSecondsMax: number;
  readonly awaySeconds: Readonly<Record<string, number>>;
  readonly away: readonly {
    readonly from: string;
    readonly to: string;
    readonly evidence: readonly unknown[];
  }[];
}

const COMPUTERS = [
  ...simulateFleet({
    seed: 23,
    computers: 2,
    days: 6,
    kinds: ['workstation', 'terminalServer'],
    peoplePerServer: 6,
  }),
];

let folder: Folder;
const inputs: Record<string, string> = {
  'collector CSV': join(CSV_SAMPLES, 'sessionsentry_collector_enUS_ps51.csv'),
  'Splunk CSV': join(CSV_SAMPLES, 'splunk_user_activity_logs.csv'),
  'agent CSV': join(CSV_SAMPLES, 'agent_event_log.csv'),
  ...(EVTX_FIXTURES !== null && {
    'a real Security log': join(EVTX_FIXTURES, 'win-security-workgroup-dirty.evtx'),
    'a real System log': join(EVTX_FIXTURES, 'system-sleep-resume.evtx'),
    'a real capture': join(EVTX_FIXTURES, 'jsonl/otrf-rdp-lock-reboot.jsonl'),
  }),
};
beforeAll(() => {
  folder = folderWith([
    ...COMPUTERS.flatMap(({ spec, records }) =>
      [...evtxFiles(records)].map(([name, bytes]) => [`${spec.name} ${name}`, bytes] as const),
    ),
    ['empty.csv', ''],
    ['header.csv', 'eventtype,username,hostname,ipaddress,timestamp,send_status\r\n'],
    [
      'torn.csv',
      'eventtype,username,hostname,ipaddress,timestamp,send_status\r\nLogon,ana,PC1,10.0.0.1,yesterday,1\r\nLogon,ben,PC1,10.0.0.1,2025-03-03T09:00:00Z,1\r\n',
    ],
  ]);
});
afterAll(() => folder.remove());

const NAMES = [...Object.keys(inputs), 'simulated EVTX of two computers'];
/** The simulated files lie in a folder that is made before the tests run. */
const pathsOf = (name: string): string[] =>
  inputs[name] === undefined
    ? COMPUTERS.flatMap(({ spec, records }) =>
        [...evtxFiles(records).keys()].map((file) => folder.path(`${spec.name} ${file}`)),
      )
    : [inputs[name]];

const json = async <T>(...line: string[]): Promise<T[]> =>
  JSON.parse((await logonscope([...line, '--timezone', 'Europe/London', '--format', 'json'])).out);
const wrongAmong = (values: readonly unknown[], shape: (value: unknown) => string | null): string[] =>
  values.flatMap((value) => shape(value) ?? []);

describe.each(NAMES)('sessions of %s', (name) => {
  const sessions = (...options: string[]) => json<Session>('sessions', ...pathsOf(name), ...options);

  test('each has every key, in order, with the type promised', async () => {
    const all = await sessions('--include', 'all');
    expect(all.length).toBeGreaterThan(0);
    expect(wrongAmong(all, SESSION)).toEqual([]);
    expect(wrongAmong(await sessions(), SESSION)).toEqual([]);
  });

  test('they are sorted by start, and each has an id of its own', async () => {
    const all = await sessions('--include', 'all');
    const starts = all.map(({ start }) => start);
    expect(starts).toEqual([...starts].sort());
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  test('without --include only those of people are shown, and they are the same ones as with it', async () => {
    const people = await sessions();
    const kinds = new Set(['console', 'remote', 'unknown']);
    expect(people.every(({ kind }) => kinds.has(kind))).toBe(true);
    expect((await sessions('--include', 'all')).filter(({ kind }) => kinds.has(kind))).toEqual(people);
  });

  test('an end is null exactly while a session is open; its bounds hold it', async () => {
    for (const { end, endBy, endEarliest, endLatest, asOf } of await sessions('--include', 'all')) {
      expect(end === null).toBe(endBy === 'open');
      expect(endEarliest <= (end ?? asOf)).toBe(true);
      expect(endLatest >= (end ?? asOf)).toBe(true);
      if (end === null) expect([endEarliest, endLatest]).toEqual([asOf, asOf]);
    }
  });

  test('the figures add up: duration, away, use and its bounds', async () => {
    for (const session of await sessions()) {
      const { start, end, asOf, durationSeconds, useSeconds, awaySeconds } = session;
      expect(durationSeconds).toBeCloseTo((Date.parse(end ?? asOf) - Date.parse(start)) / 1000, 3);
      expect(useSeconds).toBeCloseTo(durationSeconds - awaySeconds.total!, 3);
      expect(session.useSecondsMin).toBeLessThanOrEqual(useSeconds);
      expect(session.useSecondsMax).toBeGreaterThanOrEqual(useSeconds);
      expect(unionSeconds(session)).toBeCloseTo(awaySeconds.total!, 3);
      for (const { from, to, evidence } of session.away) {
        expect(from < to && from >= start && to <= (end ?? asOf)).toBe(true);
        expect(evidence).toHaveLength(2);
      }
    }
  });

  test('ndjson is the same, a line each', async () => {
    const { out } = await logonscope([
      ...['sessions', ...pathsOf(name), '--timezone', 'Europe/London', '--format', 'ndjson'],
    ]);
    const lines = out.split('\n').slice(0, -1);
    expect(lines.map((line) => JSON.parse(line))).toEqual(await sessions());
  });
});

function unionSeconds({ away }: Session): number {
  let total = 0;
  let reached = 0;
  for (const { from, to } of away) {
    const [begin, end] = [Math.max(Date.parse(from), reached), Date.parse(to)];
    total += Math.max(0, end - begin);
    reached = Math.max(reached, end);
  }
  return total / 1000;
}

describe.each(NAMES)('events of %s', (name) => {
  const events = (...options: string[]) =>
    json<Record<string, unknown>>('events', ...pathsOf(name), ...options);

  test('each has every key, in order, with the type promised; what is absent is null', async () => {
    const all = await events('--include', 'all');
    expect(all.length).toBeGreaterThan(0);
    expect(wrongAmong(all, EVENT)).toEqual([]);
  });

  test('those of system accounts are left out unless asked for', async () => {
    const system = /^S-1-5-(18|19|20|7|90-.*|96-.*)$/;
    const some = await events();
    expect(some.filter(({ sid }) => system.test(`${sid}`))).toEqual([]);
    expect((await events('--include', 'all')).length).toBeGreaterThanOrEqual(some.length);
  });

  test('in the words of CAR: its keys and actions', async () => {
    const actions = new Set(['login', 'logout', 'lock', 'unlock', 'reconnect']);
    for (const event of await events('--schema', 'car')) {
      expect(Object.keys(event)).toEqual(CAR_KEYS);
      expect(event.object).toBe('user_session');
      expect(actions).toContain(event.action);
    }
  });
});

describe('exit status', () => {
  const status = async (...line: string[]): Promise<number> => (await logonscope(line)).status;
  const sample = inputs['Splunk CSV']!;

  test('0: everything was read', async () => {
    expect(await status('sessions', sample)).toBe(0);
    expect(await status('events', sample)).toBe(0);
    expect(await status('--help')).toBe(0);
    expect(await status('--version')).toBe(0);
  });

  test('1: finished, but something could not be read, and it is said what', async () => {
    for (const name of ['empty.csv', 'header.csv', 'torn.csv']) {
      const { status: ended, error } = await logonscope(['sessions', folder.path(name)]);
      expect([name, ended]).toEqual([name, 1]);
      expect(error).toContain(name);
    }
    const { error } = await logonscope(['sessions', folder.path('torn.csv')]);
    expect(error).toContain('line 2');
    expect(error).toContain('yesterday');
    expect(await status('sessions', sample, join(folder.path('absent.evtx')))).toBe(1);
  });

  test('2: could not run, and nothing is printed', async () => {
    const lines = [
      [],
      ['no-such-command'],
      ['sessions'],
      ['sessions', folder.path('absent.evtx')],
      ['sessions', sample, '--no-such-option'],
      ['sessions', sample, '--timezone', 'Atlantis/Capital'],
      ['sessions', sample, '--format', 'papyrus'],
      ['sessions', sample, '-o', folder.path('no/such/folder.json')],
    ];
    for (const line of lines) {
      const { status: ended, out, error } = await logonscope(line);
      expect([line, ended, out]).toEqual([line, 2, '']);
      expect(error.length).toBeGreaterThan(20);
    }
  });

  test('the process itself ends so, and takes its input from a pipe', () => {
    const bin = fileURLToPath(new URL('../apps/cli/bin/logonscope.js', import.meta.url));
    const started = (line: readonly string[], input = '') => {
      const { status: ended, stdout } = spawnSync(process.execPath, [bin, ...line], {
        input,
        encoding: 'utf8',
      });
      return { ended, stdout };
    };
    const post = {
      EventType: 'Logon',
      UserName: 'ana',
      ComputerName: 'PC1',
      Timestamp: '2025-03-03T09:00:00Z',
    };
    const piped = started(['sessions', '-', '--format', 'json'], `${JSON.stringify(post)}\n`);
    expect(piped.ended).toBe(0);
    expect(wrongAmong(JSON.parse(piped.stdout), SESSION)).toEqual([]);
    expect(JSON.parse(piped.stdout)).toMatchObject([{ user: 'ana', computer: 'PC1', endBy: 'open' }]);
    expect(started(['sessions', folder.path('empty.csv')]).ended).toBe(1);
    expect(started(['sessions', folder.path('absent.evtx')]).ended).toBe(2);
  });
});
