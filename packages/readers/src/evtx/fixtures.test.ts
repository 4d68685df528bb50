/**
 * Against real files: what other readers and Windows itself read in them, record by record and value by value. The
 * files lie beside the repository, since they are not ours to ship.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type FullRecord, readAllFields } from './read-all-fields.ts';
import { eventsOf } from './testdata/event-xml.ts';

const FOLDER = resolve(import.meta.dirname, '../../../../../shared/fixtures/evtx');

/** False on a machine without the fixtures; says so once, as a part of the tests is then missing. */
const haveFixtures = existsSync(join(FOLDER, 'expected.json'));
if (!haveFixtures) console.warn(`skipped: tests against real EVTX files, which are not at ${FOLDER}`);

interface ExpectedFile {
  readonly file: string;
  /** What Rust's evtx counts, by provider and ID joined with a bar. */
  readonly histogram: Readonly<Record<string, number>>;
}

function expectedFiles(): ExpectedFile[] {
  const all = JSON.parse(readFileSync(join(FOLDER, 'expected.json'), 'utf8')) as {
    file: string;
    counts: { rust: { hist: Record<string, number> } };
  }[];
  return all.map(({ file, counts }) => ({ file, histogram: counts.rust.hist }));
}

function fixture(file: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(join(FOLDER, file)));
}

/** A record as Rust's evtx decodes it. */
interface GoldenRecord {
  readonly recordId: string;
  readonly eventId: number;
  /** Microseconds, without zone. */
  readonly time: string;
  readonly provider: string;
  readonly channel: string;
  readonly computer: string;
  readonly fields: readonly (readonly [string, string])[];
}

/** The golden records by the name of the EVTX file. */
function goldenFiles(): ReadonlyMap<string, GoldenRecord[]> {
  const names = readdirSync(join(FOLDER, 'golden')).filter((name) => name.endsWith('.jsonl'));
  const read = (name: string) =>
    readFileSync(join(FOLDER, 'golden', name), 'utf8')
      .split('\n')
      .filter(Boolean);
  return new Map(
    names.map((name) => [
      name.replace('.jsonl', '.evtx'),
      read(name).map((line) => JSON.parse(line) as GoldenRecord),
    ]),
  );
}

/** What Windows' own Event Viewer writes for a file. */
function windowsExport(name: string): string {
  return readFileSync(join(FOLDER, 'golden', name), 'utf8');
}

/** Records that the other readers miss: they give up the last chunk of a file that was cut off within it. */
const RECOVERED: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'security-truncated-file.evtx': {
    'Microsoft-Windows-Eventlog|1100': 1,
    'Microsoft-Windows-Security-Auditing|4608': 1,
    'Microsoft-Windows-Security-Auditing|4616': 2,
    'Microsoft-Windows-Security-Auditing|4624': 33,
    'Microsoft-Windows-Security-Auditing|4634': 7,
    'Microsoft-Windows-Security-Auditing|4648': 4,
    'Microsoft-Windows-Security-Auditing|4672': 29,
    'Microsoft-Windows-Security-Auditing|4739': 1,
    'Microsoft-Windows-Security-Auditing|4902': 1,
    'Microsoft-Windows-Security-Auditing|4904': 2,
    'Microsoft-Windows-Security-Auditing|4905': 2,
    'Microsoft-Windows-Security-Auditing|4907': 2,
    'Microsoft-Windows-Security-Auditing|5024': 2,
    'Microsoft-Windows-Security-Auditing|5033': 2,
  },
};

const histogramOf = (records: readonly FullRecord[]) => {
  const histogram: Record<string, number> = {};
  for (const { provider, eventId } of records) {
    const key = `${provider}|${eventId}`;
    histogram[key] = (histogram[key] ?? 0) + 1;
  }
  return histogram;
};

/**
 * Rust's evtx spells some values its own way, so both sides are brought to one spelling: GUIDs without braces in
 * upper case, times with six decimals and no `Z`, unnamed data under the element's name, no blanks at the end,
 * one blank for any, and no elements without a value, which Windows leaves out.
 */
const spelling = (name: string, text: string): [string, string] => {
  const guid = /^\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/i.exec(text);
  const time = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z?$/.exec(text);
  const plainName = /^#\d+$/.test(name) ? 'Data' : name;
  if (guid !== null) return [plainName, (guid[1] as string).toUpperCase()];
  if (time !== null) return [plainName, `${time[1]}.${(time[2] ?? '').padEnd(6, '0').slice(0, 6)}`];
  return [plainName, text.replace(/\s+/g, ' ').trim()];
};
const spelt = (fields: readonly (readonly [string, string])[]) =>
  fields.map(([name, text]) => spelling(name, text)).filter(([, text]) => text !== '');

describe.skipIf(!haveFixtures)('real files', () => {
  for (const { file, histogram } of haveFixtures ? expectedFiles() : [])
    test(`${file}: as many records of every event as Rust's evtx finds, or more where the file is damaged`, async () => {
      const found = histogramOf(await readAllFields(fixture(file)));
      const expected: Record<string, number> = { ...histogram };
      for (const [key, more] of Object.entries(RECOVERED[file] ?? {}))
        expected[key] = (expected[key] ?? 0) + more;
      expect(found).toEqual(expected);
    });

  for (const [file, golden] of haveFixtures ? goldenFiles() : new Map<string, never[]>())
    test(`${file}: every fact and field of ${golden.length} records as Rust's evtx decodes them`, async () => {
      const records = await readAllFields(fixture(file));
      const key = (record: { recordId: unknown; computer: unknown; eventId: unknown }) =>
        `${record.recordId} ${record.eventId} ${record.computer}`;
      const byKey = new Map(records.map((record) => [key(record), record]));
      for (const expected of golden) {
        const found = byKey.get(key(expected));
        expect(found, key(expected)).toBeDefined();
        const { provider, channel, timeText, fields } = found as FullRecord;
        expect({ provider, channel, time: spelling('', timeText ?? '')[1], fields: spelt(fields) }).toEqual({
          provider: expected.provider,
          channel: expected.channel,
          time: spelling('', expected.time)[1],
          fields: spelt(expected.fields),
        });
      }
    });

  test('system-win11.evtx: every value as Event Viewer exports it', async () => {
    const records = await readAllFields(fixture('system-win11.evtx'));
    const expected = eventsOf(windowsExport('system-win11.windows-export.xml'));
    expect(expected).toHaveLength(1247);
    const byId = new Map(records.map((record) => [record.recordId, record]));
    for (const event of expected) {
      const { found: _, ...record } = byId.get(event.recordId) as FullRecord;
      // XML knows one kind of line end only.
      const fields = record.fields.map(([name, text]) => [name, text.replaceAll('\r\n', '\n')]);
      expect({ ...record, fields }).toEqual(event);
    }
  });
});
