/** The sample files of every CSV layout, culture and encoding load, or explain themselves. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AttributedRecord, Problem } from '@logonscope/core';
import { describe, expect, test } from 'vitest';
import { readSource } from './index.ts';
import { bytesSource } from './testing.ts';

const SAMPLES = join(dirname(fileURLToPath(import.meta.url)), '../../../samples/csv');

async function read(file: string, timezone: string | null = 'Europe/London') {
  const records: AttributedRecord[] = [];
  const problems: Problem[] = [];
  await readSource(
    bytesSource(file, readFileSync(join(SAMPLES, file))),
    {
      record: (record) => void records.push(record as AttributedRecord),
      problem: (problem) => void problems.push(problem),
    },
    { timezone, assumedTimezone: 'Europe/London' },
  );
  return { records, problems, codes: problems.map(({ code }) => code) };
}

const iso = (time: number | undefined): string => new Date(time ?? Number.NaN).toISOString();

describe('the collector', () => {
  test('en-US from Windows PowerShell: 64 rows, one computer, the month first', async () => {
    const { records, problems } = await read('sessionsentry_collector_enUS_ps51.csv');
    expect(problems).toEqual([]);
    expect(records).toHaveLength(64);
    expect(new Set(records.map((r) => r.computer))).toEqual(new Set(['WS-LON-014.corp.example']));
    expect([iso(records[0]?.time), iso(records.at(-1)?.time)]).toEqual([
      '2025-11-03T08:57:40.000Z',
      '2025-11-07T09:10:00.000Z',
    ]);
  });

  test('explicit credentials carry the logon ID of who used them, not of the account named', async () => {
    const { records } = await read('sessionsentry_collector_enUS_ps51.csv');
    const explicit = records.find((r) => r.word === 'ExplicitLogin');
    expect(explicit?.attributes).toMatchObject({
      user: 'alice',
      logonId: null,
      detail: { subjectLogonId: '0x3e7', targetServer: 'localhost' },
    });
  });

  test('elevation is believed only where the event itself says it', async () => {
    const { records } = await read('sessionsentry_collector_enUS_ps51.csv');
    const elevated = records.filter((r) => r.attributes.elevated === true);
    expect(new Set(elevated.map((r) => r.word))).toEqual(new Set(['TokenElevated']));
    expect(elevated.some((r) => r.attributes.user === 'carol')).toBe(false);
  });

  test('a failed logon has its codes and neither logon ID nor SID', async () => {
    const { records } = await read('sessionsentry_collector_enUS_ps51.csv');
    expect(records[0]?.attributes).toMatchObject({
      logonId: null,
      sid: null,
      logonType: 2,
      status: '0xc000006d',
      subStatus: '0xc000006a',
      sourceAddress: '127.0.0.1',
    });
  });

  const sameDay = [
    'collector_enGB_ps7_utf8_nobom.csv',
    'collector_deDE_utf16le.csv',
    'collector_deDE_semicolons_windows1252.csv',
    'collector_iso_offset.csv',
  ];
  test.each(sameDay)('%s: the same records as any other culture of that day', async (file) => {
    const [{ records, codes }, reference] = await Promise.all([read(file), read(sameDay[0]!)]);
    expect(records.map(({ source: _, ...rest }) => rest)).toEqual(
      reference.records.map(({ source: _, ...rest }) => rest),
    );
    expect([records.length, iso(records[0]?.time)]).toEqual([21, '2025-11-03T08:57:40.000Z']);
    expect(records.some((r) => r.attributes.user === 'renée')).toBe(true);
    expect(codes.filter((code) => !['csv/ambiguous-dates', 'text/encoding-assumed'].includes(code))).toEqual(
      [],
    );
  });

  test('14 columns with a byte order mark: the same, but no SID', async () => {
    const { records } = await read('collector_enUS_utf8_bom_readme14cols.csv');
    const reference = await read(sameDay[0]!);
    expect(records.map((r) => [r.time, r.word, r.attributes.user, r.computer])).toEqual(
      reference.records.map((r) => [r.time, r.word, r.attributes.user, r.computer]),
    );
    expect(records.every((r) => r.attributes.sid === null)).toBe(true);
  });

  test('a narrow no-break space before AM and PM', async () => {
    const { records } = await read('collector_enUS_narrow_nbsp_before_AMPM.csv');
    expect([records.length, iso(records[0]?.time)]).toEqual([8, '2025-11-03T08:57:40.000Z']);
  });

  test('the hour that autumn repeats: file order decides', async () => {
    const { records, problems } = await read('collector_enUS_dst_fallback_london.csv');
    expect(problems).toEqual([]);
    expect(records.map((r) => iso(r.time).slice(5, 16))).toEqual([
      '10-25T23:50',
      '10-26T00:30',
      '10-26T01:10',
      '10-26T02:30',
    ]);
  });

  test('without a zone named, the assumed one is used and said so once, with the option to name it', async () => {
    const { problems } = await read('sessionsentry_collector_enUS_ps51.csv', null);
    expect(problems.map(({ code }) => code)).toEqual(['zone-assumed']);
    expect(problems[0]?.message).toContain('--timezone');
  });
});

describe('files without anything to read say so', () => {
  test.each([
    ['collector_empty_0_bytes.csv', 'file/empty'],
    ['collector_header_only.csv', 'file/no-records'],
    ['expected.json', 'file/unknown-format'],
  ])('%s: %s', async (file, code) => {
    const { records, codes } = await read(file);
    expect([records.length, codes]).toEqual([0, [code]]);
  });
});

describe('Splunk', () => {
  test.each(['splunk_user_activity_logs.csv', 'splunk_iso_unquoted.csv'])(
    '%s: 43 rows, each on its computer',
    async (file) => {
      const { records, problems } = await read(file, null);
      expect(problems).toEqual([]);
      expect(records).toHaveLength(43);
      const computers = (user: string) =>
        [...new Set(records.filter((r) => r.attributes.user === user).map((r) => r.computer))].sort();
      expect(computers('erin')).toEqual(['WS-A.corp.example']);
      expect(computers('frank')).toEqual(['WS-B.corp.example']);
      expect(computers('svc_scan')).toEqual(['WS-A.corp.example']);
      expect(computers('heidi')).toEqual(['WS-B.corp.example']);
      expect(iso(records[0]?.time)).toBe('2025-11-03T08:00:00.000Z');
    },
  );

  test('a failed logon names the logon ID of the subject only', async () => {
    const { records } = await read('splunk_user_activity_logs.csv');
    const failed = records.find((r) => r.word === 'LoginFailed');
    expect(failed?.attributes).toMatchObject({ logonId: null, detail: { subjectLogonId: '0x3e7' } });
  });

  test('a remote logon keeps the client as its workstation', async () => {
    const { records } = await read('splunk_user_activity_logs.csv');
    const remote = records.find((r) => r.attributes.workstation === 'LT-FRANK');
    expect([remote?.computer, remote?.attributes.sourceAddress]).toEqual(['WS-B.corp.example', '10.20.0.77']);
  });
});

describe("the agent's event_log.csv", () => {
  test('49 rows; the offset that is written counts; the same event has one identity', async () => {
    const { records, problems } = await read('agent_event_log.csv', null);
    expect(problems).toEqual([]);
    expect(records).toHaveLength(49);
    expect(new Set(records.map((r) => r.identity)).size).toBe(48);
    const zoe = records.filter((r) => r.attributes.user === 'zoë');
    expect(zoe.map((r) => iso(r.time).slice(11, 16))).toEqual(['17:10', '17:30', '17:35', '17:50']);
    expect(records.map((r) => r.attributes.user)).toContain('front desk');
    expect(records.map((r) => r.attributes.user)).toContain("o'neill");
    expect(records.every((r) => r.attributes.sourceAddress === undefined)).toBe(true);
    expect(records.filter((r) => r.attributes.detail?.retry === 1)).toHaveLength(3);
  });
});
