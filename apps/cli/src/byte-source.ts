/** Files and standard input as byte sources, read synchronously: the fastest way in Node, and the readers allow it. */
import { closeSync, openSync, readSync } from 'node:fs';
import type { ByteSource } from '@logonscope/readers';
import type { Input } from './inputs.ts';
import { pause } from './terminal.ts';

const STANDARD_INPUT = 0;
/** A terminal or pipe without data yet is asked again after this long. */
const RETRY_MS = 5;

export interface OpenFile extends ByteSource {
  close(): void;
}

/** Opens a file or standard input; throws Node's error if that is not possible. */
export function openInput(input: Input): OpenFile {
  const descriptor = input.path === null ? STANDARD_INPUT : openSync(input.path, 'r');
  return {
    name: input.name,
    sizeBytes: input.sizeBytes,
    read: (into) => readSome(descriptor, into),
    close: () => {
      if (descriptor !== STANDARD_INPUT) closeSync(descriptor);
    },
  };
}

function readSome(descriptor: number, into: Uint8Array): number {
  for (;;) {
    try {
      return readSync(descriptor, into, 0, into.length, null);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Windows reports the end of a closed pipe as an error.
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      pause(RETRY_MS);
    }
  }
}
