/** The header before each file in a zip archive: its name, how it is packed, how long it is if that is told. */

const LOCAL_HEADER_BYTES = 30;
const ZIP64_EXTRA = 1;
const UNKNOWN_32 = 0xffffffff;

export const LOCAL_SIGNATURE = 0x04034b50;
export const DESCRIPTOR_SIGNATURE = 0x08074b50;

export interface ZipMember {
  readonly name: string;
  /** 0 stored, 8 deflated; nothing else is common in archives of logs. */
  readonly method: number;
  readonly encrypted: boolean;
  /** Null where a descriptor after the data tells it. */
  readonly packedBytes: number | null;
  /** CRC-32 of the unpacked data; null where a descriptor tells it. */
  readonly checksum: number | null;
  readonly headerBytes: number;
}

export function u16(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8);
}

export function u32(bytes: Uint8Array, at: number): number {
  return (u16(bytes, at) | (u16(bytes, at + 2) << 16)) >>> 0;
}

/** Exact up to 2^53, beyond any real file. */
export function u64(bytes: Uint8Array, at: number): number {
  return u32(bytes, at) + u32(bytes, at + 4) * 0x1_0000_0000;
}

/** Length of the whole header, from its fixed part; null if less than that is at hand. */
export function headerLength(bytes: Uint8Array): number | null {
  if (bytes.length < LOCAL_HEADER_BYTES) return null;
  return LOCAL_HEADER_BYTES + u16(bytes, 26) + u16(bytes, 28);
}

/** The packed size from the ZIP64 extra field, where it has one. */
function zip64PackedBytes(extra: Uint8Array): number | null {
  for (let at = 0; at + 4 <= extra.length; at += 4 + u16(extra, at + 2)) {
    const long = u16(extra, at) === ZIP64_EXTRA && u16(extra, at + 2) >= 16 && at + 20 <= extra.length;
    if (long) return u64(extra, at + 12);
  }
  return null;
}

/** Reads a header that is wholly at hand. */
export function zipMember(bytes: Uint8Array): ZipMember {
  const flags = u16(bytes, 6);
  const nameTo = LOCAL_HEADER_BYTES + u16(bytes, 26);
  const headerBytes = nameTo + u16(bytes, 28);
  const named = bytes.subarray(LOCAL_HEADER_BYTES, nameTo);
  const written = u32(bytes, 18);
  const packed = written === UNKNOWN_32 ? zip64PackedBytes(bytes.subarray(nameTo, headerBytes)) : written;
  return {
    name: new TextDecoder((flags & 0x800) !== 0 ? 'utf-8' : 'windows-1252').decode(named),
    method: u16(bytes, 8),
    encrypted: (flags & 1) !== 0,
    checksum: (flags & 8) !== 0 && written === 0 ? null : u32(bytes, 14),
    packedBytes: (flags & 8) !== 0 && written === 0 ? null : packed,
    headerBytes,
  };
}
