/** Bytes and the little-endian numbers and texts in them: what every binary reader needs before it knows its format. */
import type { ByteSource } from './reader.ts';

/** One stretch of memory seen as bytes and as numbers at any alignment. */
export interface ByteWindow {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly view: DataView<ArrayBuffer>;
}

/** Allocates a window of zeros. */
export function byteWindow(sizeBytes: number): ByteWindow {
  const bytes = new Uint8Array(sizeBytes);
  return { bytes, view: new DataView(bytes.buffer) };
}

/**
 * Reads until `into` is full or the source ends; sources may give less than asked for. Returns the bytes read.
 * Rejects only when the source itself cannot be read.
 */
export async function fill(source: ByteSource, into: Uint8Array): Promise<number> {
  let filled = 0;
  while (filled < into.length) {
    const answer = source.read(filled === 0 ? into : into.subarray(filled));
    const got = typeof answer === 'number' ? answer : await answer;
    if (got <= 0) break;
    filled += got;
  }
  return filled;
}

/** A source over bytes in memory, such as a dropped file or a test's input. */
export function bytesSource(name: string, bytes: Uint8Array): ByteSource {
  let at = 0;
  return {
    name,
    sizeBytes: bytes.length,
    read(into) {
      const got = Math.min(into.length, bytes.length - at);
      into.set(bytes.subarray(at, at + got));
      at += got;
      return got;
    },
  };
}

/** True where the ASCII `text` stands at `at`. */
export function holdsText(bytes: Uint8Array, at: number, text: string): boolean {
  if (at + text.length > bytes.length) return false;
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** Units per call of `fromCharCode`: more arguments could exhaust the stack. */
const UNITS_PER_CALL = 4_096;

/**
 * UTF-16LE text of `lengthBytes`, every unit as it stands: a lone surrogate stays one, a decoder would replace it.
 * An odd last byte is no unit and is left out.
 */
export function utf16Text(view: DataView, at: number, lengthBytes: number): string {
  const units: number[] = [];
  let text = '';
  for (let i = at, end = at + (lengthBytes & ~1); i < end; i += 2) {
    if (units.length === UNITS_PER_CALL) {
      text += String.fromCharCode.apply(null, units);
      units.length = 0;
    }
    units.push(view.getUint16(i, true));
  }
  return text + String.fromCharCode.apply(null, units);
}

/** One character per byte (ISO 8859-1): the only honest reading where the code page is unknown. */
export function latin1Text(bytes: Uint8Array, at: number, lengthBytes: number): string {
  let text = '';
  for (let i = at; i < at + lengthBytes; i += UNITS_PER_CALL) {
    const end = Math.min(at + lengthBytes, i + UNITS_PER_CALL);
    text += String.fromCharCode.apply(null, Array.from(bytes.subarray(i, end)));
  }
  return text;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Two lower-case hex digits for a byte. */
export function hexByte(byte: number): string {
  return HEX[byte & 0xff] as string;
}

/** Upper-case hex of a stretch of bytes, as Windows writes binary data. */
export function hexText(bytes: Uint8Array, at: number, lengthBytes: number): string {
  let text = '';
  for (let i = at; i < at + lengthBytes; i++) text += HEX[bytes[i] as number];
  return text.toUpperCase();
}
