/** The law of decoding for people's sessions: whatever is dropped, the sessions are those of the whole log. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LifeTracker, SILENCE_MS } from '../life.ts';
import type { SessionEvent } from '../model.ts';
import type { WindowsRecord } from '../record.ts';
import { sessionize } from '../sessions/sessionize.ts';
import { createDecoder } from './decode.ts';
import { ALICE, AT, securityRecord } from './testdata/record.ts';

const ACCOUNTS = [
  { sid: ALICE, user: 'alice', types: ['2', '2', '3', '5', '7', '9', '10'] },
  { sid: 'S-1-5-21-1004336348-1177238915-682003330-1105', user: 'bob', types: ['2', '3', '4', '8', '10'] },
  { sid: 'S-1-5-18', user: 'SYSTEM', types: ['5'] },
  { sid: 'S-1-5-90-0-2', user: 'DWM-2', types: ['2'] },
  { sid: 'S-1-5-21-1004336348-1177238915-682003330-2000', user: 'PC-0012$', types: ['3', '5'] },
] as const;
const SYSTEM_ID = '0x3e7';

const LOGON = 4624;
const PRIVILEGES = 4672;
const RESTART = 4608;
const KINDS = [
  LOGON,
  LOGON,
  LOGON,
  4625,
  4634,
  4634,
  4647,
  4648,
  4778,
  4779,
  4800,
  4801,
  4802,
  4803,
  RESTART,
];
/** Signs of life are known to this precision, so that a restart within it may date an end differently. */
const LONG_MS = SILENCE_MS + 1_000;

/** One step of a random history. A logon gets a new ID; anything else names the ID of one of the last logons. */
const step = fc.constantFrom(...ACCOUNTS).chain((account) =>
  fc.record({
    kind: fc.constantFrom(...KINDS),
    account: fc.constant(account),
    type: fc.constantFrom(...account.types),
    back: fc.nat(4),
    linked: fc.boolean(),
    privileged: fc.boolean(),
    process: fc.constantFrom('User32 ', 'Advapi'),
    afterMs: fc.constantFrom(1, 1, 400, 5_000, LONG_MS, 3_600_000),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Logon {
  readonly account: (typeof ACCOUNTS)[number];
  readonly type: string;
  readonly id: string;
}

/** The records that a computer would write: privileges at once after their logon, a restart after a silence. */
function recordsOf(steps: readonly Step[]): WindowsRecord[] {
  const records: WindowsRecord[] = [];
  const logons: Logon[] = [];
  let time = AT;
  const add = (
    kind: number,
    { account, type, id }: Logon,
    more: Readonly<Record<string, string>> = {},
  ): void => {
    const recordId = records.length + 1;
    const fields = {
      TargetUserSid: account.sid,
      TargetUserName: account.user,
      TargetLogonId: id,
      SubjectUserSid: account.sid,
      SubjectUserName: account.user,
      SubjectLogonId: id,
      AccountName: account.user,
      LogonID: id,
      LogonType: type,
      SessionName: 'RDP-Tcp#1',
      ...more,
    };
    records.push(securityRecord(kind, fields, { recordId, time, source: { file: 'a', record: recordId } }));
  };
  for (const { kind, account, type, back, linked, privileged, process, afterMs } of steps) {
    time += kind === RESTART ? Math.max(afterMs, LONG_MS) : afterMs;
    const fresh = `0x${(0x10000 + records.length * 16).toString(16)}`;
    const own = { account, type, id: account.user === 'SYSTEM' ? SYSTEM_ID : fresh };
    if (kind === RESTART) logons.length = 0;
    if (kind === LOGON || kind === RESTART || kind === 4625) {
      const before = logons.filter(({ id }) => id !== SYSTEM_ID).at(-1)?.id ?? '0x0';
      add(kind, own, {
        LogonProcessName: process,
        ProcessName: process,
        TargetLinkedLogonId: linked ? before : '0x0',
      });
      if (kind === LOGON) logons.push(own);
      if (kind === LOGON && privileged) add(PRIVILEGES, own);
      continue;
    }
    // Without a logon in this boot the session began before the log.
    add(kind, logons.at(-1 - back) ?? own);
  }
  return records;
}

function sessionsOf(records: readonly WindowsRecord[], peopleOnly: boolean) {
  const decode = createDecoder({ peopleOnly });
  const events = records.map(decode).filter((event): event is SessionEvent => event !== null);
  const life = new LifeTracker('PC-0012', 'Security');
  for (const { recordId, time } of records) life.touch(recordId!, time!);
  const { sessions } = sessionize(events, life.finish());
  return { sessions, kept: events.length };
}

/** The same record from a source that holds numbers as numbers, as EVTX does. */
const withNumbers = (record: WindowsRecord): WindowsRecord => ({
  ...record,
  integer: (name) =>
    /^(?:0x[\da-f]+|\d+)$/.test(record.field(name) ?? '') ? Number(record.field(name)) : null,
});

test('sessions of people are the same with and without the noise', () => {
  let dropped = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 24 }), (steps) => {
      const records = recordsOf(steps);
      const whole = sessionsOf(records, false);
      const lean = sessionsOf(records, true);
      dropped += whole.kept - lean.kept;
      expect(lean.sessions).toEqual(whole.sessions);
      expect(sessionsOf(records.map(withNumbers), true)).toEqual(lean);
    }),
    { numRuns: 2_000 },
  );
  expect(dropped).toBeGreaterThan(2_000);
});
