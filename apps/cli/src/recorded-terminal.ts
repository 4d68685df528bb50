/** A terminal that only remembers, for tests: run a command line, then read what it would have shown. */
import { run } from './run.ts';
import { ClosedPipe, type Terminal } from './terminal.ts';

export interface Recording {
  readonly status: number;
  readonly out: string;
  readonly error: string;
  readonly outBytes: Uint8Array;
}

export interface RecordingOptions extends Partial<Omit<Terminal, 'writeOut' | 'writeError'>> {
  /** The reader goes away after so many bytes. */
  readonly closesAfterBytes?: number;
}

/** Runs a command line as the shell would, in London unless told otherwise. */
export async function record(line: readonly string[], options: RecordingOptions = {}): Promise<Recording> {
  const chunks: Uint8Array[] = [];
  let error = '';
  let bytes = 0;
  const terminal: Terminal = {
    outIsTerminal: false,
    errorIsTerminal: false,
    widthColumns: null,
    colour: false,
    machineTimezone: 'Europe/London',
    ...options,
    writeOut(chunk) {
      bytes += chunk.length;
      if (bytes > (options.closesAfterBytes ?? Number.POSITIVE_INFINITY)) throw new ClosedPipe();
      chunks.push(chunk.slice());
    },
    writeError(text) {
      error += text;
    },
  };
  const status = await run(line, terminal);
  const outBytes = Buffer.concat(chunks);
  return { status, out: outBytes.toString('utf8'), error, outBytes };
}
