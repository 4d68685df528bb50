/** The command line as a person runs it, with what it would have shown; and files in a folder that goes away again. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, type Terminal } from '@logonscope/cli';

export interface Shown {
  readonly status: number;
  readonly out: string;
  readonly outBytes: Uint8Array;
  readonly error: string;
}

/** Runs one command line in UTC, with its output in a pipe unless a terminal of this width is asked for. */
export async function logonscope(
  line: readonly string[],
  widthColumns: number | null = null,
): Promise<Shown> {
  const chunks: Uint8Array[] = [];
  let error = '';
  const terminal: Terminal = {
    outIsTerminal: widthColumns !== null,
    errorIsTerminal: false,
    widthColumns,
    colour: false,
    machineTimezone: 'UTC',
    writeOut: (bytes) => void chunks.push(bytes.slice()),
    writeError(text) {
      error += text;
    },
  };
  const status = await run(line, terminal);
  const outBytes = Buffer.concat(chunks);
  return { status, out: outBytes.toString('utf8'), outBytes, error };
}

export interface Folder {
  path(name: string): string;
  remove(): void;
}

/** A new folder with these files in it. */
export function folderWith(files: Iterable<readonly [name: string, content: Uint8Array | string]>): Folder {
  const folder = mkdtempSync(join(tmpdir(), 'logonscope-proof-'));
  const path = (name: string): string => join(folder, name);
  for (const [name, content] of files) writeFileSync(path(name), content);
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
