/** Bytes in memory, to be read like a file. */
import type { ByteSource } from '@logonscope/readers';

/** Bytes in memory as a source; hands out all it has at once. */
export function memorySource(name: string, bytes: Uint8Array): ByteSource {
  let at = 0;
  return {
    name,
    sizeBytes: bytes.length,
    read(into) {
      const piece = bytes.subarray(at, at + into.length);
      into.set(piece);
      at += piece.length;
      return piece.length;
    },
  };
}
