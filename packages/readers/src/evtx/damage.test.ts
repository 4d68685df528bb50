/** What damage costs: one record where one is damaged, never the ones around it, and always a problem that says where. */
import { evtxBytes } from '@logonscope/simulator';
import { describe, expect, test } from 'vitest';
import { crc32 } from './crc32.ts';
import { logon, logons, recordOffsets, START, tell } from './testdata/logons.ts';

const ids = (records: readonly { recordId: number | null }[]) => records.map(({ recordId }) => recordId);
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);
const codes = (problems: readonly { code: string }[]) => problems.map(({ code }) => code);

test('an intact log: every record, in order, without problems', async () => {
  const { records, problems } = await tell(evtxBytes(logons(500)));
  expect(problems).toEqual([]);
  expect(ids(records)).toEqual(upTo(500));
  expect(records[41]).toMatchObject({
    recordId: 42,
    time: START + 42_000,
    eventId: 4624,
    computer: 'pc1.corp.example',
    user: 'user42',
    logonId: '0x102a',
  });
});

describe('records', () => {
  test('a record whose magic is overwritten is stepped over', async () => {
    const file = evtxBytes(logons(20));
    const at = recordOffsets(file)[9] as number;
    file.fill(0xcc, at, at + 8);
    const { records, problems } = await tell(file);
    expect(ids(records)).toEqual(upTo(20).filter((id) => id !== 10));
    expect(problems).toMatchObject([
      { code: 'evtx/damaged-record', at: { file: 'log.evtx', offset: at }, field: 'record' },
    ]);
  });

  test('a record whose size is wrong is stepped over', async () => {
    const file = evtxBytes(logons(20));
    const at = recordOffsets(file)[9] as number;
    new DataView(file.buffer).setUint32(at + 4, 0x7fffffff, true);
    const { records, problems } = await tell(file);
    expect(ids(records)).toEqual(upTo(20).filter((id) => id !== 10));
    expect(codes(problems)).toEqual(['evtx/damaged-record']);
  });

  test('a record whose values reach beyond its end is lost alone', async () => {
    const file = evtxBytes(logons(20));
    const [at, next] = recordOffsets(file).slice(9, 11) as [number, number];
    // Number of substitutions of the outer template: behind header, fragment header and instance.
    new DataView(file.buffer).setUint32(at + 24 + 4 + 10, 60_000, true);
    const { records, problems } = await tell(file);
    expect(ids(records)).toEqual(upTo(20).filter((id) => id !== 10));
    expect(problems).toMatchObject([
      {
        code: 'evtx/damaged-record',
        at: { record: 10, offset: at },
        field: 'substitutions.count',
        message: 'have 60000, need at most 4096 within the record',
      },
    ]);
    expect(next).toBeGreaterThan(at);
  });

  test('the last record without its end is handed over, marked as torn', async () => {
    const { records, problems } = await tell(evtxBytes(logons(20), { tornLast: true }));
    expect(ids(records)).toEqual(upTo(20));
    expect(records[19]).toMatchObject({ user: 'user20', source: { record: 20, recovered: 'torn' } });
    expect(records[18]?.source.recovered).toBeUndefined();
    expect(problems).toMatchObject([{ code: 'evtx/torn-record', at: { record: 20 } }]);
  });

  test('a damaged body costs the fields, not the record', async () => {
    const file = evtxBytes(logons(3));
    const at = recordOffsets(file)[1] as number;
    const next = recordOffsets(file)[2] as number;
    // The body is the record's second template instance; its count of values follows ten bytes later.
    const body = file.indexOf(0x0c, file.indexOf(0x0c, at + 24) + 14);
    expect(body).toBeLessThan(next);
    new DataView(file.buffer).setUint32(body + 10, 50_000, true);
    const { records, problems } = await tell(file);
    expect(ids(records)).toEqual([1, 2, 3]);
    expect(records[1]).toMatchObject({ eventId: 4624, user: null });
    expect(problems).toMatchObject([{ code: 'evtx/damaged-body', at: { record: 2, offset: at } }]);
  });
});

describe('chunks', () => {
  test('a chunk with a damaged magic is searched for its records', async () => {
    const file = evtxBytes(logons(20));
    file.fill(0, 4_096, 4_104);
    const { records, problems } = await tell(file);
    expect(ids(records)).toEqual(upTo(20));
    expect(problems).toMatchObject([{ code: 'evtx/chunk-magic', at: { offset: 4_096 } }]);
  });

  test('a chunk whose free-space mark is nonsense is read to its end', async () => {
    const file = evtxBytes(logons(20));
    new DataView(file.buffer).setUint32(4_096 + 48, 0xffffffff, true);
    const { records, problems } = await tell(file);
    expect(ids(records)).toEqual(upTo(20));
    expect(codes(problems)).toEqual(['evtx/chunk-header']);
  });

  test('a file that was cut off within a chunk gives every record before the cut', async () => {
    const file = evtxBytes(logons(400));
    const offsets = recordOffsets(file);
    const cut = offsets[offsets.length - 5] as number;
    const { records, problems } = await tell(file.slice(0, cut));
    expect(ids(records)).toEqual(upTo(395));
    expect(codes(problems)).toEqual(['evtx/truncated-chunk']);
  });

  test('old records in the slack come on request only, marked', async () => {
    // Chunks are reused without being cleared: the rest of an earlier chunk stays behind the last record.
    const file = evtxBytes(logons(400), { slackBytes: 20_000 });
    const plain = await tell(file);
    const all = await tell(file, { slack: true });
    expect(plain.records.every(({ source }) => source.recovered === undefined)).toBe(true);
    const found = all.records.filter(({ source }) => source.recovered === 'slack');
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ user }) => /^user\d+$/.test(user ?? ''))).toBe(true);
    expect(found.length + plain.records.length).toBe(all.records.length);
    expect(all.life).toEqual(plain.life);
  });
});

