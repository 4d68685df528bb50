/** Where results go and in which format: a file or standard output, chosen once, written as a stream. */
import { closeSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import type { Writer } from '@logonscope/writers';
import { CannotRun } from './exit-status.ts';
import { FORMATS, type Format, type OptionValues } from './options.ts';
import type { Terminal } from './terminal.ts';

type ByteSink = Parameters<Writer['write']>[1];

/** Extensions that name a format; everything else is a table. */
const FORMAT_OF_EXTENSION: Readonly<Record<string, Format>> = {
  ...Object.fromEntries(FORMATS.map((format) => [format, format])),
  jsonl: 'ndjson',
  txt: 'table',
};

/** Formats that a terminal cannot show. */
const BINARY: ReadonlySet<Format> = new Set(['xlsx', 'pdf', 'parquet']);

export interface Output {
  readonly format: Format;
  /** True if a person reads it on a terminal, where width and colour matter. */
  readonly onTerminal: boolean;
  /** Runs the writing and closes what was opened; a file appears whole or not at all. */
  write(work: (sink: ByteSink) => void | Promise<void>): Promise<void>;
}

/** Decides on format and place; throws `CannotRun` if they do not fit together. */
export function chooseOutput(options: OptionValues, terminal: Terminal): Output {
  const { output } = options;
  const format = options.format ?? formatOfName(output);
  if (output !== undefined && output !== '-') {
    return { format, onTerminal: false, write: (work) => writeFile(output, work) };
  }
  if (BINARY.has(format) && terminal.outIsTerminal) {
    throw new CannotRun([`--format ${format}: a terminal cannot show this; name a file with -o`]);
  }
  return {
    format,
    onTerminal: terminal.outIsTerminal,
    write: async (work) => work((bytes) => terminal.writeOut(bytes)),
  };
}

function formatOfName(output: string | undefined): Format {
  const extension = /\.([a-z]+)$/i.exec(output ?? '')?.[1]?.toLowerCase();
  return FORMAT_OF_EXTENSION[extension ?? ''] ?? 'table';
}

/** Written beside its place and then renamed, so that a half-written export is never taken for a whole one; a device is written as it is. */
async function writeFile(path: string, work: (sink: ByteSink) => void | Promise<void>): Promise<void> {
  const found = statSync(path, { throwIfNoEntry: false });
  const device = found !== undefined && !found.isFile();
  const draft = device ? path : `${path}.${process.pid}.part`;
  const descriptor = attempt(path, () => openSync(draft, 'w'));
  try {
    await work((bytes) => attempt(path, () => writeAll(descriptor, bytes)));
    closeSync(descriptor);
    if (!device) attempt(path, () => renameSync(draft, path));
  } catch (error) {
    if (!device) rmSync(draft, { force: true });
    throw error;
  }
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
}

/** A full disk or a missing folder is the person's to mend, not a crash of ours. */
function attempt<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw new CannotRun([`${path}: cannot be written: ${(error as Error).message}`]);
  }
}
