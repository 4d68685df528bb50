/** What the reader hands over and what it only notes: wanted records, signs of life, forwarded records, detection. */
import { LifeTracker, type Problem, type RawRecord } from '@logonscope/core';
import { evtxBytes } from '@logonscope/simulator';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesSource } from '../bytes.ts';
import { MAX_PROBLEMS_PER_FILE } from '../limits.ts';
import { LifeLanes } from './life.ts';
import { readAllFields } from './read-all-fields.ts';
import { evtxReader } from './reader.ts';
import { field, LOGON, logon, logons, recordOffsets, START, tell } from './testdata/logons.ts';

const UNKNOWN = { ...LOGON, id: 4999 };

test('records that the tables do not know are skipped, but prove that the computer ran', async () => {
  const { records, life } = await tell(evtxBytes([logon(1), logon(2, { layout: UNKNOWN }), logon(3)]));
  expect(records.map(({ recordId }) => recordId)).toEqual([1, 3]);
  expect(life).toEqual([
    {
      computer: 'pc1.corp.example',
      channel: 'Security',
      from: START + 1_000,
      to: START + 3_000,
      firstRecordId: 1,
      lastRecordId: 3,
    },
  ]);
});

test('the caller decides what is wanted, and is asked by provider and ID', async () => {
  const asked: string[] = [];
  const wanted = (provider: string, eventId: number) => {
    asked.push(`${provider} ${eventId}`);
    return eventId === UNKNOWN.id;
  };
  const log = evtxBytes([logon(1), logon(2, { layout: UNKNOWN }), logon(3)]);
  expect((await tell(log, { wanted })).records.map(({ recordId }) => recordId)).toEqual([2]);
  expect(asked).toEqual([`${LOGON.provider} 4624`, `${LOGON.provider} 4999`]);
  expect((await tell(log, { wanted, everyRecord: true })).records).toHaveLength(3);
});

test('forwarded records, which have no templates, say the same as others', async () => {
  const records = [...logons(40), logon(41, { layout: UNKNOWN }), logon(42)];
  const plain = await tell(evtxBytes(records));
  const forwarded = await tell(evtxBytes(records, { bare: true }));
  const said = ({ source: _, ...record }: (typeof plain.records)[number]) => record;
  expect(forwarded.problems).toEqual([]);
  expect(forwarded.records.map(said)).toEqual(plain.records.map(said));
  expect(forwarded.life).toEqual(plain.life);
});

test.each([false, true])('numbers are the same as numbers and as texts (bare: %s)', async (bare) => {
  const ids = [0n, 1n, 0x3e7n, 0xffff_ffffn, 0x1_0000_0000n, 0xffff_ffff_ffffn, 0x1_0000_0000_0000n];
  const written = ids.map((id, i) => logon(i + 1, { values: ['S-1-5-18', '17', id, i, 'User32 ', '-'] }));
  const found: unknown[] = [];
  const sink = {
    record(record: RawRecord) {
      if (record.kind !== 'windows') return;
      const names = ['TargetUserName', 'TargetLogonId', 'LogonType', 'Missing'];
      found.push(names.map((name) => [record.field(name), record.integer?.(name)]));
    },
    problem: (problem: Problem) => void found.push(problem),
  };
  const source = bytesSource('log.evtx', evtxBytes(written, { bare }));
  await evtxReader.read(source, sink, { timezone: null, assumedTimezone: 'UTC' });
  const number = (value: number) => (bare || value >= 2 ** 48 ? null : value);
  expect(found).toEqual(
    ids.map((id, i) => [
      ['17', null],
      [`0x${id.toString(16)}`, number(Number(id))],
      [String(i), number(i)],
      [null, null],
    ]),
  );
});

test('records of a file share one place for their events, as their number tells the rest', async () => {
  const places: unknown[] = [];
  const sink = {
    record: (record: RawRecord) =>
      void places.push(record.kind === 'windows' ? record.sharedSource : undefined),
    problem: (problem: Problem) => void places.push(problem),
  };
  const source = bytesSource('log.evtx', evtxBytes(logons(3)));
  await evtxReader.read(source, sink, { timezone: null, assumedTimezone: 'UTC' });
  expect(places).toEqual(Array(3).fill({ file: 'log.evtx', numbered: true }));
  expect(places[1]).toBe(places[0]);
});

