/** What the EVTX writer wrote, our reader reads back field for field, in every shape of file. */
import type { Problem } from '@logonscope/core';
import { readAllFields } from '@logonscope/readers';
import { describe, expect, test } from 'vitest';
import { fieldText } from '../emit/windows-record.ts';
import { simulateFleet } from '../fleet/simulate.ts';
import { LAYOUTS } from '../layouts/index.ts';
import type { SimRecord } from '../record.ts';
import { CHUNK_BYTES } from './chunk.ts';
import { crc32 } from './crc32.ts';
import { type EvtxOptions, evtxBytes, FILE_HEADER_BYTES } from './evtx-writer.ts';
import { systemTimeBytes, type Value, type ValueType } from './values.ts';

const NOON = Date.UTC(2025, 2, 3, 12, 0, 0, 345);
const HOSTILE = 'zoë "<b>&\u202e=1+1';
const SAMPLE: Record<ValueType, Value> = {
  string: HOSTILE,
  strings: ['first', '', '576'],
  uint8: 7,
  uint16: 65_535,
  int32: -60,
  uint32: 4_000_000_000,
  uint64: 5_000_000_000_000_000,
  boolean: true,
  binary: systemTimeBytes(NOON),
  guid: '54849625-5478-4994-A5BA-3E3B0328C30D',
  filetime: NOON,
  systemtime: NOON,
  sid: 'S-1-5-21-1004336348-1177238915-682003330-1100',
  hex32: 0xc000006d,
  hex64: 0x29fa9,
};

/** One record of every kind of event, ten times over: several chunks. */
const every: SimRecord[] = Array.from({ length: 10 }, () => LAYOUTS)
  .flat()
  .map((layout, index) => ({
    time: NOON + index,
    layout,
    recordId: 70_000 + index,
    computer: 'PC-1.corp.example',
    values: layout.fields.map(({ type }) => SAMPLE[type]),
    userSid: index % 2 === 0 ? 'S-1-5-18' : null,
  }));

/** Names and texts as a reader should report them; an event without values is its own empty element. */
function expected(record: SimRecord): [string, string][] {
  const { fields, userData } = record.layout;
  if (fields.length === 0) return [[userData?.element ?? 'EventData', '']];
  return record.layout.fields.flatMap(({ name, type }): [string, string][] =>
    type === 'strings'
      ? (record.values[0] as readonly string[]).map((text, index) => [`#${index}`, text])
      : [[name, fieldText(record, name) ?? '']],
  );
}

async function readBack(
  records: readonly SimRecord[],
  options: EvtxOptions = {},
  read: { slack?: boolean } = {},
) {
  const problems: Problem[] = [];
  const found = await readAllFields(evtxBytes(records, options), {
    ...read,
    problem: (problem) => problems.push(problem),
  });
  return { found, problems };
}

function normal(text: string): string {
  return text
    .replace(/[{}]/g, '')
    .replace(/0000Z$/, 'Z')
    .toLowerCase();
}

describe.each([
  ['with templates', {}],
  ['forwarded, without templates', { bare: true }],
  ['with slack in its chunks', { slackBytes: 20_000 }],
  ['with a stale header', { dirty: true }],
] as const)('a file %s', (_what, options) => {
  test('is read back field for field', async () => {
    const { found, problems } = await readBack(every, options);
    expect(found.length).toBe(every.length);
    for (const [index, record] of every.entries()) {
      const { provider, channel, eventId, recordId, computer, timeText, fields } = found[index]!;
      const { layout } = record;
      expect({ provider, channel, eventId, recordId, computer }).toEqual({
        provider: layout.provider,
        channel: layout.channel,
        eventId: layout.id,
        recordId: record.recordId,
        computer: record.computer,
      });
      expect(Date.parse(timeText!)).toBe(record.time);
      const read = fields.map(([name, text]) => [name, normal(text ?? '')]);
      expect(read, `${layout.provider} ${layout.id}`).toEqual(
        expected(record).map(([name, text]) => [name, normal(text)]),
      );
    }
    expect(problems.filter(({ code }) => code !== 'evtx/dirty')).toEqual([]);
  });
});

test('a torn last record is found, and told apart', async () => {
  const { found } = await readBack(every.slice(0, 20), { tornLast: true, dirty: true });
  expect(found.map(({ found: how }) => how)).toEqual([...Array(19).fill('whole'), 'torn']);
});

test('a whole simulated week survives the file', async () => {
  const [computer] = simulateFleet({
    seed: 3,
    computers: 1,
    days: 7,
    kinds: ['terminalServer'],
    peoplePerServer: 5,
    noise: 0.2,
  });
  const records = computer!.records.filter(({ layout }) => layout.channel === 'Security');
  const { found, problems } = await readBack(records);
  expect(problems).toEqual([]);
  expect(found.map(({ recordId, eventId }) => [recordId, eventId])).toEqual(
    records.map(({ recordId, layout }) => [recordId, layout.id]),
  );
});

test('the checksums of headers and chunks are right', () => {
  const bytes = evtxBytes(every);
  const view = new DataView(bytes.buffer);
  expect(view.getUint32(124, true)).toBe(crc32(bytes, 0, 120));
  expect(view.getUint16(42, true)).toBe((bytes.length - FILE_HEADER_BYTES) / CHUNK_BYTES);
  for (let at = FILE_HEADER_BYTES; at < bytes.length; at += CHUNK_BYTES) {
    const free = view.getUint32(at + 48, true);
    expect(view.getUint32(at + 52, true)).toBe(crc32(bytes, at + 512, at + free));
    expect(view.getUint32(at + 124, true)).toBe(crc32(bytes, at + 128, at + 512, crc32(bytes, at, at + 120)));
  }
  expect(crc32(new TextEncoder().encode('123456789'), 0, 9)).toBe(0xcbf43926);
});

test('a record larger than a chunk is refused by name', () => {
  const layout = LAYOUTS.find(({ fields }) => fields[0]?.type === 'string')!;
  const values = layout.fields.map(() => 'x'.repeat(20_000));
  expect(() => evtxBytes([{ ...every[0]!, layout, values }])).toThrow(RangeError);
});
