/** Remembers the texts of recent values by their raw bytes, so that a name that comes a million times is decoded once. */
import type { ByteWindow } from '../../bytes.ts';
import { TYPE } from '../format.ts';
import { valueText } from './values.ts';

/** A power of two: large enough for the people and computers of one log, small enough to stay in the CPU's cache. */
const ENTRIES = 8_192;
/** Longer values are decoded each time; a provider's name has up to 140 bytes, a path about as many. */
const MAX_KEY_BYTES = 192;
/** One word of length and type, then the bytes. */
const STRIDE = 1 + MAX_KEY_BYTES / 4;
const SMALL_NUMBERS = 4_096;

/** Notes that a caller keeps for its slots; slots beyond share the last note, which costs a little time only. */
export const NOTES = 256;

/** The note of a slot. */
export function noteOf(slot: number): number {
  return slot < NOTES ? slot : NOTES - 1;
}

const numberTexts = Array.from({ length: SMALL_NUMBERS }, (_, value) => String(value));

/**
 * Raw bytes → text, bounded: a new value may push an old one out, and then costs its decoding again. Two values are
 * the same only if type, length and every byte are.
 */
export class TextCache {
  readonly #keys = new Int32Array(ENTRIES * STRIDE);
  readonly #texts: string[] = new Array<string>(ENTRIES).fill('');
  #turn = 0;

  /**
   * The text of a value. `last[slot]` is this caller's note of where the slot's previous value lies: most values
   * repeat from record to record, and comparing is cheaper than hashing.
   */
  textInSlot(
    window: ByteWindow,
    at: number,
    lengthBytes: number,
    type: number,
    last: Int32Array,
    slot: number,
  ): string {
    if (lengthBytes === 0) return '';
    const small = smallNumberText(window.view, at, lengthBytes, type);
    if (small !== null) return small;
    if (lengthBytes > MAX_KEY_BYTES) return valueText(window, at, lengthBytes, type);
    const guess = last[slot] as number;
    if (this.#equals(guess, window.view, at, lengthBytes, type)) return this.#texts[guess] as string;
    const entry = this.#entry(window, at, lengthBytes, type);
    last[slot] = entry;
    return this.#texts[entry] as string;
  }

  /** The text of a value that belongs to no slot. */
  text(window: ByteWindow, at: number, lengthBytes: number, type: number): string {
    if (lengthBytes === 0) return '';
    if (lengthBytes > MAX_KEY_BYTES) return valueText(window, at, lengthBytes, type);
    return this.#texts[this.#entry(window, at, lengthBytes, type)] as string;
  }

  #entry(window: ByteWindow, at: number, lengthBytes: number, type: number): number {
    const { view } = window;
    const entry = hash(view, at, lengthBytes, type) & (ENTRIES - 1);
    if (this.#equals(entry, view, at, lengthBytes, type)) return entry;
    const other = entry ^ 1;
    if (this.#equals(other, view, at, lengthBytes, type)) return other;
    this.#turn ^= 1;
    const victim = this.#keys[entry * STRIDE] === 0 ? entry : entry ^ this.#turn;
    this.#store(victim, view, at, lengthBytes, type);
    this.#texts[victim] = valueText(window, at, lengthBytes, type);
    return victim;
  }

  #equals(entry: number, view: DataView, at: number, lengthBytes: number, type: number): boolean {
    const keys = this.#keys;
    let key = entry * STRIDE;
    if (keys[key] !== (lengthBytes | (type << 16))) return false;
    const wordsEnd = at + (lengthBytes & ~3);
    for (let i = at; i < wordsEnd; i += 4) if (keys[++key] !== view.getInt32(i, true)) return false;
    return (lengthBytes & 3) === 0 || keys[key + 1] === rest(view, wordsEnd, lengthBytes & 3);
  }

  #store(entry: number, view: DataView, at: number, lengthBytes: number, type: number): void {
    const keys = this.#keys;
    let key = entry * STRIDE;
    keys[key] = lengthBytes | (type << 16);
    const wordsEnd = at + (lengthBytes & ~3);
    for (let i = at; i < wordsEnd; i += 4) keys[++key] = view.getInt32(i, true);
    if ((lengthBytes & 3) !== 0) keys[key + 1] = rest(view, wordsEnd, lengthBytes & 3);
  }
}

/** The one to three bytes after the last whole word, as a number. */
function rest(view: DataView, at: number, lengthBytes: number): number {
  let word = view.getUint8(at);
  if (lengthBytes > 1) word |= view.getUint8(at + 1) << 8;
  if (lengthBytes > 2) word |= view.getUint8(at + 2) << 16;
  return word;
}

function hash(view: DataView, at: number, lengthBytes: number, type: number): number {
  let h = Math.imul(lengthBytes ^ (type << 16), 0x9e3779b1);
  const wordsEnd = at + (lengthBytes & ~3);
  for (let i = at; i < wordsEnd; i += 4) {
    h = Math.imul(h ^ view.getInt32(i, true), 0x85ebca6b);
    h ^= h >>> 15;
  }
  if ((lengthBytes & 3) !== 0) h = Math.imul(h ^ rest(view, wordsEnd, lengthBytes & 3), 0x01000193);
  h ^= h >>> 16;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 13);
}

/** Logon types, ports, session numbers: small numbers need no cache but a table. Null for all other values. */
function smallNumberText(view: DataView, at: number, lengthBytes: number, type: number): string | null {
  let value = -1;
  if (type === TYPE.uint32) value = lengthBytes === 4 ? view.getUint32(at, true) : -1;
  else if (type === TYPE.uint16) value = lengthBytes === 2 ? view.getUint16(at, true) : -1;
  else if (type === TYPE.uint8) value = view.getUint8(at);
  return value >= 0 && value < SMALL_NUMBERS ? (numberTexts[value] as string) : null;
}