describe('file header', () => {
  test('a header that was not brought up to date is no problem, all chunks are read', async () => {
    const { records, problems } = await tell(evtxBytes(logons(1_000), { dirty: true }));
    expect(ids(records)).toEqual(upTo(1_000));
    expect(problems).toEqual([]);
  });

  test('a header of other bytes is reported, the chunks are read', async () => {
    const file = evtxBytes(logons(20));
    file.fill(0x41, 0, 4_096);
    const { records, problems } = await tell(file);
    expect(ids(records)).toEqual(upTo(20));
    expect(codes(problems)).toEqual(['evtx/file-header']);
  });

  test('chunks without a file header, as carved from a disk, are read', async () => {
    const { records, problems } = await tell(evtxBytes(logons(20)).slice(4_096));
    expect(ids(records)).toEqual(upTo(20));
    expect(codes(problems)).toEqual(['evtx/file-header']);
  });

  test.each([0, 1, 4_095])('a file of %i bytes is a problem', async (size) => {
    const { records, problems } = await tell(new Uint8Array(size));
    expect(records).toEqual([]);
    expect(codes(problems)).toEqual(['evtx/file-header']);
  });
});

describe('templates', () => {
  const CHUNK = 65_536;
  const twoChunks = () => {
    const file = evtxBytes(logons(600));
    expect(file.length).toBeGreaterThanOrEqual(4_096 + 2 * CHUNK);
    return file;
  };
  const replaceText = (file: Uint8Array, from: number, text: string, by: string) => {
    const units = (word: string) => [...word].flatMap((char) => [char.charCodeAt(0), 0]);
    const wanted = units(text);
    for (let at = from; at < from + CHUNK; at++)
      if (wanted.every((byte, i) => file[at + i] === byte)) {
        file.set(units(by), at);
        return;
      }
    throw new Error(`no ${text}`);
  };

  test('a forged template in a damaged chunk does not spoil the chunks after it', async () => {
    const file = twoChunks();
    replaceText(file, 4_096, 'pc1.corp', 'pwn.evil');
    const { records } = await tell(file);
    const view = new DataView(file.buffer);
    const inFirst = recordOffsets(file).filter((at) => at < 4_096 + CHUNK).length;
    expect(view.getUint32(4_096 + 52, true)).not.toBe(
      crc32(file.subarray(4_096 + 512, 4_096 + view.getUint32(4_096 + 48, true))),
    );
    expect(records[0]?.computer).toBe('pwn.evil.example');
    expect(new Set(records.slice(inFirst).map(({ computer }) => computer))).toEqual(
      new Set(['pc1.corp.example']),
    );
  });

  test('a template whose definition was overwritten is known from the chunk before', async () => {
    const file = twoChunks();
    const first = recordOffsets(file).find((at) => at > 4_096 + CHUNK) as number;
    // The GUID of the definition in the first record of the second chunk: next offset, then GUID.
    file.fill(0xee, first + 24 + 4 + 10 + 4, first + 24 + 4 + 10 + 8);
    const { records } = await tell(file);
    expect(records).toHaveLength(600);
    expect(new Set(records.map(({ computer }) => computer))).toEqual(new Set(['pc1.corp.example']));
  });
});

test('positions beyond 4 GB are right', async () => {
  const file = evtxBytes([logon(7)]);
  const chunks = Math.ceil(2 ** 32 / 65_536) + 3;
  const lastAt = 4_096 + chunks * 65_536;
  let at = 0;
  // Sparse: the header, more than 4 GB of unused chunks, one chunk. Nothing but the header needs erasing.
  const source = {
    name: 'big.evtx',
    sizeBytes: lastAt + 65_536,
    read(into: Uint8Array) {
      const next = at < 4_096 ? 4_096 : at < lastAt ? lastAt : lastAt + 65_536;
      const got = Math.min(into.length, next - at);
      if (at < 4_096) into.set(file.subarray(at, at + got));
      else if (at >= lastAt) into.set(file.subarray(4_096 + at - lastAt, 4_096 + at - lastAt + got));
      else into.fill(0, 0, 4_096);
      at += got;
      return got;
    },
  };
  const { records, problems } = await tell(source);
  expect(problems).toEqual([]);
  expect(records).toMatchObject([{ recordId: 7, source: { offset: lastAt + 512 } }]);
  expect(lastAt).toBeGreaterThan(2 ** 32);
});
