/** Real exports of other people's tools; the files stand beside the repository, and without them this part says so. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Problem, WindowsRecord } from '@logonscope/core';
import { describe, expect, test } from 'vitest';
import { detect, HEAD_BYTES, readSource } from './index.ts';
import { parseIsoInstant } from './iso-time.ts';
import { bytesSource } from './testing.ts';

const FIXTURES = join(dirname(fileURLToPath(import.meta.url)), '../../../../shared/fixtures/evtx');
const present = existsSync(FIXTURES);
if (!present) console.log(`skipped: real exports are not at ${FIXTURES}`);

interface Kept {
  readonly time: number | null;
  readonly facts: readonly unknown[];
  readonly fields: Record<string, string | null>;
}

async function read(path: string, fieldNames: (record: WindowsRecord) => readonly string[] = () => []) {
  const kept: Kept[] = [];
  const problems: Problem[] = [];
  await readSource(
    bytesSource(path, readFileSync(join(FIXTURES, path))),
    {
      record(record) {
        if (record.kind !== 'windows') throw new Error('a Windows log gave another record');
        const { time, provider, channel, eventId, recordId, computer } = record;
        const fields = Object.fromEntries(fieldNames(record).map((name) => [name, record.field(name)]));
        kept.push({ time, facts: [recordId, eventId, provider, channel, computer], fields });
      },
      problem: (problem) => void problems.push(problem),
    },
    { timezone: null, assumedTimezone: 'America/Los_Angeles', everyRecord: true },
  );
  return { kept, problems };
}

const histogram = (kept: readonly Kept[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { facts } of kept) counts[String(facts[1])] = (counts[String(facts[1])] ?? 0) + 1;
  return counts;
};

describe.skipIf(!present)('NXLog captures', () => {
  const expected: Record<string, { records: number; hist: Record<string, number> }> = present
    ? JSON.parse(readFileSync(join(FIXTURES, 'jsonl/expected.json'), 'utf8'))
    : {};

  test.each(Object.keys(expected))('%s: every event, once', async (file) => {
    const { kept, problems } = await read(`jsonl/${file}`);
    expect(problems).toEqual([]);
    expect(kept).toHaveLength(expected[file]!.records);
    expect(histogram(kept)).toEqual(expected[file]!.hist);
  });

  test('local time without offset: four hours behind UTC, as the other times of the file say', async () => {
    const { kept } = await read('jsonl/otrf-rdp-disconnect-lock.jsonl');
    const times = kept.map(({ time }) => new Date(time ?? Number.NaN).toISOString()).sort();
    expect(times[0]?.slice(0, 13)).toBe('2020-09-04T07');
  });
});

describe.skipIf(!present)("Event Viewer's own export", () => {
  interface Golden {
    readonly recordId: string;
    readonly eventId: number;
    readonly time: string;
    readonly provider: string;
    readonly channel: string;
    readonly computer: string;
    readonly fields: readonly (readonly [string, string])[];
  }

  const golden = (): Golden[] =>
    readFileSync(join(FIXTURES, 'golden/system-win11.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));

  /** The golden's values under our names: unnamed ones counted from `#0`. */
  function named(fields: Golden['fields']): [string, string][] {
    let unnamed = 0;
    return fields.map(([name, value]) => [name === 'Data' ? `#${unnamed++}` : name, value]);
  }

  test('all 1247 events; those of the other reader have the same facts and values', async () => {
    const rows = new Map(golden().map((row) => [Number(row.recordId), row]));
    const { kept, problems } = await read('golden/system-win11.windows-export.xml', (record) =>
      named(rows.get(record.recordId ?? -1)?.fields ?? []).map(([name]) => name),
    );
    expect(problems).toEqual([]);
    expect(kept).toHaveLength(1247);
    const byRecord = new Map(kept.map((record) => [record.facts[0] as number, record]));
    let compared = 0;
    for (const [recordId, row] of rows) {
      const found = byRecord.get(recordId);
      expect(found?.facts).toEqual([recordId, row.eventId, row.provider, row.channel, row.computer]);
      expect(found?.time).toBe(parseIsoInstant(row.time));
      for (const [name, value] of named(row.fields)) {
        const text = found?.fields[name] ?? '';
        // The other reader prints times with fewer digits.
        const same =
          parseIsoInstant(value) === null ? text === value : parseIsoInstant(text) === parseIsoInstant(value);
        expect([recordId, name, same ? value : text]).toEqual([recordId, name, value]);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(50);
  });

  test('the EVTX it was exported from gives the same records', async () => {
    const [xml, evtx] = await Promise.all([
      read('golden/system-win11.windows-export.xml'),
      read('system-win11.evtx'),
    ]);
    const sorted = (kept: readonly Kept[]) =>
      kept.map(({ time, facts }) => JSON.stringify([time, ...facts])).sort();
    expect(sorted(xml.kept)).toEqual(sorted(evtx.kept));
  });
});

describe.skipIf(!present)('detection', () => {
  test('every real file is found for what it is', () => {
    const found = (path: string) =>
      detect(readFileSync(join(FIXTURES, path)).subarray(0, HEAD_BYTES), 'x')[0]?.reader.id;
    for (const file of readdirSync(FIXTURES).filter((name) => name.endsWith('.evtx')))
      expect(found(file)).toBe('evtx');
    expect(found('jsonl/otrf-rdp-reconnect.jsonl')).toBe('nxlog-json');
    expect(found('golden/system-win11.windows-export.xml')).toBe('windows-xml');
  });
});
