/** Turns a decompressor that is pushed into a source that is read, with damage and excess as problems. */
import type { Problem } from '@logonscope/core';
import { crc32 } from '../evtx/crc32.ts';
import type { ByteSource } from '../reader.ts';
import type { ArchiveBudget } from './budget.ts';

/** Packed bytes pushed at once: a bomb makes at most a thousand times as much of them. */
const PUSH_BYTES = 8 * 1024;

/** The next packed bytes, valid until the next call; null at their end, `cut` where the archive ends before them. */
export type Feed = () => Promise<Uint8Array | null | 'cut'>;
/** A decompressor: bytes in, chunks out through the callback it was made with; throws on damage. */
export type Push = (bytes: Uint8Array, last: boolean) => void;

export interface Unpacking {
  readonly name: string;
  readonly feed: Feed;
  readonly open: (onChunk: (chunk: Uint8Array) => void) => Push;
  /** The checksum the archive gives, asked for at the end; null where it gives none. */
  readonly checksum: () => number | null;
  readonly budget: ArchiveBudget;
  readonly onProblem: (problem: Problem) => void;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A source of the unpacked bytes. After damage it ends; what came before is still delivered. */
export function unpackedSource({ name, feed, open, checksum, budget, onProblem }: Unpacking): ByteSource {
  const ready: Uint8Array[] = [];
  let crc = 0;
  const push = open((chunk) => {
    if (chunk.length === 0) return;
    crc = crc32(chunk, crc);
    ready.push(chunk);
  });
  let over = false;

  function stop(code: string, message: string): void {
    over = true;
    onProblem({ code, at: { file: name }, field: null, message });
  }

  /** Unpacks a little more; sets `over` at the end or at damage. */
  async function advance(): Promise<void> {
    const packed = await feed();
    if (packed === 'cut') {
      stop('archive/damaged', 'The archive ends within this file; reading stopped here.');
      return;
    }
    try {
      if (packed === null) {
        over = true;
        push(new Uint8Array(0), true);
        const expected = checksum();
        if (expected !== null && expected !== crc >>> 0) {
          stop(
            'archive/damaged',
            'The unpacked data does not match its checksum; some of it may be wrong or missing.',
          );
        }
        return;
      }
      for (let from = 0; from < packed.length && !over; from += PUSH_BYTES) {
        const before = ready.length;
        push(packed.slice(from, from + PUSH_BYTES), false);
        const bytes = ready.slice(before).reduce((sum, { length }) => sum + length, 0);
        if (!budget.unpacked(bytes)) {
          stop(
            'archive/too-large',
            'The archive unpacks to far more than any log would; reading stopped here.',
          );
        }
      }
    } catch (error) {
      stop('archive/damaged', `The packed data is damaged (${reasonOf(error)}); reading stopped here.`);
    }
  }

  return {
    name,
    sizeBytes: null,
    async read(into) {
      while (ready.length === 0 && !over) await advance();
      const chunk = ready[0];
      if (chunk === undefined) return 0;
      const part = chunk.subarray(0, into.length);
      into.set(part);
      if (part.length === chunk.length) ready.shift();
      else ready[0] = chunk.subarray(part.length);
      return part.length;
    },
  };
}
