/** Values of EVTX records as text, written the way Windows' own XML export writes them. */
import { type ByteWindow, hexByte, hexText, latin1Text, utf16Text } from '../../bytes.ts';
import { ARRAY_FLAG, TYPE, TYPE_BYTES } from '../format.ts';

type Format = (window: ByteWindow, at: number, lengthBytes: number) => string;

/** 1601-01-01 to 1970-01-01 in milliseconds. */
const FILETIME_EPOCH_MS = 11_644_473_600_000;
const TICKS_PER_MS = 10_000;
const TICKS_PER_SECOND = 10_000_000n;

/**
 * Milliseconds since 1970 of a FILETIME given as two halves, rounded down. Split so that every product stays
 * below 2^53: 2^32 ticks are 429,496 ms and 7,296 ticks.
 */
export function filetimeMs(low: number, high: number): number {
  return high * 429_496 + Math.floor((high * 7_296 + low) / TICKS_PER_MS) - FILETIME_EPOCH_MS;
}

/** An ISO 8601 instant in UTC as milliseconds, rounded down; NaN where the text is none. */
export function isoTimeMs(text: string | null): number {
  if (text === null) return Number.NaN;
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z?$/.exec(text.trim());
  if (match === null) return Number.NaN;
  return Date.parse(`${match[1]}.${(match[2] ?? '').slice(0, 3).padEnd(3, '0')}Z`);
}

/** A FILETIME with all its seven decimals, `2025-06-08T07:15:00.0513480Z`. */
export function filetimeText(view: DataView, at: number): string {
  const ms = filetimeMs(view.getUint32(at, true), view.getUint32(at + 4, true));
  const date = new Date(ms);
  // Beyond the year 275760 no calendar helps; the raw number is still the truth.
  if (Number.isNaN(date.getTime())) return `0x${view.getBigUint64(at, true).toString(16)}`;
  const fraction = (view.getBigUint64(at, true) % TICKS_PER_SECOND).toString().padStart(7, '0');
  return date.toISOString().replace(/\.\d+Z$/, `.${fraction}Z`);
}

/** A SYSTEMTIME, `2025-06-08T07:15:00.051Z`; its day of the week says nothing new. */
export function systemtimeText(view: DataView, at: number): string {
  const part = (index: number, digits: number) =>
    String(view.getUint16(at + 2 * index, true)).padStart(digits, '0');
  const date = `${part(0, 4)}-${part(1, 2)}-${part(3, 2)}`;
  return `${date}T${part(4, 2)}:${part(5, 2)}:${part(6, 2)}.${part(7, 3)}Z`;
}

/** A security identifier, `S-1-5-21-…`; sub-authorities that the length does not hold are left out. */
export function sidText({ bytes, view }: ByteWindow, at: number, lengthBytes: number): string {
  if (lengthBytes < 8) return '';
  let authority = 0;
  for (let i = 2; i < 8; i++) authority = authority * 256 + (bytes[at + i] as number);
  let text = `S-${bytes[at]}-${authority}`;
  const end = Math.min(at + lengthBytes, at + 8 + 4 * (bytes[at + 1] as number));
  for (let i = at + 8; i + 4 <= end; i += 4) text += `-${view.getUint32(i, true)}`;
  return text;
}

/** A GUID in braces, `{54849625-5478-4994-a5ba-3e3b0328c30d}`. */
export function guidText({ bytes }: ByteWindow, at: number): string {
  const order = [3, 2, 1, 0, -1, 5, 4, -1, 7, 6, -1, 8, 9, -1, 10, 11, 12, 13, 14, 15];
  return `{${order.map((i) => (i < 0 ? '-' : hexByte(bytes[at + i] as number))).join('')}}`;
}

/** Text without the NULs that pad it; trailing blanks are data (`Advapi  `). */
function paddedText({ view }: ByteWindow, at: number, lengthBytes: number): string {
  let end = at + (lengthBytes & ~1);
  while (end > at && view.getUint16(end - 2, true) === 0) end -= 2;
  return utf16Text(view, at, end - at);
}

function paddedAnsiText({ bytes }: ByteWindow, at: number, lengthBytes: number): string {
  let end = at + lengthBytes;
  while (end > at && bytes[end - 1] === 0) end -= 1;
  return latin1Text(bytes, at, end - at);
}

