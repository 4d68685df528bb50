/** Every command on small logs: what it prints, what each option changes, how it ends. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { record } from '../recorded-terminal.ts';
import { collectorCsv, eventXml, folderOf, OFFICE_DAYS } from '../sample-logs.ts';

const HOSTILE = `
  3 09:00:00 Login  =cmd|'/c_calc'!A0<b>\u001b[31m\u202e 0x11 Interactive
  3 10:00:00 Logoff =cmd|'/c_calc'!A0<b>\u001b[31m\u202e 0x11 Interactive
`;

let files: ReturnType<typeof folderOf>;
let log = '';
beforeAll(() => {
  files = folderOf({
    'office.csv': collectorCsv(OFFICE_DAYS),
    'hostile.csv': collectorCsv(HOSTILE),
    'broken.csv': collectorCsv(OFFICE_DAYS).replace('11/3/2025 12:00:00 PM', '31/31/2025 noon'),
    'empty.csv': '',
    'header.csv': collectorCsv(OFFICE_DAYS).split('\n')[0]!,
    'picture.bin': new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13]),
  });
  log = files.path('office.csv');
  mkdirSync(files.path('fleet/pc2'), { recursive: true });
  writeFileSync(files.path('fleet/pc1.csv'), collectorCsv(OFFICE_DAYS));
  writeFileSync(files.path('fleet/pc2/log.csv.gz'), gzipSync(collectorCsv(OFFICE_DAYS, 'PC2')));
});
afterAll(() => files.remove());

/** A log whose times are told to be UTC, so that nothing is assumed. */
const utc = (...line: string[]) => record([...line, '--timezone', 'UTC']);
const json = async (...line: string[]) => JSON.parse((await utc(...line, '--format', 'json')).out);
type Session = Record<string, never> & { user: string; computer: string; id: string; useSeconds: number };

