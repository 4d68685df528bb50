/** The value types of binary XML: code, length, bytes and text of each. */
import type { Cursor } from './cursor.ts';
import { putBytes, putFiletime, putText, putU8, putU16, putU32, putU64 } from './cursor.ts';

export type Value = string | number | bigint | boolean | Uint8Array | readonly string[] | null;

interface TypeRow {
  readonly code: number;
  /** Length in bytes. */
  size(value: never): number;
  put(cursor: Cursor, value: never): void;
  /** As Event Viewer's XML shows it. */
  text(value: never): string;
}

const sids = new Map<string, Uint8Array>();
const guids = new Map<string, Uint8Array>();

function remembered(
  cache: Map<string, Uint8Array>,
  key: string,
  make: (key: string) => Uint8Array,
): Uint8Array {
  let bytes = cache.get(key);
  if (bytes === undefined) cache.set(key, (bytes = make(key)));
  return bytes;
}

/** `S-1-5-21-…` as revision, count, 48-bit authority (big endian) and sub-authorities (little endian). */
function sidBytes(sid: string): Uint8Array {
  const parts = sid.split('-').slice(1).map(Number);
  const bytes = new Uint8Array(8 + 4 * (parts.length - 2));
  const view = new DataView(bytes.buffer);
  bytes[0] = parts[0]!;
  bytes[1] = parts.length - 2;
  view.setUint32(4, parts[1]!);
  for (let index = 2; index < parts.length; index++) view.setUint32(4 * index, parts[index]! >>> 0, true);
  return bytes;
}

/** `54849625-5478-…` with the first three groups little endian, as Windows stores them. */
export function guidBytes(guid: string): Uint8Array {
  const hex = guid.replace(/[{}-]/g, '');
  const bytes = Uint8Array.from({ length: 16 }, (_, index) =>
    Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16),
  );
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
  return Uint8Array.from(order, (index) => bytes[index]!);
}

/** A SYSTEMTIME (year, month, weekday, day, hour, minute, second, millisecond) of an instant, read as UTC. */
export function systemTimeBytes(instant: number): Uint8Array {
  const date = new Date(instant);
  const parts = [
    date.getUTCFullYear(),
    date.getUTCMonth() + 1,
    date.getUTCDay(),
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
    date.getUTCMilliseconds(),
  ];
  return new Uint8Array(Uint16Array.from(parts).buffer);
}

/** FILETIMEs have seven decimals in event XML; ours end in four zeros. */
export function filetimeText(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, -1)}0000Z`;
}

const hex = (value: number | bigint): string => `0x${value.toString(16)}`;
const decimal = (value: number | bigint): string => value.toString();
const fixed = (length: number) => (): number => length;
const sidOf = (value: string): Uint8Array => remembered(sids, value, sidBytes);
const guidOf = (value: string): Uint8Array => remembered(guids, value, guidBytes);

// biome-ignore format: a table
export const VALUE_TYPES = {
  string:     { code: 0x01, size: (value: string) => 2 * value.length, put: putText, text: (value: string) => value },
  strings:    { code: 0x81, size: (list: readonly string[]) => list.reduce((sum, text) => sum + 2 * text.length + 2, 0),
                put: (cursor: Cursor, list: readonly string[]) => { for (const text of list) { putText(cursor, text); putU16(cursor, 0); } },
                text: (list: readonly string[]) => list.join(' ') },
  uint8:      { code: 0x04, size: fixed(1), put: putU8, text: decimal },
  uint16:     { code: 0x06, size: fixed(2), put: putU16, text: decimal },
  int32:      { code: 0x07, size: fixed(4), put: putU32, text: decimal },
  uint32:     { code: 0x08, size: fixed(4), put: putU32, text: decimal },
  uint64:     { code: 0x0a, size: fixed(8), put: putU64, text: decimal },
  boolean:    { code: 0x0d, size: fixed(4), put: (cursor: Cursor, value: boolean) => putU32(cursor, value ? 1 : 0), text: String },
  binary:     { code: 0x0e, size: (value: Uint8Array) => value.length, put: putBytes,
                text: (value: Uint8Array) => Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('').toUpperCase() },
  guid:       { code: 0x0f, size: fixed(16), put: (cursor: Cursor, value: string) => putBytes(cursor, guidOf(value)), text: (value: string) => `{${value.toLowerCase()}}` },
  filetime:   { code: 0x11, size: fixed(8), put: putFiletime, text: filetimeText },
  systemtime: { code: 0x12, size: fixed(16), put: (cursor: Cursor, value: number) => putBytes(cursor, systemTimeBytes(value)), text: filetimeText },
  sid:        { code: 0x13, size: (value: string) => sidOf(value).length, put: (cursor: Cursor, value: string) => putBytes(cursor, sidOf(value)), text: (value: string) => value },
  hex32:      { code: 0x14, size: fixed(4), put: putU32, text: hex },
  hex64:      { code: 0x15, size: fixed(8), put: putU64, text: hex },
} as const satisfies Record<string, TypeRow>;

export type ValueType = keyof typeof VALUE_TYPES;

/** Length of a value in bytes; an absent value has none. */
export function valueSize(type: ValueType, value: Value): number {
  return value === null ? 0 : VALUE_TYPES[type].size(value as never);
}

export function putValue(cursor: Cursor, type: ValueType, value: Value): void {
  if (value !== null) VALUE_TYPES[type].put(cursor, value as never);
}

/** Text of a value as event XML has it; null where the value is absent. */
export function valueText(type: ValueType, value: Value): string | null {
  return value === null ? null : VALUE_TYPES[type].text(value as never);
}
