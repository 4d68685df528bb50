/** How fast EVTX is read, by how much of each record is wanted; the work of the sessions comes on top elsewhere. */
import { closeSync, existsSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { crc32 } from 'node:zlib';
import { createDecoder, isWanted, type Problem, type WindowsRecord } from '@logonscope/core';
import { evtxReader, type ReadOptions } from '@logonscope/readers';
import { writeBigLog } from './lib/evtx-big.ts';
import { tell } from './lib/figures.ts';
import { median } from './lib/rounds.ts';

const GIGABYTE = 1 << 30;
const FIXTURES = resolve(import.meta.dirname, '../../shared/fixtures/evtx');
const SOURCES = ['win-security-workgroup-dirty.evtx', 'security-size_t.evtx'].map((name) =>
  join(FIXTURES, name),
);
const OPTIONS: ReadOptions = { timezone: null, assumedTimezone: 'UTC', crc32 };
/** What a consumer asks of a logon before anything else, and what it asks of one it keeps. */
const FIRST_FIELDS = ['LogonType', 'TargetUserSid', 'TargetLogonId'];
const MORE_FIELDS = [
  'TargetUserName',
  'TargetDomainName',
  'LogonProcessName',
  'IpAddress',
  'WorkstationName',
];

type Visit = (record: WindowsRecord) => void;
const asking =
  (names: readonly string[]): Visit =>
  (record) => {
    for (const name of names) record.field(name);
  };

const decode = createDecoder({ peopleOnly: true });
/** How much is done with each record that is wanted; `null` only reads the bytes. */
const WAYS: Readonly<Record<string, { wanted: ReadOptions['wanted']; visit: Visit } | null>> = {
  'bytes only': null,
  'IDs and life spans': { wanted: () => false, visit: () => {} },
  'wanted, three fields': { wanted: isWanted, visit: asking(FIRST_FIELDS) },
  'wanted, eight fields': { wanted: isWanted, visit: asking([...FIRST_FIELDS, ...MORE_FIELDS]) },
  "decoded to people's events": { wanted: isWanted, visit: (record) => void decode(record) },
};

async function readOnce(
  path: string,
  way: (typeof WAYS)[string],
): Promise<{ cpuSeconds: number; records: number }> {
  const descriptor = openSync(path, 'r');
  const before = process.cpuUsage();
  let records = 0;
  const source = {
    name: path,
    sizeBytes: null,
    read: (into: Uint8Array) => readSync(descriptor, into, 0, into.length, null),
  };
  if (way === null || way === undefined) {
    const buffer = new Uint8Array(1 << 20);
    while (source.read(buffer) > 0);
  } else {
    const sink = {
      record: (record: unknown) => {
        records += 1;
        way.visit(record as WindowsRecord);
      },
      problem: ({ at, message }: Problem) => {
        throw new Error(`the generated file is not valid: ${at.offset}: ${message}`);
      },
      life: () => {},
    };
    await evtxReader.read(
      source,
      sink,
      way.wanted === undefined ? OPTIONS : { ...OPTIONS, wanted: way.wanted },
    );
  }
  closeSync(descriptor);
  const { user, system } = process.cpuUsage(before);
  return { cpuSeconds: (user + system) / 1e6, records };
}

if (!existsSync(FIXTURES)) {
  console.log('evtx-read: skipped, the EVTX fixtures are not beside the repository');
  process.exit(0);
}
const quick = process.argv.includes('--quick');
const scratch = mkdtempSync(join(tmpdir(), 'logonscope-evtx-'));
try {
  const path = join(scratch, 'big.evtx');
  const log = await writeBigLog(path, SOURCES, quick ? GIGABYTE / 16 : GIGABYTE);
  console.log(`${log.records} records in ${log.chunks} chunks, ${log.sizeBytes} bytes`);
  for (const [what, way] of Object.entries(WAYS)) {
    const costs: number[] = [];
    let wanted = 0;
    for (let round = 0; round < 5; round++) {
      const { cpuSeconds, records } = await readOnce(path, way);
      costs.push((cpuSeconds * GIGABYTE) / log.sizeBytes);
      wanted = records;
    }
    const share = way === null ? '' : `, ${Math.round((100 * wanted) / log.records)} % of records`;
    tell({ part: 'evtx-read', what: `${what}${share}`, value: median(costs), unit: 's CPU / GB' });
  }
  console.log(`resident at most ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
