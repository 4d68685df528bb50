/** What every writer owes its readers, over the whole list: the same table in, the same facts read back. */
import type { Cell, Unit } from '@logonscope/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collector, HOSTILE_NAMES, HOSTILE_TABLE, longTable, PLAIN_TABLE } from './fixtures.ts';
import { findWriter, WRITERS } from './index.ts';
import { READ_BACK } from './read-back.ts';
import { wellFormed } from './visible.ts';
import type { Table, Writer } from './writer.ts';

const UNITS = ['text', 'count', 'duration', 'instant', 'day', 'share', 'flag'] as const satisfies Unit[];
const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...HOSTILE_NAMES));
const anyCell: fc.Arbitrary<Cell> = fc.oneof(
  anyText,
  fc.double(),
  fc.integer(),
  fc.constantFrom(8.65e15, -8.64e15, Number.MAX_VALUE, Number.MIN_VALUE, -0),
  fc.boolean(),
  fc.constant(null),
);

async function bytesOf(writer: Writer, table: Table): Promise<Uint8Array> {
  const out = collector();
  await writer.write(table, out.sink);
  return out.bytes();
}

it('each format is found by its id, and by no other', () => {
  for (const writer of WRITERS) expect(findWriter(writer.id)).toBe(writer);
  expect(findWriter('docx')).toBeUndefined();
  expect(new Set(WRITERS.map((writer) => writer.extension)).size).toBe(WRITERS.length);
});

describe.each(WRITERS.map((writer) => [writer.id, writer] as const))('%s', (_id, writer) => {
  it('gives the same bytes for the same table', async () => {
    expect(await bytesOf(writer, PLAIN_TABLE)).toEqual(await bytesOf(writer, PLAIN_TABLE));
  });

  it('makes a file of a table without rows', async () => {
    const empty = { ...PLAIN_TABLE, rows: [] };
    const bytes = await bytesOf(writer, empty);
    if (writer.id !== 'ndjson') expect(bytes.length).toBeGreaterThan(0);
    expect((await READ_BACK[writer.id]?.(bytes, empty.columns)) ?? []).toEqual([]);
  });

  it('survives names that mean harm', async () => {
    const text = new TextDecoder().decode(await bytesOf(writer, HOSTILE_TABLE));
    if (writer.text) expect(text).not.toMatch(/[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/);
  });

  it('writes any cell under any unit', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyText,
        anyText,
        fc.array(fc.array(anyCell, { maxLength: UNITS.length, size: 'max' })),
        async (title, note, cells) => {
          const rows = cells.map((row) => Object.fromEntries(row.map((cell, index) => [`c${index}`, cell])));
          const columns = Object.fromEntries(UNITS.map((unit, index) => [`c${index}`, { title, unit }]));
          await bytesOf(writer, { title, note, columns, rows });
        },
      ),
      { numRuns: 20 },
    );
  });

  it('waits for a slow sink', async () => {
    let open = 0;
    let most = 0;
    await writer.write(longTable(3000), async () => {
      open += 1;
      most = Math.max(most, open);
      await new Promise((done) => setTimeout(done, 1));
      open -= 1;
    });
    expect([open, most]).toEqual([0, 1]);
  });

  it('passes on the failure of a sink and of a source', async () => {
    const full = new Error('disk full');
    await expect(writer.write(PLAIN_TABLE, () => Promise.reject(full))).rejects.toBe(full);
    const broken = longTable(10, (row) => {
      if (row === 5) throw full;
    });
    await expect(writer.write(broken, () => {})).rejects.toBe(full);
  });
});

const dataWriters = WRITERS.filter((writer) => writer.id in READ_BACK);

describe.each(dataWriters.map((writer) => [writer.id, writer] as const))('%s, read back', (id, writer) => {
  const readBack = READ_BACK[id]!;

  it('holds every cell of the table', async () => {
    const rows = await readBack(await bytesOf(writer, PLAIN_TABLE), PLAIN_TABLE.columns);
    expect(rows).toEqual([...PLAIN_TABLE.rows]);
  });

  it('holds hostile names as text', async () => {
    const rows = await readBack(await bytesOf(writer, HOSTILE_TABLE), HOSTILE_TABLE.columns);
    expect(rows.map((row) => row.count)).toEqual(HOSTILE_NAMES.map((_name, index) => index));
    expect(rows.map((row) => row.name)).toEqual(
      HOSTILE_NAMES.map((name) => EXPECTED_NAME[id]?.(name) ?? name),
    );
  });

  it('holds rows beyond any one batch or row group', async () => {
    const rows = await readBack(await bytesOf(writer, longTable(45_000)), PLAIN_TABLE.columns);
    expect(rows).toHaveLength(45_000);
    expect(rows.at(-1)).toEqual([...longTable(45_000).rows].at(-1));
  });
});

/** What a format may do to a name; everything else must come back as it was. */
const EXPECTED_NAME: Readonly<Record<string, (name: string) => Cell>> = {
  csv: (name) =>
    name
      .replace(/^/, /^\s*[=+\-@＝＋－＠]/.test(name) ? "'" : '')
      .replace(/([;\t\r\n])(?=[ "]*[=+\-@＝＋－＠])/g, "$1'")
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, (c) =>
        String.fromCharCode(0x2400 + c.charCodeAt(0)),
      )
      .replaceAll('\u007f', '␡')
      .replaceAll('\u009b', '\\u009b')
      .replaceAll(/\p{Surrogate}/gu, '\ufffd'),
  xlsx: (name) => (name.length > 32_767 ? `${name.slice(0, 32_767 - 8)} … (cut)` : wellFormed(name)),
  parquet: wellFormed,
};
