/** What a task writes into its sink, as something that can be read; the reader's pace is the writer's. */
import type { Sink } from './reading.ts';

/** The reader went away; whoever writes stops with this. */
export class ReaderGone extends Error {
  constructor() {
    super('Nobody reads this any more.');
    this.name = 'ReaderGone';
  }
}

/**
 * Resolves with the bytes once the first are there, so that what goes wrong before can still be answered as a refusal.
 * What goes wrong later breaks the stream.
 */
export async function streamed(write: (sink: Sink) => Promise<unknown>): Promise<AsyncIterable<Uint8Array>> {
  const waiting: Uint8Array[] = [];
  let ended: { readonly error?: unknown } | null = null;
  let gone = false;
  let wake = () => {};
  let more = () => {};
  const changed = () => new Promise<void>((resolve) => (wake = resolve));
  const sink: Sink = async (bytes) => {
    if (gone) throw new ReaderGone();
    waiting.push(bytes);
    wake();
    await new Promise<void>((resolve) => (more = resolve));
    if (gone) throw new ReaderGone();
  };
  write(sink).then(
    () => {
      ended = {};
      wake();
    },
    (error: unknown) => {
      ended = { error };
      wake();
    },
  );
  const isOver = () => ended as { readonly error?: unknown } | null;
  while (waiting.length === 0 && isOver() === null) await changed();
  if (waiting.length === 0 && isOver()?.error !== undefined) throw isOver()!.error;
  return (async function* () {
    try {
      for (;;) {
        const bytes = waiting.shift();
        if (bytes !== undefined) {
          yield bytes;
          more();
          continue;
        }
        if (isOver()?.error !== undefined) throw isOver()!.error;
        if (isOver() !== null) return;
        await changed();
      }
    } finally {
      gone = true;
      more();
    }
  })();
}
