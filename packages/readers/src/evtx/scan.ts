/** Reads a file front to back, 64 KiB slot by 64 KiB slot, and finds every record that can be found. */
import type { Problem } from '@logonscope/core';
import { byteWindow, fill, holdsText } from '../bytes.ts';
import type { ProblemLog } from '../limits.ts';
import type { ByteSource } from '../reader.ts';
import { PlanCache } from './binxml/plan-cache.ts';
import { Chunk, type ChunkVisitor, type Found, walkRecords, walkSlack } from './chunk.ts';
import type { Crc32 } from './crc32.ts';
import {
  CHUNK_BYTES,
  CHUNK_HEADER_BYTES,
  CHUNK_MAGIC,
  Damage,
  FILE_HEADER_BYTES,
  FILE_MAGIC,
  isDamage,
} from './format.ts';
import { EvtxRecord } from './record/record.ts';
import type { ScanMemory } from './scan-memory.ts';

/** Bytes per read: few enough to stay in the CPU's cache, enough for the calls not to count. */
const READ_BYTES = 16 * CHUNK_BYTES;
/** Looks of fixed size ahead of a damaged record's end stay within the buffer. */
const PADDING_BYTES = 64;

export interface ScanOptions {
  /** For this scan alone until it ends; then it may serve the next one. */
  readonly memory: ScanMemory;
  readonly crc32: Crc32;
  /** Also search the space behind each chunk's last record. */
  readonly slack: boolean;
  /** Receives every record in file order; it is valid during the call only. */
  readonly record: (record: EvtxRecord, found: Found) => void;
  readonly problems: ProblemLog;
  /** Told how many bytes of the file are done. */
  readonly progress: (bytes: number) => void;
}

/**
 * Reads `source` to its end. The file header is only checked: its count of chunks is stale in files that were not
 * closed and too small for files over 4 GB, so every slot is looked at. Rejects only if the source cannot be read.
 */
export async function scanFile(source: ByteSource, options: ScanOptions): Promise<void> {
  const window = byteWindow(bufferBytes(source.sizeBytes) + PADDING_BYTES);
  const room = window.bytes.subarray(0, window.bytes.length - PADDING_BYTES);
  const chunk = new Chunk(window, options.memory.names, options.crc32);
  const scanner = new ChunkScanner(source.name, chunk, options);
  let held = await fill(source, room.subarray(0, FILE_HEADER_BYTES));
  const carved = holdsText(room, 0, CHUNK_MAGIC);
  let fileOffset = carved ? 0 : held;
  if (!holdsText(room, 0, FILE_MAGIC) || held < FILE_HEADER_BYTES)
    scanner.report(
      'file-header',
      { offset: 0 },
      'magic',
      `${held} bytes that do not begin with "ElfFile"`,
      `a header of ${FILE_HEADER_BYTES} bytes that does`,
    );
  if (!carved) held = 0;
  for (;;) {
    held += await fill(source, room.subarray(held));
    if (held === 0) break;
    // A chunk that the end of the file cuts off is read as if zeros followed.
    room.fill(0, held);
    for (let base = 0; base < held; base += CHUNK_BYTES)
      scanner.scan(base, fileOffset + base, Math.min(CHUNK_BYTES, held - base));
    fileOffset += held;
    options.progress(fileOffset);
    if (held < room.length) break;
    held = 0;
  }
}

/** Small files get a small buffer: a folder may hold hundreds of logs of one chunk. */
function bufferBytes(sizeBytes: number | null): number {
  const chunks = sizeBytes === null ? READ_BYTES : Math.ceil(sizeBytes / CHUNK_BYTES) * CHUNK_BYTES;
  return Math.max(CHUNK_BYTES, Math.min(READ_BYTES, chunks));
}

/** Where a problem is: its place in the file, and the record's number if it has one. */
interface Place {
  readonly offset: number;
  readonly record?: number;
}

