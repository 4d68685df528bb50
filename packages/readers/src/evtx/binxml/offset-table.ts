/** What was learnt at offsets of one chunk, found again at once and forgotten quickly: names, and plans likewise. */
import { CHUNK_BYTES } from '../format.ts';

/** One entry per byte of a chunk; a list of the used ones makes clearing cheap. */
export class OffsetTable<Value> {
  readonly #values = new Array<Value | null>(CHUNK_BYTES).fill(null);
  readonly #used: number[] = [];

  /** The entry at an offset; null if there is none or the offset lies outside of the chunk. */
  at(offset: number): Value | null {
    return offset < CHUNK_BYTES ? (this.#values[offset] ?? null) : null;
  }

  add(offset: number, value: Value): void {
    this.#values[offset] = value;
    this.#used.push(offset);
  }

  clear(): void {
    for (const offset of this.#used) this.#values[offset] = null;
    this.#used.length = 0;
  }
}
