/** Small files that would explode: templates that name one value many times, one within the other. */
import { expect, test } from 'vitest';
import { crc32 } from './crc32.ts';
import { CHUNK_BYTES, FILE_HEADER_BYTES, TEMPLATE_HEADER_BYTES, TYPE } from './format.ts';
import { readAllFields } from './read-all-fields.ts';
import { tell } from './testdata/logons.ts';

const u16 = (value: number) => [value & 0xff, value >> 8];
const u32 = (value: number) => [...u16(value & 0xffff), ...u16(value >>> 16)];
const TEMPLATE_ID = 0x11223344;
/** The definition stands in the first record, behind its header, fragment header and the instance's three numbers. */
const DEFINITION_AT = 512 + 24 + 4 + 10;

/** An element with inline name at an offset of the chunk; `content` is made for the place where it will stand. */
function element(at: number, name: string, content: (at: number) => number[]): number[] {
  const nameAt = at + 11;
  const units = [...name].flatMap((char) => u16(char.charCodeAt(0)));
  const start = [
    0x01,
    0,
    0,
    ...u32(0),
    ...u32(nameAt),
    ...u32(0),
    ...u16(0),
    ...u16(name.length),
    ...units,
    0,
    0,
  ];
  return [...start, 0x02, ...content(at + start.length + 1), 0x04];
}

/** `<Event><a>%0</a><a>%0</a>…</Event>`, where %0 is a nested document. */
function definition(copies: number): number[] {
  const tokensAt = DEFINITION_AT + TEMPLATE_HEADER_BYTES;
  const tokens = element(tokensAt + 4, 'Event', (first) => {
    const all: number[] = [];
    for (let i = 0; i < copies; i++)
      all.push(...element(first + all.length, 'a', () => [0x0d, ...u16(0), TYPE.binXml]));
    return all;
  });
  const size = 4 + tokens.length + 1;
  const guid = [...u32(TEMPLATE_ID), ...u32(1), ...u32(2), ...u32(3)];
  return [...u32(0), ...guid, ...u32(size), 0x0f, 1, 1, 0, ...tokens, 0];
}

/** An instance whose only value is an instance whose only value … `depth` times. */
function instance(depth: number, inlineDefinition: number[]): number[] {
  const value = depth === 0 ? [] : instance(depth - 1, []);
  const type = depth === 0 ? TYPE.none : TYPE.binXml;
  const reference = [0x0c, 1, ...u32(TEMPLATE_ID), ...u32(DEFINITION_AT)];
  return [...reference, ...inlineDefinition, ...u32(1), ...u16(value.length), type, 0, ...value];
}

function fileWith(content: number[]): Uint8Array {
  const body = [0x0f, 1, 1, 0, ...content, 0];
  const size = (24 + body.length + 4 + 7) & ~7;
  const record = [...u32(0x2a2a), ...u32(size), ...u32(1), ...u32(0), ...u32(0), ...u32(0), ...body];
  const file = new Uint8Array(FILE_HEADER_BYTES + CHUNK_BYTES);
  const view = new DataView(file.buffer);
  const text = (at: number, ascii: string) =>
    file.set(
      [...ascii].map((char) => char.charCodeAt(0)),
      at,
    );
  text(0, 'ElfFile\0');
  text(FILE_HEADER_BYTES, 'ElfChnk\0');
  const recordAt = FILE_HEADER_BYTES + 512;
  file.set(record, recordAt);
  view.setUint32(recordAt + size - 4, size, true);
  view.setUint32(FILE_HEADER_BYTES + 48, 512 + size, true);
  view.setUint32(FILE_HEADER_BYTES + 52, crc32(file.subarray(recordAt, recordAt + size)), true);
  return file;
}

test('a document within a document, many times over: stopped, reported, and quick', async () => {
  const file = fileWith(instance(7, definition(100)));
  const started = performance.now();
  const problems: { code: string; field: string | null }[] = [];
  const [record] = await readAllFields(file, { problem: (problem) => problems.push(problem) });
  expect(problems).toMatchObject([{ code: 'evtx/damaged-body', field: 'bodies' }]);
  expect(record?.fields.length).toBeLessThan(100_000);
  await tell(file, { everyRecord: true });
  expect(performance.now() - started).toBeLessThan(1_000);
});

test('documents within documents go no deeper than the limit', async () => {
  const problems: { code: string; field: string | null }[] = [];
  await readAllFields(fileWith(instance(20, definition(1))), {
    problem: (problem) => problems.push(problem),
  });
  expect(problems).toMatchObject([{ code: 'evtx/damaged-body', field: 'body.depth' }]);
});

test('the same shape without excess is read without problems', async () => {
  const problems: unknown[] = [];
  const file = fileWith(instance(2, definition(2)));
  const [record] = await readAllFields(file, { problem: (problem) => problems.push(problem) });
  expect(problems).toEqual([]);
  expect(record?.fields).toEqual(Array(8).fill(['a', '']));
});
