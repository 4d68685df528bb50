/** Spoils the times in the headers of EVTX records, as real files hold them: zero, or those of another record. */
import { crc32 } from 'node:zlib';

const FILE_HEADER_BYTES = 4_096;
const CHUNK_BYTES = 65_536;
const CHUNK_HEADER_BYTES = 512;
const RECORD_MAGIC = 0x2a2a;
/** Where things stand in a chunk's header. */
const FREE_SPACE_AT = 48;
const RECORDS_CRC_AT = 52;
const HEADER_CRC_AT = 124;

/**
 * A copy of the file in which `spoil` has replaced the header time (FILETIME) of each record; checksums are right
 * again afterwards, so that nothing else is wrong with it. Also says how many records were changed.
 */
export function withHeaderTimes(
  bytes: Uint8Array,
  spoil: (recordId: bigint, time: bigint) => bigint,
): { readonly bytes: Uint8Array; readonly records: number } {
  const copy = Buffer.from(bytes);
  let records = 0;
  for (let at = FILE_HEADER_BYTES; at + CHUNK_BYTES <= copy.length; at += CHUNK_BYTES) {
    const chunk = copy.subarray(at, at + CHUNK_BYTES);
    const end = chunk.readUInt32LE(FREE_SPACE_AT);
    for (let record = CHUNK_HEADER_BYTES; record < end; record += chunk.readUInt32LE(record + 4)) {
      if (chunk.readUInt32LE(record) !== RECORD_MAGIC) throw new Error(`no record at ${at + record}`);
      const time = spoil(chunk.readBigUInt64LE(record + 8), chunk.readBigUInt64LE(record + 16));
      chunk.writeBigUInt64LE(time, record + 16);
      records += 1;
    }
    chunk.writeUInt32LE(crc32(chunk.subarray(CHUNK_HEADER_BYTES, end)), RECORDS_CRC_AT);
    const header = Buffer.concat([chunk.subarray(0, 120), chunk.subarray(128, CHUNK_HEADER_BYTES)]);
    chunk.writeUInt32LE(crc32(header), HEADER_CRC_AT);
  }
  return { bytes: copy, records };
}