describe('sessions', () => {
  test('use is the session without lock and screen saver, overlaps once', async () => {
    const sessions: Session[] = await json('sessions', log);
    expect(sessions.map(({ user, start, end, useSeconds }) => [user, start, end, useSeconds])).toEqual([
      ['alice', '2025-11-03T09:00:00.000Z', '2025-11-03T17:00:00.000Z', 25_200],
      ['bob', '2025-11-04T08:00:10.000Z', '2025-11-04T09:00:10.000Z', 3_600],
    ]);
  });

  test('clean input ends clean, with nothing on standard error', async () => {
    expect(await utc('sessions', log)).toMatchObject({ status: 0, error: '' });
  });

  test('a table for people, in their zone', async () => {
    const { out } = await record(['sessions', log, '--timezone', 'Europe/Berlin']);
    expect(out).toMatch(/PC1\s+alice\s+2025-11-03 09:00:00 \+01:00/);
  });

  test('--format ndjson is a line per session', async () => {
    const { out } = await utc('sessions', log, '--format', 'ndjson');
    const users = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).user);
    expect(users).toEqual(['alice', 'bob']);
  });

  test('--screensaver-delay moves the start of the screen saver back; the lock before it still counts once', async () => {
    const [alone] = await json(
      'sessions',
      files.path('office.csv'),
      '--screensaver-delay',
      '10m',
      '--user',
      'alice',
    );
    expect(alone.awaySeconds.screensaver).toBeGreaterThanOrEqual(2_400);
    expect(alone.useSeconds).toBe(25_200);
  });

  test.each([
    [['--user', 'ALICE'], ['alice']],
    [['--user', 'CORP\\b*'], ['bob']],
    [
      ['--user', 'alice', '--user', 'bob'],
      ['alice', 'bob'],
    ],
    [['--user', 'carol'], []],
    [
      ['--computer', 'pc1'],
      ['alice', 'bob'],
    ],
    [['--computer', 'pc2'], []],
    [['--from', '2025-11-04'], ['bob']],
    [['--to', '2025-11-03'], ['alice']],
    [['--from', '2025-11-03T16:59:59Z', '--to', '2025-11-04T08:00:10Z'], ['alice']],
    [['--limit', '1'], ['alice']],
    [['--as-of', '2025-11-03T10:00:00Z'], ['alice']],
  ])('%j', async (options, users) => {
    const sessions: Session[] = await json('sessions', log, ...options);
    expect(sessions.map(({ user }) => user)).toEqual(users);
  });

  test('--as-of counts an open session to that moment', async () => {
    const [alice] = await json('sessions', log, '--as-of', '2025-11-03T10:00:00Z');
    expect(alice).toMatchObject({
      end: null,
      endBy: 'open',
      useSeconds: 3_600,
      asOf: '2025-11-03T10:00:00.000Z',
    });
  });

  test('--crash-end says where a crashed session is counted to', async () => {
    const path = files.path('crash.xml');
    const alice = 'TargetUserName=alice TargetDomainName=CORP TargetLogonId=0x11';
    const story = `
      09:00:00 4624 ${alice} LogonType=2 LogonProcessName=User32
      15:00:00 4672 SubjectUserName=bob SubjectDomainName=CORP SubjectLogonId=0x22
      18:00:00 Microsoft-Windows-Kernel-General/12 StartTime=2025-11-03T18:00:00.000Z`;
    writeFileSync(path, eventXml(story));
    const ends = async (...options: string[]) =>
      (await json('sessions', path, '--user', 'alice', ...options)).map((s: Record<string, unknown>) => [
        s.endBy,
        s.useSeconds,
        s.useSecondsMax,
      ]);
    expect(await ends()).toEqual([['crash', 21_600, 32_400]]);
    expect(await ends('--crash-end', 'last-alive')).toEqual([['crash', 21_600, 32_400]]);
    expect(await ends('--crash-end', 'startup')).toEqual([['crash', 32_400, 32_400]]);
  });

  test('--user names an account with a comma in it by a backslash before the comma', async () => {
    const path = files.path('comma.xml');
    const account = (user: string, id: string) =>
      `4624 TargetUserName=${user} TargetDomainName=CORP TargetLogonId=${id} LogonType=2 LogonProcessName=User32`;
    writeFileSync(
      path,
      eventXml(`09:00:00 ${account('Doe,John', '0x11')}\n10:00:00 ${account('doe', '0x22')}`),
    );
    const users = async (...names: string[]) =>
      (await json('sessions', path, ...names)).map(({ user }: Session) => user);
    expect(await users()).toEqual(['Doe,John', 'doe']);
    expect(await users('--user', 'CORP\\doe\\,john')).toEqual(['Doe,John']);
    expect(await users('--user', 'doe,john')).toEqual(['doe']);
  });

  test('--include adds the sessions that are no desktop', async () => {
    const path = files.path('network.csv');
    const story = '3 10:00:00 Login dora 0x77 Network\n3 10:05:00 Logoff dora 0x77 Network';
    writeFileSync(path, collectorCsv(`${OFFICE_DAYS.trim()}\n${story}`));
    const kinds = async (...options: string[]) =>
      (await json('sessions', path, ...options)).map(({ kind }: { kind: string }) => kind);
    expect(await kinds()).toEqual(['console', 'console']);
    expect(await kinds('--include', 'service')).toEqual(['console', 'console']);
    expect(await kinds('--include', 'service,network')).toEqual(['console', 'network', 'console']);
    expect(await kinds('--include', 'all')).toEqual(['console', 'network', 'console']);
  });

  test('--explain tells the ledger, also as JSON', async () => {
    const { out } = await utc('sessions', log, '--explain');
    expect(out).toMatch(
      /7:00:00\s+−1:00:00\s+locked\s+2025-11-03 12:00:00 – 13:00:00 \+00:00\s+office\.csv:3 → office\.csv:6/,
    );
    const [alice] = await json('sessions', log, '--explain');
    const counted = alice.ledger.map(({ countedSeconds }: { countedSeconds: number }) => countedSeconds);
    expect(counted.reduce((a: number, b: number) => a + b, 0)).toBe(alice.awaySeconds.total);
  });

  test('a folder with all below, compressed files too; globs; each computer its own', async () => {
    const computers = (sessions: Session[]) => [...new Set(sessions.map(({ computer }) => computer))];
    expect(computers(await json('sessions', files.path('fleet')))).toEqual(['PC1', 'PC2']);
    expect(computers(await json('sessions', files.path('fleet/*.csv')))).toEqual(['PC1']);
  });

  test('workers give what one thread gives', async () => {
    const alone = await utc('sessions', files.path('fleet'), '--format', 'json', '--workers', '0');
    const together = await utc('sessions', files.path('fleet'), '--format', 'json', '--workers', '2');
    expect(together).toEqual(alone);
    expect(alone.out).toContain('PC2');
  });
});

