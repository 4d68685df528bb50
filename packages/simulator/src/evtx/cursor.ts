/** Writing little-endian numbers and UTF-16 text into a buffer, one position after the other. */

export interface Cursor {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at: number;
}

export function createCursor(sizeBytes: number): Cursor {
  const bytes = new Uint8Array(sizeBytes);
  return { bytes, view: new DataView(bytes.buffer), at: 0 };
}

export function putU8(cursor: Cursor, value: number): void {
  cursor.bytes[cursor.at++] = value;
}

export function putU16(cursor: Cursor, value: number): void {
  cursor.view.setUint16(cursor.at, value, true);
  cursor.at += 2;
}

export function putU32(cursor: Cursor, value: number): void {
  cursor.view.setUint32(cursor.at, value, true);
  cursor.at += 4;
}

/** 64 bits; plain numbers are exact up to 2^53, larger values come as bigint. */
export function putU64(cursor: Cursor, value: number | bigint): void {
  if (typeof value === 'bigint') cursor.view.setBigUint64(cursor.at, value, true);
  else {
    cursor.view.setUint32(cursor.at, value % 0x1_0000_0000, true);
    cursor.view.setUint32(cursor.at + 4, Math.floor(value / 0x1_0000_0000), true);
  }
  cursor.at += 8;
}

const UNIX_EPOCH_AS_FILETIME_MS = 11_644_473_600_000;

/** Milliseconds since 1970 as 100 ns since 1601. Split arithmetic, for the product exceeds 2^53. */
export function putFiletime(cursor: Cursor, instant: number): void {
  const sinceEpochMs = instant + UNIX_EPOCH_AS_FILETIME_MS;
  const upper = Math.floor(sinceEpochMs / 0x1_0000) * 10_000;
  const low = (upper % 0x1_0000) * 0x1_0000 + (sinceEpochMs % 0x1_0000) * 10_000;
  cursor.view.setUint32(cursor.at, low % 0x1_0000_0000, true);
  cursor.view.setUint32(cursor.at + 4, Math.floor(upper / 0x1_0000) + Math.floor(low / 0x1_0000_0000), true);
  cursor.at += 8;
}

export function putText(cursor: Cursor, text: string): void {
  const { view } = cursor;
  let at = cursor.at;
  for (let index = 0; index < text.length; index++, at += 2) view.setUint16(at, text.charCodeAt(index), true);
  cursor.at = at;
}

export function putBytes(cursor: Cursor, bytes: Uint8Array): void {
  cursor.bytes.set(bytes, cursor.at);
  cursor.at += bytes.length;
}
