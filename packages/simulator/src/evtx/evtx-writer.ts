/** Writes records as an EVTX file, chunk by chunk, to anything that takes bytes at an offset. */
import type { SimRecord } from '../record.ts';
import {
  putElement,
  putFragmentHeader,
  putTemplate,
  putValues,
  type Template,
  valuesSize,
} from './binxml.ts';
import type { Chunk } from './chunk.ts';
import { CHUNK_BYTES, CHUNK_HEADER_BYTES, createChunk, resetChunk } from './chunk.ts';
import { crc32 } from './crc32.ts';
import { putFiletime, putU8, putU32, putU64 } from './cursor.ts';
import { type FilledElement, filledEvent, SYSTEM_TYPES, systemValues } from './event-tree.ts';
import { bodyTemplate, outerTemplate } from './templates.ts';

/** Takes bytes for one place of the file. They are valid only during the call. */
export type EvtxSink = (bytes: Uint8Array, offsetBytes: number) => void;

export interface EvtxOptions {
  /** Records without templates, every value spelled out, as event forwarding stores them. */
  readonly bare?: boolean;
  /** A header that was not brought up to date, as in a log copied while in use. */
  readonly dirty?: boolean;
  /** The last record lacks the size at its end, as after a power cut. */
  readonly tornLast?: boolean;
  /** Leaves this much of each chunk unused, with what an earlier chunk held there still in it. */
  readonly slackBytes?: number;
}

export interface EvtxWriter {
  add(record: SimRecord): void;
  /** Writes what is left, and the file header. */
  finish(): void;
  /** Bytes of the file so far, without the chunk being filled. */
  sizeBytes(): number;
}

interface OpenFile {
  readonly chunk: Chunk;
  readonly options: EvtxOptions;
  readonly sink: EvtxSink;
  chunks: number;
  /** Record headers count from 1 in every file; EventRecordID may not. */
  nextHeaderId: number;
  firstHeaderId: number;
  lastRecordAt: number;
}

export const FILE_HEADER_BYTES = 4096;
const RECORD_MAGIC = 0x00002a2a;
/** Fragment headers, template references, end tokens, padding and the size echo of one record. */
const RECORD_OVERHEAD_BYTES = 128;

/**
 * Starts an EVTX file. Records keep their EventRecordID; they are written in the order in which they are added.
 * Throws a RangeError for a record that does not fit into a chunk.
 */
export function createEvtxWriter(sink: EvtxSink, options: EvtxOptions = {}): EvtxWriter {
  const file: OpenFile = {
    chunk: createChunk(),
    options,
    sink,
    chunks: 0,
    nextHeaderId: 1,
    firstHeaderId: 1,
    lastRecordAt: CHUNK_HEADER_BYTES,
  };
  return {
    add: (record) => (options.bare ? addBare(file, record) : addWithTemplates(file, record)),
    finish: () => {
      flush(file, options.tornLast ?? false);
      sink(fileHeader(file), 0);
    },
    sizeBytes: () => FILE_HEADER_BYTES + file.chunks * CHUNK_BYTES,
  };
}

/** An EVTX file in memory. */
export function evtxBytes(records: Iterable<SimRecord>, options: EvtxOptions = {}): Uint8Array {
  const pieces: { bytes: Uint8Array; at: number }[] = [];
  const writer = createEvtxWriter((bytes, at) => pieces.push({ bytes: bytes.slice(), at }), options);
  for (const record of records) writer.add(record);
  writer.finish();
  const file = new Uint8Array(writer.sizeBytes());
  for (const { bytes, at } of pieces) file.set(bytes, at);
  return file;
}

function addWithTemplates(file: OpenFile, record: SimRecord): void {
  const { chunk } = file;
  const { out } = chunk;
  const outer = outerTemplate(record.computer);
  const body = bodyTemplate(record.layout);
  const values = systemValues(record);
  const valueBytes = valuesSize(SYSTEM_TYPES, values) + valuesSize(body.types, record.values);
  makeRoom(file, valueBytes, [outer, body]);
  const start = startRecord(file, record);
  putTemplate(chunk, outer);
  putValues(out, SYSTEM_TYPES, values, () => {
    putFragmentHeader(out);
    putTemplate(chunk, body);
    putValues(out, body.types, record.values);
  });
  endRecord(file, start);
}