describe('what goes wrong', () => {
  test('without --timezone the zone of the machine is assumed, said, and marked; nothing is lost', async () => {
    const { status, out, error } = await record(['sessions', log, '--format', 'json']);
    expect(status).toBe(0);
    expect(error).toMatch(/zone-assumed.*Europe\/London.*--timezone/);
    expect(JSON.parse(out)[0].findings).toContain('zone-assumed');
  });

  test('a bad row costs a row: the rest is read, the status is 1, the line is named', async () => {
    const { status, out, error } = await utc('sessions', files.path('broken.csv'), '--format', 'json');
    expect(status).toBe(1);
    expect(JSON.parse(out)).toHaveLength(2);
    expect(error).toMatch(/broken\.csv, line 3 {3}csv\/bad-time/);
  });

  test('--quiet says nothing, --problems writes everything', async () => {
    const problems = files.path('problems.ndjson');
    const run = await utc('sessions', files.path('broken.csv'), '--quiet', '--problems', problems);
    expect(run).toMatchObject({ status: 1, error: '' });
    const lines = readFileSync(problems, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toEqual([expect.objectContaining({ line: 3, code: 'csv/bad-time' })]);
  });

  test.each(['empty.csv', 'header.csv', 'picture.bin'])('%s: a message, and 1', async (name) => {
    const { status, error } = await utc('sessions', files.path(name));
    expect(status).toBe(1);
    expect(error).toContain(name);
  });

  test('a stranger in a folder is left out with a word; named, it is a problem', async () => {
    writeFileSync(files.path('fleet/list.csv'), 'name;room\nPC1;12\n');
    const inFolder = await utc('sessions', files.path('fleet'));
    expect(inFolder).toMatchObject({
      status: 0,
      error: expect.stringMatching(/^left out 1 file .*list\.csv\n$/),
    });
    const named = await utc('sessions', files.path('fleet'), files.path('fleet/list.csv'));
    expect(named).toMatchObject({ status: 1, error: expect.stringContaining('file/unknown-format') });
    rmSync(files.path('fleet/list.csv'));
  });

  test('no readable input: 2', async () => {
    const { status, error } = await utc('sessions', files.path('gone.evtx'));
    expect(status).toBe(2);
    expect(error).toMatch(/gone\.evtx: no such file/);
  });

  test('one of several inputs missing: the rest is read, 1', async () => {
    const { status, out, error } = await utc('sessions', log, files.path('gone.evtx'), '--format', 'json');
    expect(status).toBe(1);
    expect(JSON.parse(out)).toHaveLength(2);
    expect(error).toMatch(/gone\.evtx\s+file\/unreadable/);
  });

  test('an output that cannot be written: 2', async () => {
    const { status, error } = await utc('sessions', log, '-o', files.path('no/such/folder/x.csv'));
    expect(status).toBe(2);
    expect(error).toContain('cannot be written');
  });

  test('a reader that goes away ends the work quietly', async () => {
    const line = ['sessions', log, '--format', 'json', '--timezone', 'UTC'];
    expect(await record(line, { closesAfterBytes: 1 })).toMatchObject({ status: 0, error: '' });
  });

  test('hostile names neither steer the terminal nor become formulas', async () => {
    const hostile = files.path('hostile.csv');
    for (const format of ['table', 'json', 'csv']) {
      const { out } = await utc('sessions', hostile, '--format', format);
      expect(out).not.toMatch(format === 'csv' ? /\x1b/ : /[\x1b\u202e]/);
      expect(out).toContain('cmd');
    }
    const { out } = await utc('sessions', hostile, '--format', 'csv');
    expect(out).not.toMatch(/(^|,)"?=/m);
    expect((await utc('sessions', hostile, '--explain')).out).not.toMatch(/[\x1b\u202e]/);
  });
});

describe('output', () => {
  test.each([
    ['csv', 'Computer,'],
    ['xlsx', 'PK'],
    ['pdf', '%PDF'],
    ['parquet', 'PAR1'],
    ['json', '['],
    ['ndjson', '{"id"'],
  ])('-o file.%s takes the format from the name', async (extension, beginning) => {
    const path = files.path(`out.${extension}`);
    expect(await utc('sessions', log, '-o', path)).toMatchObject({ status: 0, out: '' });
    expect(readFileSync(path, 'latin1').replace(/^\u00ef\u00bb\u00bf/, '')).toMatch(
      new RegExp(`^.{0,3}${beginning.replace(/[[{]/g, '\\$&')}`),
    );
  });

  test('--format wins over the name', async () => {
    const path = files.path('named.txt');
    await utc('sessions', log, '-o', path, '--format', 'json');
    expect(JSON.parse(readFileSync(path, 'utf8'))).toHaveLength(2);
  });

  test('a terminal is not sent bytes it cannot show', async () => {
    const { status, error } = await record(['sessions', log, '--format', 'xlsx'], { outIsTerminal: true });
    expect(status).toBe(2);
    expect(error).toContain('-o');
  });

  test('a terminal gets no line wider than it is', async () => {
    const line = ['sessions', log, '--timezone', 'UTC'];
    const { out } = await record(line, { outIsTerminal: true, widthColumns: 60 });
    const table = out.split('\n').filter((row) => row.includes('alice'));
    expect(Math.max(...table.map((row) => row.length))).toBeLessThanOrEqual(60);
  });

  test('a failed run leaves no half-written file', async () => {
    const path = files.path('half.csv');
    await utc('sessions', files.path('gone.evtx'), '-o', path);
    expect(existsSync(path)).toBe(false);
  });
});

describe('events', () => {
  test('in order, in the contract of the documents', async () => {
    const events = await json('events', log);
    expect(events.map(({ signal }: { signal: string }) => signal)).toEqual([
      'logon',
      'lock',
      'screensaverOn',
      'screensaverOff',
      'unlock',
      'logoff',
      'logonFailed',
      'logon',
      'logoff',
    ]);
    expect(events[0]).toMatchObject({ time: '2025-11-03T09:00:00.000Z', eventId: 4624, user: 'alice' });
  });

  test('the same file twice is every event once', async () => {
    const copy = files.path('copy.csv');
    writeFileSync(copy, readFileSync(log));
    expect(await json('events', log, copy)).toHaveLength(9);
  });

  test.each([
    ['car', { object: 'user_session', action: 'login' }],
    ['ocsf', { class_uid: 3002 }],
    ['ecs', { event: expect.objectContaining({ kind: 'event' }) }],
  ])('--schema %s', async (schema, shape) => {
    const [first] = await json('events', log, '--schema', schema);
    expect(first).toMatchObject(shape);
    const { out } = await utc('events', log, '--schema', schema, '--format', 'csv');
    expect(out.split('\r\n').length).toBeGreaterThan(5);
  });

  test('system accounts only on request', async () => {
    const path = files.path('system.csv');
    writeFileSync(path, collectorCsv(`${OFFICE_DAYS}\n 4 10:00:00 TokenElevated PC1$ 0x3e7`));
    expect(await json('events', path)).toHaveLength(9);
    expect(await json('events', path, '--include', 'all')).toHaveLength(10);
  });

  test.each([
    [['--user', 'bob'], 3],
    [['--from', '2025-11-03T12:00:00Z', '--to', '2025-11-03T13:00:00Z'], 3],
    [['--limit', '2'], 2],
  ])('%j', async (options, count) => expect(await json('events', log, ...options)).toHaveLength(count));
});

describe('questions', () => {
  test('who was on a computer, and in which state', async () => {
    const [locked] = await json('who', 'pc1', log, '--at', '2025-11-03T12:05:00Z');
    expect(locked).toMatchObject({ certainty: 'surely', state: 'locked', session: { user: 'alice' } });
    expect(await json('who', 'pc1', log, '--at', '2025-11-03T20:00:00Z')).toEqual([]);
  });

  test('where a user was; the moment stands in --timezone', async () => {
    const line = ['where', 'corp\\bob', log, '--at', '2025-11-04T09:30', '--format', 'json', '--timezone'];
    expect(JSON.parse((await record([...line, 'UTC'])).out)).toEqual([]);
    const inBerlin = JSON.parse((await record([...line, 'Europe/Berlin'])).out);
    expect(inBerlin).toEqual([]);
    const [found] = await json('where', 'bob', log, '--at', '2025-11-04T10:30:00+02:00');
    expect(found).toMatchObject({ session: { computer: 'PC1' } });
  });

  test('overlaps: on the same computer, and with --anywhere on any', async () => {
    const apart = files.path('apart.csv');
    writeFileSync(
      apart,
      collectorCsv(
        '3 10:00:00 Login carol 0x99 Interactive\n3 11:00:00 Logoff carol 0x99 Interactive',
        'PC9',
      ),
    );
    expect(await json('overlaps', 'alice', log, apart)).toEqual([]);
    const [found] = await json('overlaps', 'alice', log, apart, '--anywhere');
    expect(found).toMatchObject({ account: 'CORP\\carol', overlapSeconds: 3_600 });
    expect(await json('overlaps', 'alice', log, apart, '--anywhere', '--from', '2025-11-04')).toEqual([]);
  });

  test('explain: by the beginning of the id, with the raw events', async () => {
    const [alice]: Session[] = await json('sessions', log);
    const { status, out } = await utc('explain', alice!.id.slice(0, 6), log);
    expect(status).toBe(0);
    expect(out).toContain(`session ${alice!.id}`);
    expect(out).toMatch(/use time\n/);
    expect(out).toMatch(/screensaverOn/);
    expect(out).not.toContain('bob');
    const [value] = await json('explain', alice!.id, log);
    expect(value.evidence).toHaveLength(6);
  });

  test('explain: an id that is not there, or not enough of it', async () => {
    expect((await utc('explain', 'zzzz', log)).error).toContain('no session has this id');
    const both = await utc('explain', '', log);
    expect(both).toMatchObject({ status: 2, error: expect.stringContaining('2 sessions begin like this') });
  });
});

describe('reports', () => {
  test('time spent, grouped', async () => {
    const [alice] = await json('report', 'time-spent', log, '--group-by', 'user');
    expect(Object.values(alice)).toContain(25_200);
    const byComputer = await json('report', 'time-spent', log, '--group-by', 'computer');
    expect(byComputer).toHaveLength(1);
  });

  test('days begin at --day-start in --timezone', async () => {
    const days = async (...options: string[]) =>
      (await json('report', 'daily', log, '--user', 'alice', ...options)).map(
        (row: { date: string }) => row.date,
      );
    expect(await days()).toEqual(['2025-11-03']);
    expect(await days('--day-start', '12')).toEqual(['2025-11-02', '2025-11-03']);
  });

  test('failed logons read events, the others do not need them', async () => {
    const rows = await json('report', 'failed-logons', log);
    expect(JSON.stringify(rows)).toContain('bob');
  });

  test('out of hours by --work-hours and --work-days', async () => {
    const users = async (...options: string[]) =>
      (await json('report', 'out-of-hours', log, ...options)).length;
    expect(await users('--work-hours', '7-19')).toBe(0);
    expect(await users('--work-hours', '9-17')).toBe(1);
    expect(await users('--work-hours', '7-19', '--work-days', '3-5')).toBe(2);
  });

  test('an analytic of CAR by its id, with its window and threshold', async () => {
    const story = Array.from({ length: 3 }, (_, i) => `3 09:0${i}:00 Login dora 0x5${i} Interactive`);
    for (let i = 0; i < 3; i++) writeFileSync(files.path(`dora${i}.csv`), collectorCsv(story[i]!, `PC${i}`));
    const logs = [0, 1, 2].map((i) => files.path(`dora${i}.csv`));
    expect(await json('report', 'car-2013-02-012', ...logs)).toHaveLength(1);
    expect(await json('report', 'CAR-2013-02-012', ...logs, '--window', '30s')).toHaveLength(0);
    expect(await json('report', 'CAR-2013-02-012', ...logs, '--threshold', '4')).toHaveLength(0);
    expect(await json('report', 'CAR-2013-02-012', ...logs, '--allow', 'dora')).toHaveLength(0);
  });

  test('an unknown report names the nearest', async () => {
    const { status, error } = await utc('report', 'time-spend', log);
    expect(status).toBe(2);
    expect(error).toContain('did you mean time-spent?');
  });
});

describe('advice', () => {
  test('splunk-query: every option shows', async () => {
    const line = [
      'splunk-query',
      '--style',
      'classic',
      '--earliest',
      '-7d',
      '--latest',
      '-1d',
      '--user',
      'ali"ce',
    ];
    const { status, out } = await record([
      ...line,
      '--computer',
      'PC1',
      '--outputcsv',
      'user_activity_logs.csv',
    ]);
    expect(status).toBe(0);
    expect(out).toMatch(/earliest=-7d/);
    expect(out).toMatch(/latest=-1d/);
    expect(out).toMatch(/ali\\"ce/);
    expect(out).toMatch(/PC1/);
    expect(out).toMatch(/outputcsv .*user_activity_logs/);
    expect((await record(['splunk-query'])).out).toContain('TargetUserName');
    expect(out).not.toContain('TargetUserName');
  });

  test('audit-policy names the command and the policy of every subcategory', async () => {
    const rows = JSON.parse((await record(['audit-policy', '--format', 'json'])).out);
    expect(rows.length).toBeGreaterThan(4);
    for (const row of rows) expect(row.auditpol).toMatch(/^auditpol /);
    expect((await record(['audit-policy'])).out).toContain('Other Logon/Logoff Events');
  });

  test('car-coverage has every action with every field', async () => {
    const rows = JSON.parse((await record(['car-coverage', '--format', 'json'])).out);
    expect(new Set(rows.map(({ action }: { action: string }) => action)).size).toBe(5);
    expect((await record(['car-coverage', '--format', 'csv'])).out.split('\r\n')[0]).toContain('Action');
  });
});
