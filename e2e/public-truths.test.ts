/** What is known of public logs, by hand or by other tools, is what comes out: reconnects, hidden hours, missing logoffs, header times. */
import { accountClass, type LogonSession, lengthMs, type SessionEvent, sessionize } from '@logonscope/core';
import { evtxFiles, simulateFleet } from '@logonscope/simulator';
import { type ReadLog, readFiles, sessionsOfPeople } from '@logonscope/testkit';
import { describe, expect, test } from 'vitest';
import { withHeaderTimes } from './lib/evtx-header-times.ts';
import { EVTX_FIXTURES, realLog } from './lib/fixtures.ts';

const present = EVTX_FIXTURES !== null;
const HOUR_MS = 3_600_000;
const iso = (instant: number | null): string | null =>
  instant === null ? null : new Date(instant).toISOString();

const remembered = new Map<string, Promise<ReadLog>>();
function read(path: string): Promise<ReadLog> {
  const log = remembered.get(path) ?? readFiles(realLog(path));
  remembered.set(path, log);
  return log;
}

describe.runIf(present)('T-B: a reboot, a reconnect and a lock of the capture otrf-rdp-lock-reboot', () => {
  const sessions = async (): Promise<LogonSession[]> =>
    sessionsOfPeople(await read('jsonl/otrf-rdp-lock-reboot.jsonl'));

  test('two sessions of pgustavo, one on each side of the reboot', async () => {
    const told = (await sessions()).map(({ computer, user, terminalSessionId }) => [
      computer,
      user,
      terminalSessionId,
    ]);
    expect(told).toEqual([
      ['WORKSTATION5', 'pgustavo', 2],
      ['WORKSTATION5', 'pgustavo', 2],
    ]);
  });

  test('the first ends with the restart, without any logoff of its token', async () => {
    const [first] = await sessions();
    expect(first).toMatchObject({ logonIds: ['0x1e3237'], startBy: 'first-seen' });
    expect(iso(first!.end)).toBe('2020-09-04T07:07:18.000Z');
  });

  test('the second has both halves of the token, where it came from, and is open when the capture ends', async () => {
    const second = (await sessions())[1]!;
    expect(second).toMatchObject({
      startBy: 'logon',
      endBy: 'open',
      end: null,
      kind: 'remote',
      elevated: true,
    });
    expect(second).toMatchObject({ sourceAddress: '1.2.3.4', clientName: 'robertos-mbp' });
    expect(iso(second.start)).toBe('2020-09-04T07:08:20.000Z');
    expect([...second.logonIds].sort()).toEqual(['0xa96e8', '0xa992d']);
  });

  test('four logon IDs only unlocked it', async () => {
    const second = (await sessions())[1]!;
    expect([...second.aliasLogonIds].sort()).toEqual(['0x104ea4', '0x10512d', '0x105bfe', '0x105f4e']);
  });

  test('it was away for exactly four seconds: disconnected, then locked', async () => {
    const second = (await sessions())[1]!;
    expect(lengthMs(second.away)).toBe(4_000);
    expect(second.awayMs.total).toBe(4_000);
    expect(iso(Math.min(...second.away.map(({ from }) => from)))).toBe('2020-09-04T07:08:34.000Z');
    expect(iso(Math.max(...second.away.map(({ to }) => to)))).toBe('2020-09-04T07:08:38.000Z');
    expect(second.durationMs - second.useMs).toBe(4_000);
  });
});