function addBare(file: OpenFile, record: SimRecord): void {
  const tree = filledEvent(record);
  makeRoom(file, bareSize(tree), []);
  const start = startRecord(file, record);
  putElement(file.chunk, tree, false);
  endRecord(file, start);
}

/** Closes the chunk if the record might not fit into it. */
function makeRoom(file: OpenFile, valueBytes: number, templates: readonly Template[]): void {
  const { chunk, options } = file;
  const needed = (): number =>
    templates.reduce(
      (sum, { key, bytesMax }) => sum + (chunk.templateAt.has(key) ? 0 : bytesMax),
      valueBytes,
    ) + RECORD_OVERHEAD_BYTES;
  const room = CHUNK_BYTES - (options.slackBytes ?? 0);
  if (chunk.out.at + needed() <= room) return;
  flush(file, false);
  if (chunk.out.at + needed() > room)
    throw new RangeError(`a record of ${valueBytes} bytes does not fit into a chunk`);
}

/** Upper bound of a bare tree: every name may have to be defined here. */
function bareSize(tree: FilledElement): number {
  let size = 32 + 2 * tree.name.length;
  for (const [name, value] of tree.attributes) size += 32 + 2 * (name.length + value.length);
  for (const child of tree.children)
    size += typeof child === 'string' ? 8 + 2 * child.length : bareSize(child);
  return size;
}

function startRecord(file: OpenFile, record: SimRecord): number {
  const { out } = file.chunk;
  const start = out.at;
  putU32(out, RECORD_MAGIC);
  putU32(out, 0);
  putU64(out, file.nextHeaderId);
  putFiletime(out, record.time);
  putFragmentHeader(out);
  return start;
}

function endRecord(file: OpenFile, start: number): void {
  const { out } = file.chunk;
  do putU8(out, 0);
  while ((out.at - start + 4) % 8 !== 0);
  const size = out.at - start + 4;
  putU32(out, size);
  out.view.setUint32(start + 4, size, true);
  file.lastRecordAt = start;
  file.nextHeaderId++;
}

function flush(file: OpenFile, torn: boolean): void {
  const { chunk, options } = file;
  const { bytes, at: free } = chunk.out;
  if (file.nextHeaderId === file.firstHeaderId) return;
  const header = { ...chunk.out, at: 0 };
  for (const char of 'ElfChnk\0') putU8(header, char.charCodeAt(0));
  // First and last record number, once as counted in the file and once as in the log: the same here.
  for (let twice = 0; twice < 2; twice++) {
    putU64(header, file.firstHeaderId);
    putU64(header, file.nextHeaderId - 1);
  }
  putU32(header, 128);
  putU32(header, file.lastRecordAt);
  putU32(header, free);
  putU32(header, crc32(bytes, CHUNK_HEADER_BYTES, free));
  header.at = 120;
  putU32(header, 1);
  putU32(header, crc32(bytes, 128, CHUNK_HEADER_BYTES, crc32(bytes, 0, 120)));
  if (torn) bytes.fill(0, free - 4, free);
  file.sink(bytes, FILE_HEADER_BYTES + file.chunks * CHUNK_BYTES);
  file.chunks++;
  file.firstHeaderId = file.nextHeaderId;
  resetChunk(chunk, (options.slackBytes ?? 0) > 0);
}

function fileHeader(file: OpenFile): Uint8Array {
  const header = createChunk().out;
  const stale = file.options.dirty ?? false;
  header.at = 0;
  for (const char of 'ElfFile\0') putU8(header, char.charCodeAt(0));
  putU64(header, 0);
  putU64(header, stale ? 0 : Math.max(0, file.chunks - 1));
  putU64(header, stale ? 1 : file.nextHeaderId);
  putU32(header, 128);
  putU32(header, 0x0003_0001);
  putU32(header, ((stale ? 1 : file.chunks) & 0xffff) * 0x1_0000 + FILE_HEADER_BYTES);
  header.at = 120;
  putU32(header, stale ? 1 : 0);
  putU32(header, crc32(header.bytes, 0, 120));
  return header.bytes.slice(0, FILE_HEADER_BYTES);
}
