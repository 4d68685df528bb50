/** Files in zip and gzip, nested, streamed, damaged, encrypted and exploding. */

import type { Problem } from '@logonscope/core';
import { gzipSync, strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { readSource } from '../index.ts';
import { bytesSource } from '../testing.ts';
import { ARCHIVE_FREE_BYTES } from '../text-limits.ts';
import { archiveBudget } from './budget.ts';

const row = (second: number) =>
  `Logon,ana,PC-1,10.0.0.7,2025-11-03T08:00:${String(second).padStart(2, '0')}Z,1\n`;
const log = strToU8(`eventtype,username,hostname,ipaddress,timestamp,send_status\n${row(1)}${row(2)}`);

async function read(bytes: Uint8Array, name = 'a.zip', chunkBytes = 1 << 20) {
  const files: string[] = [];
  const problems: Problem[] = [];
  await readSource(
    bytesSource(name, bytes, chunkBytes),
    {
      record: (record) => void files.push(record.source.file),
      problem: (problem) => void problems.push(problem),
    },
    { timezone: 'UTC', assumedTimezone: 'UTC' },
  );
  return { files, problems: problems.map(({ code, at }) => `${code} ${at.file}`) };
}

/** A zip as pipes write it: sizes unknown in the header, told in a descriptor behind the data. */
function streamed(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const nameLength = view.getUint16(26, true);
  const packed = view.getUint32(18, true);
  const dataFrom = 30 + nameLength + view.getUint16(28, true);
  const header = bytes.slice(0, dataFrom);
  const headerView = new DataView(header.buffer);
  headerView.setUint16(6, headerView.getUint16(6, true) | 8, true);
  for (const at of [14, 18, 22]) headerView.setUint32(at, 0, true);
  const descriptor = new Uint8Array(16);
  const descriptorView = new DataView(descriptor.buffer);
  descriptorView.setUint32(0, 0x08074b50, true);
  for (let i = 0; i < 3; i++) descriptorView.setUint32(4 + i * 4, view.getUint32(14 + i * 4, true), true);
  return Buffer.concat([header, bytes.subarray(dataFrom, dataFrom + packed), descriptor]);
}

test('each file of a zip is an input named archive!member', async () => {
  const zip = zipSync({ 'x/one.csv': log, 'two.csv': [log, { level: 0 }], '__MACOSX/x': strToU8('-') });
  expect(await read(zip)).toEqual({
    files: ['a.zip!x/one.csv', 'a.zip!x/one.csv', 'a.zip!two.csv', 'a.zip!two.csv'],
    problems: [],
  });
});

test.each([1, 7, 65536])('the size of reads changes nothing (%i bytes)', async (chunkBytes) => {
  const zip = zipSync({
    'one.csv': log,
    'in.zip': zipSync({ 'two.csv': log }),
    'three.csv.gz': gzipSync(log),
  });
  expect((await read(zip, 'a.zip', chunkBytes)).files.filter((_, i) => i % 2 === 0)).toEqual([
    'a.zip!one.csv',
    'a.zip!in.zip!two.csv',
    'a.zip!three.csv',
  ]);
});

test('zips written to a pipe, one file after another', async () => {
  const both = Buffer.concat([streamed(zipSync({ 'one.csv': log })), streamed(zipSync({ 'two.csv': log }))]);
  expect(await read(both)).toEqual({
    files: ['a.zip!one.csv', 'a.zip!one.csv', 'a.zip!two.csv', 'a.zip!two.csv'],
    problems: [],
  });
});

test('gzip in several members is one file', async () => {
  const half = strToU8(`eventtype,username,hostname,ipaddress,timestamp,send_status\n${row(1)}`);
  const bytes = Buffer.concat([gzipSync(half), gzipSync(strToU8(row(2)))]);
  expect(await read(bytes, 'log.csv.gz')).toEqual({ files: ['log.csv', 'log.csv'], problems: [] });
});

describe('what cannot be read costs itself only', () => {
  test('an encrypted file', async () => {
    const zip = zipSync({ 'one.csv': log, 'two.csv': log });
    zip[6] = zip[6]! | 1;
    expect(await read(zip)).toEqual({
      files: ['a.zip!two.csv', 'a.zip!two.csv'],
      problems: ['archive/encrypted a.zip!one.csv'],
    });
  });

  test('an unknown method', async () => {
    const zip = zipSync({ 'one.csv': log, 'two.csv': log });
    zip[8] = 12;
    expect((await read(zip)).problems).toEqual(['archive/unknown-method a.zip!one.csv']);
  });

  test('a third level', async () => {
    const three = zipSync({ 'b.zip': zipSync({ 'c.zip': zipSync({ 'one.csv': log }) }), 'two.csv': log });
    expect(await read(three)).toEqual({
      files: ['a.zip!two.csv', 'a.zip!two.csv'],
      problems: ['archive/too-deep a.zip!b.zip!c.zip'],
    });
  });

  test('cut off anywhere: no exception, never more records', async () => {
    const zip = zipSync({ 'one.csv': log, 'two.csv': log });
    const gzip = gzipSync(log);
    for (let length = 0; length < zip.length; length += 3) {
      expect((await read(zip.subarray(0, length))).files.length).toBeLessThanOrEqual(4);
    }
    for (let length = 4; length < gzip.length; length += 3) {
      expect((await read(gzip.subarray(0, length), 'x.gz')).problems).not.toEqual([]);
    }
  });
});

test('a budget is spent over all levels: a bomb in a bomb is no better', () => {
  const budget = archiveBudget();
  budget.packed(1000);
  expect(budget.unpacked(ARCHIVE_FREE_BYTES)).toBe(true);
  expect(budget.unpacked(1)).toBe(false);
});

test('progress counts the bytes of the file given, packed or not', async () => {
  const far = async (bytes: Uint8Array) => {
    const told: number[] = [];
    await readSource(
      bytesSource('a', bytes, 100),
      { record() {}, problem() {}, progress: (done) => void told.push(done) },
      { timezone: 'UTC', assumedTimezone: 'UTC' },
    );
    return Math.max(...told);
  };
  const zip = zipSync({ 'one.csv': log });
  expect([await far(log), await far(zip)]).toEqual([log.length, zip.length]);
});
