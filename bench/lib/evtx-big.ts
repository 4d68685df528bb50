/** Makes a large valid EVTX file from the intact chunks of small ones: numbers, times and checksums are rewritten. */
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { evtxReader } from '@logonscope/readers';

const CHUNK_BYTES = 65_536;
const FILE_HEADER_BYTES = 4_096;
const RECORDS_AT = 512;
/** Chunks with less in them would make the file emptier than real ones. */
const MIN_FILLED_BYTES = 48_000;
const RECORD_HEADER_BYTES = 24;
/** One day per lap over the chunks, in FILETIME ticks, so that time goes on. */
const LAP_TICKS = 864_000_000_000n;
const FILETIME_EPOCH_MS = 11_644_473_600_000n;

/** Where a record keeps its number and time beside its header. */
interface PatchPlace {
  readonly at: number;
  readonly recordIdAt: number;
  readonly timeAt: number;
}

interface SourceChunk {
  readonly bytes: Buffer;
  readonly filledBytes: number;
  readonly records: readonly PatchPlace[];
}

export interface BigLog {
  readonly chunks: number;
  readonly records: number;
  readonly sizeBytes: number;
}

/** Writes about `sizeBytes` of log to `path`. Throws if no chunk of `sources` is intact and full. */
export async function writeBigLog(
  path: string,
  sources: readonly string[],
  sizeBytes: number,
): Promise<BigLog> {
  const pool: SourceChunk[] = [];
  for (const source of sources) pool.push(...(await intactChunks(readFileSync(source))));
  if (pool.length === 0) throw new Error('no intact chunk to build from');
  const chunks = Math.floor((sizeBytes - FILE_HEADER_BYTES) / CHUNK_BYTES);
  const descriptor = openSync(path, 'w');
  let recordId = 1n;
  for (let i = 0; i < chunks; i++) {
    const chunk = pool[i % pool.length]!;
    const bytes = renumbered(chunk, recordId, LAP_TICKS * BigInt(Math.floor(i / pool.length)));
    writeSync(descriptor, bytes, 0, CHUNK_BYTES, FILE_HEADER_BYTES + i * CHUNK_BYTES);
    recordId += BigInt(chunk.records.length);
  }
  writeSync(descriptor, fileHeader(chunks, recordId), 0, FILE_HEADER_BYTES, 0);
  closeSync(descriptor);
  return { chunks, records: Number(recordId - 1n), sizeBytes: FILE_HEADER_BYTES + chunks * CHUNK_BYTES };
}

async function intactChunks(file: Buffer): Promise<SourceChunk[]> {
  const found: SourceChunk[] = [];
  for (let at = FILE_HEADER_BYTES; at + CHUNK_BYTES <= file.length; at += CHUNK_BYTES) {
    const bytes = Buffer.from(file.subarray(at, at + CHUNK_BYTES));
    const filledBytes = bytes.readUInt32LE(48);
    if (!bytes.toString('latin1', 0, 8).startsWith('ElfChnk')) continue;
    if (filledBytes < MIN_FILLED_BYTES || filledBytes > CHUNK_BYTES) continue;
    if (crc32(bytes.subarray(RECORDS_AT, filledBytes)) !== bytes.readUInt32LE(52)) continue;
    const records = await patchPlaces(bytes);
    if (records === null) continue;
    // Stale records behind the last one would be copied along.
    bytes.fill(0, filledBytes);
    found.push({ bytes, filledBytes, records });
  }
  return found;
}

/** Places of all records of a chunk; null if one of them is damaged or keeps its time as text. */
async function patchPlaces(chunk: Buffer): Promise<PatchPlace[] | null> {
  const places: PatchPlace[] = [];
  let problems = 0;
  await evtxReader.read(
    { name: 'chunk', sizeBytes: CHUNK_BYTES, read: onceOver(Buffer.concat([fileHeader(1, 1n), chunk])) },
    {
      record(record) {
        if (record.kind !== 'windows') return;
        const at = record.source.offset! - FILE_HEADER_BYTES;
        const bodyAt = at + RECORD_HEADER_BYTES;
        const body = chunk.subarray(bodyAt, at + chunk.readUInt32LE(at + 4));
        const place = (from: number, value: (at: number) => boolean) => {
          for (let i = from; i + 8 <= body.length; i++) if (value(i)) return i;
          return -1;
        };
        const recordId = BigInt(record.recordId ?? -1);
        const timeMs = BigInt(record.time ?? -1) + FILETIME_EPOCH_MS;
        const timeAt = place(0, (i) => body.readBigUInt64LE(i) / 10_000n === timeMs);
        // Small numbers stand in many places; the record's own comes behind its time.
        const recordIdAt = timeAt < 0 ? -1 : place(timeAt + 8, (i) => body.readBigUInt64LE(i) === recordId);
        if (recordIdAt >= 0) places.push({ at, recordIdAt: bodyAt + recordIdAt, timeAt: bodyAt + timeAt });
        else problems += 1;
      },
      problem: () => {
        problems += 1;
      },
    },
    { timezone: null, assumedTimezone: 'UTC', everyRecord: true },
  );
  return problems > 0 || places.length === 0 ? null : places;
}

function onceOver(bytes: Buffer): (into: Uint8Array) => number {
  let at = 0;
  return (into) => {
    const copied = bytes.copy(into, 0, at);
    at += copied;
    return copied;
  };
}

function renumbered({ bytes, filledBytes, records }: SourceChunk, first: bigint, shiftTicks: bigint): Buffer {
  const copy = Buffer.from(bytes);
  let id = first;
  for (const { at, recordIdAt, timeAt } of records) {
    copy.writeBigUInt64LE(id, at + 8);
    copy.writeBigUInt64LE(copy.readBigUInt64LE(at + 16) + shiftTicks, at + 16);
    copy.writeBigUInt64LE(id, recordIdAt);
    copy.writeBigUInt64LE(copy.readBigUInt64LE(timeAt) + shiftTicks, timeAt);
    id += 1n;
  }
  for (const at of [8, 24]) copy.writeBigUInt64LE(first, at);
  for (const at of [16, 32]) copy.writeBigUInt64LE(id - 1n, at);
  copy.writeUInt32LE(crc32(copy.subarray(RECORDS_AT, filledBytes)), 52);
  copy.writeUInt32LE(crc32(copy.subarray(128, RECORDS_AT), crc32(copy.subarray(0, 120))), 124);
  return copy;
}

/** The header says the count of chunks in 16 bits, as Windows does: it wraps above 4 GB. */
function fileHeader(chunks: number, nextRecordId: bigint): Buffer {
  const header = Buffer.alloc(FILE_HEADER_BYTES);
  header.write('ElfFile\0', 0, 'latin1');
  header.writeBigUInt64LE(BigInt(chunks - 1), 16);
  header.writeBigUInt64LE(nextRecordId, 24);
  header.writeUInt32LE(128, 32);
  header.writeUInt16LE(1, 36);
  header.writeUInt16LE(3, 38);
  header.writeUInt16LE(FILE_HEADER_BYTES, 40);
  header.writeUInt16LE(chunks & 0xffff, 42);
  header.writeUInt32LE(crc32(header.subarray(0, 120)), 124);
  return header;
}
