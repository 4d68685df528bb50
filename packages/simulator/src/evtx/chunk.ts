/** One 64 KiB chunk of an EVTX file while it is being filled: its buffer, its table of names and its templates. */
import type { Cursor } from './cursor.ts';
import { createCursor, putText, putU16, putU32 } from './cursor.ts';

export const CHUNK_BYTES = 65_536;
export const CHUNK_HEADER_BYTES = 512;
const NAME_BUCKETS_AT = 128;
const TEMPLATE_BUCKETS_AT = 384;

export interface Chunk {
  readonly out: Cursor;
  /** Where each name and template of this chunk was defined. */
  readonly nameAt: Map<string, number>;
  readonly templateAt: Map<string, number>;
}

export function createChunk(): Chunk {
  const out = createCursor(CHUNK_BYTES);
  out.at = CHUNK_HEADER_BYTES;
  return { out, nameAt: new Map(), templateAt: new Map() };
}

/** Empties the chunk. Old bytes behind the header may stay: Windows leaves such slack in reused chunks too. */
export function resetChunk(chunk: Chunk, keepSlack: boolean): void {
  chunk.out.bytes.fill(0, 0, keepSlack ? CHUNK_HEADER_BYTES : CHUNK_BYTES);
  chunk.out.at = CHUNK_HEADER_BYTES;
  chunk.nameAt.clear();
  chunk.templateAt.clear();
}

const nameHashes = new Map<string, number>();

/** The hash that names are filed under: 65599 · previous + character, lower 16 bits. */
export function nameHash(name: string): number {
  let hash = nameHashes.get(name);
  if (hash === undefined) {
    hash = 0;
    for (let index = 0; index < name.length; index++)
      hash = (Math.imul(hash, 65_599) + name.charCodeAt(index)) >>> 0;
    nameHashes.set(name, (hash &= 0xffff));
  }
  return hash;
}

/** Writes a reference to a name, and the name itself where the chunk has not got it yet. */
export function putName(chunk: Chunk, name: string): void {
  const { out } = chunk;
  const known = chunk.nameAt.get(name);
  if (known !== undefined) {
    putU32(out, known);
    return;
  }
  const at = out.at + 4;
  const hash = nameHash(name);
  putU32(out, at);
  chunk.nameAt.set(name, at);
  linkInBucket(chunk, NAME_BUCKETS_AT + 4 * (hash % 64), at);
  putU16(out, hash);
  putU16(out, name.length);
  putText(out, name);
  putU16(out, 0);
}

/** Writes the link to the previous entry of the bucket and makes `at` its first one. */
export function linkInBucket(chunk: Chunk, bucketAt: number, at: number): void {
  putU32(chunk.out, chunk.out.view.getUint32(bucketAt, true));
  chunk.out.view.setUint32(bucketAt, at, true);
}

/** Bucket of a template. Readers do not use it and the hash Windows takes is not known; the GUID spreads as well. */
export function templateBucketAt(guid: Uint8Array): number {
  return TEMPLATE_BUCKETS_AT + 4 * (guid[0]! % 32);
}
