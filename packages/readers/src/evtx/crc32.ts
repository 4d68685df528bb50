/** CRC-32 (ISO 3309, as zlib computes it) in plain arithmetic, eight bytes a step, for where no native one is given. */

/** The checksum of `bytes`, going on from `start` (0 for a new one). zlib's `crc32` has this shape. */
export type Crc32 = (bytes: Uint8Array, start?: number) => number;

const POLYNOMIAL = 0xedb88320;
const SLICES = 8;

/** Table k holds the checksum of a byte that k zero bytes follow. */
function makeTables(): Int32Array {
  const tables = new Int32Array(256 * SLICES);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
    tables[byte] = crc;
  }
  for (let i = 256; i < tables.length; i++) {
    const previous = tables[i - 256] as number;
    tables[i] = (previous >>> 8) ^ (tables[previous & 0xff] as number);
  }
  return tables;
}

const T = makeTables();

/** The checksum of `bytes` as an unsigned number. */
export const crc32: Crc32 = (bytes, start = 0) => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let crc = ~start;
  let at = 0;
  for (const end = bytes.length - 7; at < end; at += 8) {
    const low = crc ^ view.getInt32(at, true);
    const high = view.getInt32(at + 4, true);
    crc =
      (T[1792 + (low & 0xff)] as number) ^
      (T[1536 + ((low >>> 8) & 0xff)] as number) ^
      (T[1280 + ((low >>> 16) & 0xff)] as number) ^
      (T[1024 + (low >>> 24)] as number) ^
      (T[768 + (high & 0xff)] as number) ^
      (T[512 + ((high >>> 8) & 0xff)] as number) ^
      (T[256 + ((high >>> 16) & 0xff)] as number) ^
      (T[high >>> 24] as number);
  }
  for (; at < bytes.length; at++) crc = (crc >>> 8) ^ (T[(crc ^ (bytes[at] as number)) & 0xff] as number);
  return ~crc >>> 0;
};
