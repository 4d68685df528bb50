/** A file of the browser as a source of bytes: read as a stream, so that its size is nobody's concern. */
import type { ByteSource } from '@logonscope/readers';
import type { GivenFile } from './messages.ts';

/** One piece of the file is in memory at a time. */
export function blobSource({ name, blob }: GivenFile): ByteSource {
  const reader = blob.stream().getReader();
  let piece = new Uint8Array(0);
  return {
    name,
    sizeBytes: blob.size,
    async read(into) {
      while (piece.length === 0) {
        const { done, value } = await reader.read();
        if (done) return 0;
        piece = value as Uint8Array<ArrayBuffer>;
      }
      const taken = piece.subarray(0, into.length);
      into.set(taken);
      piece = piece.subarray(taken.length);
      return taken.length;
    },
  };
}