test('all fields come in order, with every kind of value as Windows writes it', async () => {
  const layout = {
    ...LOGON,
    fields: [
      field('Sid', 'sid'),
      field('Id', 'hex64'),
      field('Count', 'uint32'),
      field('Text', 'string'),
      field('Guid', 'guid'),
      field('At', 'filetime'),
    ],
  };
  const values = ['S-1-5-18', 0x3e7n, 7, 'Advapi  ', '54849625-5478-4994-A5BA-3E3B0328C30D', START + 1];
  const [record] = await readAllFields(evtxBytes([logon(1, { layout, values })]));
  expect(record?.fields).toEqual([
    ['Sid', 'S-1-5-18'],
    ['Id', '0x3e7'],
    ['Count', '7'],
    ['Text', 'Advapi  '],
    ['Guid', '{54849625-5478-4994-a5ba-3e3b0328c30d}'],
    ['At', '2025-06-02T09:00:00.0010000Z'],
  ]);
  expect(record).toMatchObject({ timeText: '2025-06-02T09:00:01.0000000Z', channel: 'Security' });
});

test('fields of UserData, which lie one level lower, are found with and without templates', async () => {
  const userData = { element: 'EventXML', namespace: 'Event_NS' };
  const record = { ...logon(1), layout: { ...LOGON, userData } };
  for (const bare of [false, true]) {
    const { records, problems } = await tell(evtxBytes([record], { bare }));
    expect(problems).toEqual([]);
    expect(records).toMatchObject([{ user: 'user1', logonId: '0x1001' }]);
  }
});

test('unnamed data are numbered, a name that comes twice means the first', async () => {
  const layout = { ...LOGON, fields: [field(''), field('Twice'), field(''), field('Twice')] };
  const values = ['zero', 'first', 'one', 'second'];
  for (const bare of [false, true]) {
    const asked: (string | null)[] = [];
    const log = evtxBytes([logon(1, { layout, values })], { bare });
    await evtxReader.read(
      bytesSource('log.evtx', log),
      {
        record(record) {
          if (record.kind !== 'windows') return;
          for (const name of ['#0', '#1', '#2', 'Twice', 'Absent']) asked.push(record.field(name));
        },
        problem: (problem) => expect(problem).toBeUndefined(),
      },
      { timezone: null, assumedTimezone: 'UTC' },
    );
    expect(asked).toEqual(['zero', 'one', null, 'first', null]);
  }
});

test('a record object is reused, its source is not', async () => {
  const { records } = await tell(evtxBytes(logons(3)));
  expect(records.map(({ source }) => source.record)).toEqual([1, 2, 3]);
  expect(new Set(records.map(({ source }) => source.offset)).size).toBe(3);
});

test('problems are listed up to a limit, then counted', async () => {
  const file = evtxBytes(logons(3 * MAX_PROBLEMS_PER_FILE));
  const view = new DataView(file.buffer);
  const offsets = recordOffsets(file);
  for (const at of offsets) view.setInt32(at + 24 + 4 + 2, 0x12345678, true);
  const { records, problems } = await tell(file);
  expect(records).toEqual([]);
  expect(problems).toHaveLength(MAX_PROBLEMS_PER_FILE + 1);
  expect(problems.at(-1)).toMatchObject({
    code: 'evtx/more-problems',
    message: `${offsets.length - MAX_PROBLEMS_PER_FILE} more problems of this file are not listed; ${offsets.length} in all`,
  });
});

test('detection goes by content', () => {
  const file = evtxBytes(logons(1));
  expect(evtxReader.detect(file.subarray(0, 65_536))).toBe(1);
  expect(evtxReader.detect(file.subarray(4_096))).toBe(0.9);
  expect(evtxReader.detect(new Uint8Array(100))).toBe(0);
});

test('law: lanes note life as the core does', () => {
  const step = fc.record({
    computer: fc.constantFrom('a', 'b'),
    channel: fc.constantFrom('Security', 'System'),
    idStep: fc.constantFrom(-1, 0, 1, 1, 1, 1, 2),
    timeStep: fc.constantFrom(-1_000, 0, 500, 60_000, 60_001),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const spans: unknown[] = [];
      const lanes = new LifeLanes((span) => spans.push(span));
      const trackers = new Map<string, LifeTracker>();
      let recordId = 100;
      let time = START;
      for (const { computer, channel, idStep, timeStep } of steps) {
        recordId += idStep;
        time += timeStep;
        lanes.touch(lanes.lane(computer, channel), recordId, time);
        const key = `${computer} ${channel}`;
        const tracker = trackers.get(key) ?? new LifeTracker(computer, channel);
        trackers.set(key, tracker);
        tracker.touch(recordId, time);
      }
      lanes.finish();
      const expected = [...trackers.values()].flatMap((tracker) => tracker.finish());
      const sorted = (list: readonly unknown[]) =>
        list.map((span) => JSON.stringify(span, Object.keys(span as object).sort())).sort();
      expect(sorted(spans)).toEqual(sorted(expected));
    }),
  );
});
