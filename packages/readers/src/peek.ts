/** Looks at the beginning of a source without losing it. */
import type { ByteSource } from './reader.ts';
import { HEAD_BYTES } from './text-limits.ts';
import { fill } from './text-source.ts';

/** The first bytes of a source, and a source that still delivers them. */
export async function peek(source: ByteSource): Promise<{ head: Uint8Array; whole: ByteSource }> {
  const buffer = new Uint8Array(HEAD_BYTES);
  const head = buffer.subarray(0, await fill(source, buffer));
  let given = 0;
  const whole: ByteSource = {
    name: source.name,
    sizeBytes: source.sizeBytes,
    read(into) {
      if (given === head.length) return source.read(into);
      const part = head.subarray(given, given + into.length);
      into.set(part);
      given += part.length;
      return part.length;
    },
  };
  return { head, whole };
}
