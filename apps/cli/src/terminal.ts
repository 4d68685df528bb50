/** The outside world as the commands see it: standard streams, the machine's zone; tests put a recorder in its place. */
import { writeSync } from 'node:fs';
import { isatty, WriteStream } from 'node:tty';

export interface Terminal {
  /** Standard output, in order; throws `ClosedPipe` once nobody reads it any more. */
  writeOut(bytes: Uint8Array): void;
  /** Standard error; never fails. */
  writeError(text: string): void;
  readonly outIsTerminal: boolean;
  readonly errorIsTerminal: boolean;
  /** Width for tables; null when the output is no terminal, so that nothing is cut. */
  readonly widthColumns: number | null;
  readonly colour: boolean;
  /** IANA zone of the machine, assumed for times that carry none. */
  readonly machineTimezone: string;
}

/** The reader of our output went away (`| head`); not an error, only the end of the work. */
export class ClosedPipe extends Error {}

const OUT = 1;
const ERROR = 2;
/** A non-blocking pipe that is full is asked again after this long. */
const RETRY_MS = 2;

/**
 * The real process. Output goes straight to the file descriptor: `process.stdout` would buffer a whole export in
 * memory when the reader is slow, and creating it costs start-up time.
 */
export function processTerminal(environment: Readonly<Record<string, string | undefined>>): Terminal {
  const outIsTerminal = isatty(OUT);
  return {
    writeOut: (bytes) => writeAll(OUT, bytes),
    writeError: (text) => {
      try {
        writeAll(ERROR, new TextEncoder().encode(text));
      } catch {
        // Nobody listens on standard error; the exit status still tells.
      }
    },
    outIsTerminal,
    errorIsTerminal: isatty(ERROR),
    widthColumns: outIsTerminal ? new WriteStream(OUT).columns : null,
    colour: outIsTerminal && !environment.NO_COLOR && environment.TERM !== 'dumb',
    machineTimezone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') throw new ClosedPipe();
      if (code !== 'EAGAIN') throw error;
      pause(RETRY_MS);
    }
  }
}

/** Blocks this thread for a moment; the work is synchronous anyway. */
export function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
