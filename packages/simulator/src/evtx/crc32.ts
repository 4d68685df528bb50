/** CRC-32 as EVTX headers and chunks carry it, without help from Node. */

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** Checksum of bytes `from` to `to`; pass the result for the bytes before as `previous` to go on. */
export function crc32(bytes: Uint8Array, from: number, to: number, previous = 0): number {
  let crc = ~previous;
  for (let at = from; at < to; at++) crc = (crc >>> 8) ^ TABLE[(crc ^ bytes[at]!) & 0xff]!;
  return ~crc >>> 0;
}