/** Scans one chunk after another with one record object. */
class ChunkScanner implements ChunkVisitor {
  readonly #file: string;
  readonly #chunk: Chunk;
  readonly #plans: PlanCache;
  readonly #record: EvtxRecord;
  readonly #options: ScanOptions;
  /** The chunk as a whole has been reported; what is missing in it is no news. */
  #reported = false;

  constructor(file: string, chunk: Chunk, options: ScanOptions) {
    const { memory } = options;
    this.#file = file;
    this.#chunk = chunk;
    this.#options = options;
    this.#plans = new PlanCache(memory);
    const context = { chunk, plans: this.#plans, texts: memory.texts };
    this.#record = new EvtxRecord(context, file, (problem) => options.problems.add(problem));
  }

  report(code: string, place: Place, field: string, have: string | number, need: string): void {
    const at = { file: this.#file, ...place };
    this.#options.problems.add({ code: `evtx/${code}`, at, field, message: `have ${have}, need ${need}` });
  }

  /** Scans the chunk at `base` of the window, of which the file holds `available` bytes. */
  scan(base: number, fileOffset: number, available: number): void {
    const chunk = this.#chunk;
    chunk.place(base, fileOffset);
    this.#plans.startChunk();
    this.#reported = false;
    if (!chunk.hasMagic && chunk.isZero) return;
    if (available < CHUNK_BYTES)
      this.report('truncated-chunk', { offset: fileOffset }, 'chunk', `${available} bytes`, `${CHUNK_BYTES}`);
    const limit = base + available;
    const at = walkRecords(chunk, Math.min(limit, base + this.#recordsEnd(fileOffset)), this);
    if (this.#options.slack) walkSlack(chunk, at, limit, this);
  }

  /** Where the records end as the header says, or the chunk's end if the header cannot be believed. */
  #recordsEnd(fileOffset: number): number {
    const chunk = this.#chunk;
    const free = chunk.freeSpace;
    if (chunk.hasMagic && free >= CHUNK_HEADER_BYTES && free <= CHUNK_BYTES) return free;
    this.#reported = true;
    if (!chunk.hasMagic)
      this.report('chunk-magic', { offset: fileOffset }, 'chunk.magic', 'other bytes', '"ElfChnk"');
    else
      this.report(
        'chunk-header',
        { offset: fileOffset },
        'chunk.freeSpace',
        free,
        `${CHUNK_HEADER_BYTES} to ${CHUNK_BYTES}`,
      );
    return CHUNK_BYTES;
  }

  record(at: number, end: number, found: Found): void {
    if (!this.#load(at, end, found)) return;
    if (found === 'torn')
      this.report(
        'torn-record',
        this.#placeOf(at),
        'record.size',
        'no repeated size at its end',
        'the size again',
      );
    this.#options.record(this.#record, found);
  }

  damaged(at: number, next: number | null): void {
    if (this.#reported) return;
    const have =
      next === null ? 'other bytes up to the end of the chunk' : `other bytes, ${next - at} of them`;
    this.report(
      'damaged-record',
      { offset: this.#chunk.offsetOf(at) },
      'record',
      have,
      'a record with its size at both ends',
    );
  }

  /** Moves the record object; false where the bytes are none, which is reported. Slack is garbage by nature. */
  #load(at: number, end: number, found: Found): boolean {
    try {
      this.#record.load(at, end, found);
      return true;
    } catch (error) {
      if (!isDamage(error)) throw error;
      if (found === 'slack') return false;
      const field = error instanceof Damage ? error.field : null;
      const problem: Problem = {
        code: 'evtx/damaged-record',
        at: { file: this.#file, ...this.#placeOf(at) },
        field,
        message: error.message,
      };
      this.#options.problems.add(problem);
      return false;
    }
  }

  #placeOf(at: number): Place {
    const { view } = this.#chunk;
    const record = view.getUint32(at + 8, true) + view.getUint32(at + 12, true) * 2 ** 32;
    return { record, offset: this.#chunk.offsetOf(at) };
  }
}