describe.runIf(present)('T-F: what the reports of uptime say', () => {
  test('system-sleep-resume: not one of 21 pairs agrees with the clock, 5,547 hours are hidden', async () => {
    const pairs = uptimePairs((await read('system-sleep-resume.evtx')).events);
    expect(pairs).toHaveLength(21);
    expect(pairs.filter(agrees)).toEqual([]);
    expect(Math.round(pairs.reduce((sum, pair) => sum + hiddenMs(pair), 0) / HOUR_MS)).toBe(5_547);
  });

  test('system-win11: no pair agrees, the machine stood still between them', async () => {
    const pairs = uptimePairs((await read('system-win11.evtx')).events);
    expect(pairs).toHaveLength(2);
    expect(pairs.filter(agrees)).toEqual([]);
  });

  test.each(['system-sleep-resume.evtx', 'system-win11.evtx'])(
    '%s: no session is in use for longer than the machine ran',
    async (path) => {
      const log = await read(path);
      const ranMs = uptimePairs(log.events).reduce((sum, { uptimeMs }) => sum + uptimeMs, 0);
      const sessions = sessionsOfPeople(log);
      expect(sessions).toHaveLength(4);
      for (const { useMs, useMaxMs } of sessions) {
        expect(useMs).toBeGreaterThan(0);
        expect(useMs).toBeLessThanOrEqual(ranMs);
        expect(useMaxMs).toBeLessThanOrEqual(ranMs);
      }
    },
  );

  test('system-sleep-resume: the jumps of its clock are found, and time asleep', async () => {
    const { events, life } = await read('system-sleep-resume.evtx');
    const { sessions, findings } = sessionize(events, life);
    expect(findings.filter(({ code }) => code === 'clock-jump').length).toBeGreaterThan(20);
    expect(sessions.reduce((sum, { awayMs }) => sum + awayMs.asleep, 0)).toBeGreaterThan(0);
  });

  test('system-sleep-resume: on corrected time its last session lasts exactly as long as the machine was up', async () => {
    const log = await read('system-sleep-resume.evtx');
    const last = sessionsOfPeople(log).at(-1)!;
    const reports = log.events.filter(({ signal }) => signal === 'uptime');
    const before = reports.findLast(({ time }) => time <= last.start)!;
    const after = reports.at(-1)!;
    const upMs = (after.detail!.uptimeSeconds! - before.detail!.uptimeSeconds!) * 1000;
    const lastSign = Math.max(...log.life.map(({ to }) => to));
    const lengthFromUptime = upMs - (last.start - before.time) + (lastSign - after.time);
    const lasted = (last.end ?? last.asOf) - last.start;
    // By the clock it would be 229 days; uptime is told in whole seconds.
    expect(lasted / HOUR_MS).toBeLessThan(132);
    expect(Math.abs(lasted - lengthFromUptime)).toBeLessThan(2_000);
  });

  test('system-win11: whoever was logged on meanwhile was away all the time that the machine stood still', async () => {
    const log = await read('system-win11.evtx');
    const [, last] = uptimePairs(log.events);
    const session = sessionsOfPeople(log).find(({ endBy }) => endBy === 'open')!;
    expect(session.awayMs.paused).toBeGreaterThanOrEqual(hiddenMs(last!) - 120_000);
  });
});

interface UptimePair {
  readonly wallMs: number;
  readonly uptimeMs: number;
}
/** As peers count: a pair agrees if it differs by no more than two minutes. */
const agrees = (pair: UptimePair): boolean => Math.abs(pair.wallMs - pair.uptimeMs) <= 120_000;
const hiddenMs = ({ wallMs, uptimeMs }: UptimePair): number => wallMs - uptimeMs;

/** Neighbouring reports of one boot; less uptime than before means another boot. */
function uptimePairs(events: readonly SessionEvent[]): UptimePair[] {
  const reports = events
    .filter(({ signal }) => signal === 'uptime')
    .sort((a, b) => a.recordId! - b.recordId!)
    .map(({ time, detail }) => ({ time, upMs: detail!.uptimeSeconds! * 1_000 }));
  return reports.flatMap((report, index) => {
    const before = reports[index - 1];
    if (before === undefined || report.upMs < before.upMs) return [];
    return [{ wallMs: report.time - before.time, uptimeMs: report.upMs - before.upMs }];
  });
}

describe.runIf(present)('T-D: logon IDs of people at a desktop that any logoff names', () => {
  /** Types 2, 7, 10 and 11: at the console, to unlock, remote, and with cached credentials. */
  const INTERACTIVE: ReadonlySet<number | null> = new Set([2, 7, 10, 11]);

  test.each([
    ['win-security-workgroup-dirty.evtx', 46, 88],
    ['security-size_t.evtx', 15, 21],
  ])('%s: %i of %i', async (path, ended, all) => {
    const { events } = await read(path);
    const named = new Set(
      events
        .filter(({ signal }) => signal === 'logoff' || signal === 'logoffBegin')
        .map(({ logonId }) => logonId),
    );
    const logons = new Set(
      events
        .filter(({ eventId, logonType }) => eventId === 4624 && INTERACTIVE.has(logonType))
        .filter(({ sid, user, domain }) => accountClass(sid, user, domain) === 'person')
        .map(({ logonId }) => logonId),
    );
    expect([[...logons].filter((id) => named.has(id)).length, logons.size]).toEqual([ended, all]);
  });
});

// Of 75,511 public records, 600 have a header time of zero and 4,730 one that is not the event's.
describe('T-E: the time in a record header says nothing', () => {
  const [computer] = [...simulateFleet({ seed: 7, computers: 1, days: 2 })];
  const files = evtxFiles(computer!.records);
  const spoilt = (spoil: Parameters<typeof withHeaderTimes>[1]) => {
    const changed = [...files].map(([name, bytes]) => [name, withHeaderTimes(bytes, spoil)] as const);
    expect(changed.reduce((sum, [, { records }]) => sum + records, 0)).toBe(computer!.records.length);
    return readFiles(new Map(changed.map(([name, { bytes }]) => [name, bytes])));
  };

  test.each([
    ['zero', () => 0n],
    ["another record's", (id: bigint, time: bigint) => time + (id % 7n) * 36_000_000_000n],
  ] as const)('%s: events, sessions and problems stay the same', async (_, spoil) => {
    const before = await readFiles(files);
    const after = await spoilt(spoil);
    expect(after.problems).toEqual([]);
    expect(after.events).toEqual(before.events);
    expect(sessionsOfPeople(after)).toEqual(sessionsOfPeople(before));
    expect(sessionsOfPeople(after).length).toBeGreaterThan(0);
  });
});
