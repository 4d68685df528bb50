/** One input from bytes to events: open, detect, read, decode. The same code runs in-process and in a worker. */
import { crc32 } from 'node:zlib';
import { createDecoder, isWanted, type LifeSpan, type Problem, type SessionEvent } from '@logonscope/core';
import { readSource } from '@logonscope/readers';
import { openInput } from './byte-source.ts';
import type { Input } from './inputs.ts';

export interface ReadingOptions {
  /** Only what sessions of people need; the rest is dropped before it is built. */
  readonly peopleOnly: boolean;
  readonly timezone: string | null;
  readonly assumedTimezone: string;
  readonly slack: boolean;
}

/** Receives what one input holds, in its order. */
export interface LogSink {
  event(event: SessionEvent): void;
  life(span: LifeSpan): void;
  problem(problem: Problem): void;
  /** Bytes read since the last call. */
  advance(bytes: number): void;
}

/** The code of the problem that means: nothing of this input could be read. */
export const UNREADABLE = 'file/unreadable';

/** Reads one input to its end; an input that cannot be opened or breaks off is a problem, not an exception. */
export async function readLog(input: Input, options: ReadingOptions, sink: LogSink): Promise<void> {
  const decode = createDecoder({ peopleOnly: options.peopleOnly });
  let read = 0;
  try {
    const source = openInput(input);
    try {
      await readSource(
        source,
        {
          record: (record) => {
            const event = decode(record);
            if (event !== null) sink.event(event);
          },
          problem: sink.problem,
          life: sink.life,
          progress: (bytes) => {
            sink.advance(bytes - read);
            read = bytes;
          },
        },
        { ...options, wanted: isWanted, crc32 },
      );
    } finally {
      source.close();
    }
  } catch (error) {
    sink.problem(unreadable(input, error));
  }
}

function unreadable(input: Input, error: unknown): Problem {
  const { code, message } = error as NodeJS.ErrnoException;
  // Node's own errors are a fact about the file; anything else is a fault of ours and must not hide.
  if (code === undefined) throw error;
  return { code: UNREADABLE, at: { file: input.name }, field: null, message: `cannot be read: ${message}` };
}
