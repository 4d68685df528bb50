/** Schema, row groups and metadata of Parquet files, read with hyparquet. */
import { parquetMetadata } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { collector, longTable, PLAIN_TABLE } from './fixtures.ts';
import { parquetWriter } from './parquet.ts';
import type { Table } from './writer.ts';

async function metadataOf(table: Table) {
  const out = collector();
  await parquetWriter.write(table, out.sink);
  const bytes = out.bytes();
  const magic = new TextDecoder().decode(bytes.slice(0, 4)) + new TextDecoder().decode(bytes.slice(-4));
  expect(magic).toBe('PAR1PAR1');
  return parquetMetadata(bytes.slice().buffer);
}

describe('a Parquet file', () => {
  it('has typed columns, all nullable, durations in milliseconds by name', async () => {
    const { schema } = await metadataOf(PLAIN_TABLE);
    const described = schema.slice(1).map(({ name, type, converted_type, repetition_type }) => {
      return [name, type, converted_type, repetition_type].filter(Boolean).join(' ');
    });
    expect(described).toEqual([
      'user BYTE_ARRAY UTF8 OPTIONAL',
      'start INT64 TIMESTAMP_MILLIS OPTIONAL',
      'day BYTE_ARRAY UTF8 OPTIONAL',
      'useMs INT64 OPTIONAL',
      'sessions INT64 OPTIONAL',
      'share DOUBLE OPTIONAL',
      'elevated BOOLEAN OPTIONAL',
    ]);
  });

  it('says how its numbers came about', async () => {
    const { key_value_metadata } = await metadataOf(PLAIN_TABLE);
    expect(key_value_metadata).toEqual([
      { key: 'title', value: 'Time spent' },
      { key: 'note', value: 'Overlaps count once.' },
    ]);
  });

  it('is written in row groups', async () => {
    const { num_rows, row_groups } = await metadataOf(longTable(45_000));
    expect(num_rows).toBe(45_000n);
    expect(row_groups.map((group) => group.num_rows)).toEqual([20_000n, 20_000n, 5_000n]);
  });

  it('keeps its columns without rows', async () => {
    const { num_rows, schema } = await metadataOf({ ...PLAIN_TABLE, rows: [] });
    expect([num_rows, schema.length]).toEqual([0n, 8]);
  });
});