const FORMATS: Readonly<Record<number, Format>> = {
  [TYPE.none]: () => '',
  [TYPE.text]: paddedText,
  [TYPE.ansiText]: paddedAnsiText,
  [TYPE.int8]: ({ view }, at) => String(view.getInt8(at)),
  [TYPE.uint8]: ({ view }, at) => String(view.getUint8(at)),
  [TYPE.int16]: ({ view }, at) => String(view.getInt16(at, true)),
  [TYPE.uint16]: ({ view }, at) => String(view.getUint16(at, true)),
  [TYPE.int32]: ({ view }, at) => String(view.getInt32(at, true)),
  [TYPE.uint32]: ({ view }, at) => String(view.getUint32(at, true)),
  [TYPE.int64]: ({ view }, at) => view.getBigInt64(at, true).toString(),
  [TYPE.uint64]: ({ view }, at) => view.getBigUint64(at, true).toString(),
  [TYPE.float]: ({ view }, at) => String(view.getFloat32(at, true)),
  [TYPE.double]: ({ view }, at) => String(view.getFloat64(at, true)),
  // Windows itself writes other numbers than 0 and 1 here.
  [TYPE.bool]: ({ view }, at) => (view.getInt32(at, true) === 0 ? 'false' : 'true'),
  [TYPE.binary]: ({ bytes }, at, length) => hexText(bytes, at, length),
  [TYPE.guid]: guidText,
  // As wide as a pointer of the computer that wrote it.
  [TYPE.size]: ({ view }, at, length) =>
    length >= 8 ? `0x${view.getBigUint64(at, true).toString(16)}` : `0x${hex32(view, at, length)}`,
  [TYPE.filetime]: ({ view }, at) => filetimeText(view, at),
  [TYPE.systemtime]: ({ view }, at) => systemtimeText(view, at),
  [TYPE.sid]: sidText,
  [TYPE.hex32]: ({ view }, at) => `0x${view.getUint32(at, true).toString(16)}`,
  [TYPE.hex64]: ({ view }, at) => `0x${view.getBigUint64(at, true).toString(16)}`,
  // A nested document is no text; its own fields are read one by one.
  [TYPE.binXml]: () => '',
};

function hex32(view: DataView, at: number, lengthBytes: number): string {
  return lengthBytes >= 4 ? view.getUint32(at, true).toString(16) : '';
}

/**
 * The text of one value. An array gives its first element, as a reader of XML that meets the same `Data` several
 * times; `valueTexts` gives all. A type that Windows does not document comes as hex, so that nothing is lost.
 */
export function valueText(window: ByteWindow, at: number, lengthBytes: number, type: number): string {
  if (lengthBytes === 0) return '';
  if ((type & ARRAY_FLAG) !== 0) return valueTexts(window, at, lengthBytes, type)[0] ?? '';
  const width = TYPE_BYTES[type] ?? 0;
  if (lengthBytes < width) return '';
  const format = FORMATS[type];
  return format === undefined ? hexText(window.bytes, at, lengthBytes) : format(window, at, lengthBytes);
}

/** Every element of an array value as text; a plain value is an array of one. */
export function valueTexts(window: ByteWindow, at: number, lengthBytes: number, type: number): string[] {
  if ((type & ARRAY_FLAG) === 0) return [valueText(window, at, lengthBytes, type)];
  if (lengthBytes === 0) return [''];
  const element = type & ~ARRAY_FLAG;
  if (element === TYPE.text) return terminatedTexts(window, at, lengthBytes, 2);
  if (element === TYPE.ansiText) return terminatedTexts(window, at, lengthBytes, 1);
  const texts: string[] = [];
  const end = at + lengthBytes;
  for (let i = at; i < end; ) {
    const width = element === TYPE.sid ? 8 + 4 * (window.bytes[i + 1] ?? 0) : (TYPE_BYTES[element] ?? 0);
    if (width === 0) return [hexText(window.bytes, at, lengthBytes)];
    if (i + width > end) break;
    texts.push(valueText(window, i, width, element));
    i += width;
  }
  return texts;
}

/** Texts that end with a NUL each; the last NUL may be missing, empty texts between are kept. */
function terminatedTexts(window: ByteWindow, at: number, lengthBytes: number, unitBytes: 1 | 2): string[] {
  const { bytes, view } = window;
  const unit = unitBytes === 2 ? (i: number) => view.getUint16(i, true) : (i: number) => bytes[i];
  const text = (from: number, to: number) =>
    unitBytes === 2 ? utf16Text(view, from, to - from) : latin1Text(bytes, from, to - from);
  const texts: string[] = [];
  const end = at + lengthBytes - (lengthBytes % unitBytes);
  let start = at;
  for (let i = at; i < end; i += unitBytes) {
    if (unit(i) !== 0) continue;
    texts.push(text(start, i));
    start = i + unitBytes;
  }
  if (start < end) texts.push(text(start, end));
  return texts;
}
