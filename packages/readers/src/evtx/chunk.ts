/** One 64 KiB chunk in the read buffer: its names, whether its checksum is right, and where its records are. */
import { type ByteWindow, holdsText } from '../bytes.ts';
import type { OffsetTable } from './binxml/offset-table.ts';
import type { Crc32 } from './crc32.ts';
import {
  CHUNK,
  CHUNK_BYTES,
  CHUNK_HEADER_BYTES,
  CHUNK_MAGIC,
  RECORD_MAGIC,
  RECORD_MIN_BYTES,
} from './format.ts';

/** The chunk that is being read. One object serves a whole file: `place` moves it. */
export class Chunk implements ByteWindow {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly view: DataView<ArrayBuffer>;
  readonly names: OffsetTable<string>;
  readonly #crc32: Crc32;
  /** The window as aligned numbers; chunks begin at multiples of their size. */
  readonly #words: Int32Array;
  base = 0;
  /** Where the chunk begins in the file. */
  fileOffset = 0;
  #crcRight: boolean | null = null;

  constructor(window: ByteWindow, names: OffsetTable<string>, crc32: Crc32) {
    this.names = names;
    this.bytes = window.bytes;
    this.view = window.view;
    this.#crc32 = crc32;
    this.#words = new Int32Array(window.bytes.buffer, 0, window.bytes.length >> 2);
  }

  place(base: number, fileOffset: number): void {
    this.base = base;
    this.fileOffset = fileOffset;
    this.names.clear();
    this.#crcRight = null;
  }

  get hasMagic(): boolean {
    return holdsText(this.bytes, this.base, CHUNK_MAGIC);
  }

  /** True if the whole slot is empty, as slots are that Windows has not used yet. */
  get isZero(): boolean {
    const words = this.#words;
    const end = (this.base + CHUNK_BYTES) >> 2;
    for (let i = this.base >> 2; i < end; i++) if (words[i] !== 0) return false;
    return true;
  }

  /** Where the header says that the records end, as a distance from the chunk's beginning. */
  get freeSpace(): number {
    return this.view.getUint32(this.base + CHUNK.freeSpace, true);
  }

  /** True if the records are the ones that the header's checksum was made of. Computed at the first question. */
  get crcRight(): boolean {
    this.#crcRight ??= this.#checkCrc();
    return this.#crcRight;
  }

  /** The place in the file of a position in the window. */
  offsetOf(at: number): number {
    return this.fileOffset + (at - this.base);
  }

  #checkCrc(): boolean {
    const free = this.freeSpace;
    if (!this.hasMagic || free < CHUNK_HEADER_BYTES || free > CHUNK_BYTES) return false;
    const records = this.bytes.subarray(this.base + CHUNK_HEADER_BYTES, this.base + free);
    return this.#crc32(records) >>> 0 === this.view.getUint32(this.base + CHUNK.dataCrc, true);
  }
}

/** How a record came to light: in its place, without its end, or behind the chunk's last one. */
export type Found = 'whole' | 'torn' | 'slack';

export interface ChunkVisitor {
  /** A record in `[at, end)`, header included; `end` leaves out the repeated size. */
  record(at: number, end: number, found: Found): void;
  /** What stands at `at` is no record; `next` is where the next one begins, null if there is none. */
  damaged(at: number, next: number | null): void;
}

/** The size of the record at `at`, 0 if there is none. `limit` bounds record and search. */
function recordSize(view: DataView, at: number, limit: number): number {
  if (at + RECORD_MIN_BYTES > limit || view.getInt32(at, true) !== RECORD_MAGIC) return 0;
  const size = view.getUint32(at + 4, true);
  if (size < RECORD_MIN_BYTES || at + size > limit) return 0;
  return view.getUint32(at + size - 4, true) === size ? size : 0;
}

/** The first whole record at or after `at`, -1 if there is none. */
function nextRecord(chunk: Chunk, at: number, limit: number): number {
  let i = chunk.bytes.indexOf(0x2a, at);
  while (i >= 0 && i + RECORD_MIN_BYTES <= limit) {
    if (recordSize(chunk.view, i, limit) > 0) return i;
    i = chunk.bytes.indexOf(0x2a, i + 1);
  }
  return -1;
}

/**
 * Visits the records from the chunk's first to `end` (a position in the window), stepping over damage to the next
 * magic with a size that is repeated where it should be. Returns where the walk ended.
 */
export function walkRecords(chunk: Chunk, end: number, visitor: ChunkVisitor): number {
  const { view } = chunk;
  let at = chunk.base + CHUNK_HEADER_BYTES;
  while (at + RECORD_MIN_BYTES <= end) {
    const size = recordSize(view, at, end);
    if (size > 0) {
      visitor.record(at, at + size - 4, 'whole');
      at += size;
      continue;
    }
    const next = nextRecord(chunk, at + 4, end);
    if (next < 0) {
      const torn =
        view.getInt32(at, true) === RECORD_MAGIC && view.getUint32(at + 4, true) >= RECORD_MIN_BYTES;
      if (torn) visitor.record(at, Math.min(end, at + view.getUint32(at + 4, true)), 'torn');
      else visitor.damaged(at, null);
      return end;
    }
    visitor.damaged(at, next);
    at = next;
  }
  return at;
}

/** Visits what is left of older records between `at` and `limit`, the space that the chunk calls free. */
export function walkSlack(chunk: Chunk, at: number, limit: number, visitor: ChunkVisitor): void {
  for (let next = nextRecord(chunk, at, limit); next >= 0; ) {
    const size = recordSize(chunk.view, next, limit);
    visitor.record(next, next + size - 4, 'slack');
    next = nextRecord(chunk, next + size, limit);
  }
}
