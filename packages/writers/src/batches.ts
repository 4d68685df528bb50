/** Collects text into byte batches of about 64 KiB, so that a sink is called seldom and memory stays flat. */
import type { ByteSink } from './writer.ts';

/** Large enough to make system calls rare, small enough to stay in the processor's cache. */
const BATCH_CHARACTERS = 64 * 1024;

export interface TextBatches {
  /** Adds text that may not be split inside a character. A promise means: wait before adding more. */
  add(text: string): void | Promise<void>;
  /** Hands over what is left. */
  end(): void | Promise<void>;
}

const DELETE = '\u007f';

/**
 * Text in, UTF-8 batches out, in order. Lone surrogates become U+FFFD, as UTF-8 has no other way to hold them.
 * `rewrite` sees each batch that holds DEL or anything beyond ASCII; it must not depend on where a batch begins.
 */
export function textBatches(sink: ByteSink, rewrite?: (batch: string) => string): TextBatches {
  const encoder = new TextEncoder();
  let pending = '';

  function flush(): void | Promise<void> {
    if (pending === '') return;
    const batch = pending;
    pending = '';
    const bytes = encoder.encode(batch);
    // As many bytes as characters: all of them are ASCII. That is cheaper to know than any search.
    const ascii = bytes.length === batch.length && !batch.includes(DELETE);
    return sink(rewrite === undefined || ascii ? bytes : encoder.encode(rewrite(batch)));
  }

  return {
    add(text) {
      pending += text;
      if (pending.length >= BATCH_CHARACTERS) return flush();
    },
    end: flush,
  };
}
