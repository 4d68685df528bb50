/** A window that slides over a source, so that an archive's headers can be looked at before they are passed. */
import type { ByteSource } from '../reader.ts';

const WINDOW_BYTES = 128 * 1024;

export interface ByteWindow {
  /** Waits until `count` bytes are at hand (at most 64 KiB); returns how many are, fewer only at the end. */
  ensure(count: number): Promise<number>;
  /** What is at hand; valid until the next `ensure`. */
  bytes(): Uint8Array;
  /** Passes over bytes that are at hand. */
  skip(count: number): void;
}

export function byteWindow(source: ByteSource): ByteWindow {
  const buffer = new Uint8Array(WINDOW_BYTES);
  let start = 0;
  let end = 0;
  let over = false;
  return {
    async ensure(count) {
      if (end - start < count && start > 0) {
        buffer.copyWithin(0, start, end);
        end -= start;
        start = 0;
      }
      while (end - start < count && !over) {
        const got = await source.read(buffer.subarray(end));
        if (got === 0) over = true;
        end += got;
      }
      return end - start;
    },
    bytes: () => buffer.subarray(start, end),
    skip(count) {
      start += count;
    },
  };
}
