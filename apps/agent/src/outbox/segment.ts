/** A file of the outbox: lines that are only ever added, and read from any place on. */
import { closeSync, fsyncSync, ftruncateSync, openSync, readSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { decodeLine, encodeLine, LINE_END, type Line, type SegmentHead } from './line.ts';

const NAME = /^(\d{8})\.log$/;
const READ_BYTES = 256 * 1024;

export const segmentName = (number: number): string => `${String(number).padStart(8, '0')}.log`;

/** The number in a segment's name; null for every other file. */
export function segmentNumber(name: string): number | null {
  const found = NAME.exec(name);
  return found === null ? null : Number(found[1]);
}

export interface PlacedLine {
  /** Null where the bytes are damaged. */
  readonly line: Line | null;
  readonly from: number;
  /** Where the next line begins. */
  readonly to: number;
}

/** The lines of a file from a place on; an end without its line end counts as damaged. */
export function* linesFrom(file: string, from: number): Generator<PlacedLine> {
  const handle = openSync(file, 'r');
  try {
    let rest = Buffer.alloc(0);
    let at = from;
    for (;;) {
      const block = Buffer.alloc(READ_BYTES);
      const count = readSync(handle, block, 0, READ_BYTES, at + rest.length);
      if (count === 0) break;
      const bytes = Buffer.concat([rest, block.subarray(0, count)]);
      let start = 0;
      for (let end = bytes.indexOf(LINE_END); end >= 0; end = bytes.indexOf(LINE_END, start)) {
        yield { line: decodeLine(bytes.subarray(start, end)), from: at + start, to: at + end + 1 };
        start = end + 1;
      }
      at += start;
      rest = bytes.subarray(start);
    }
    if (rest.length > 0) yield { line: null, from: at, to: at + rest.length };
  } finally {
    closeSync(handle);
  }
}

/** Writes a segment that holds its head only: under another name first, so that a half one is never found. */
export function createSegment(folder: string, number: number, head: SegmentHead): number {
  const file = join(folder, segmentName(number));
  const made = openSync(`${file}.tmp`, 'w', 0o600);
  const bytes = encodeLine(head);
  try {
    writeAll(made, bytes, 0);
    fsyncSync(made);
  } finally {
    closeSync(made);
  }
  renameSync(`${file}.tmp`, file);
  syncFolder(dirname(file));
  return bytes.length;
}

/** Adds a line at `at`; on any failure the file is as long as before. Returns the bytes added. */
export function addLine(handle: number, at: number, line: Line, durable: boolean): number {
  const bytes = encodeLine(line);
  try {
    writeAll(handle, bytes, at);
    if (durable) fsyncSync(handle);
  } catch (error) {
    ftruncateSync(handle, at);
    throw error;
  }
  return bytes.length;
}

function writeAll(handle: number, bytes: Buffer, at: number): void {
  for (let done = 0; done < bytes.length; )
    done += writeSync(handle, bytes, done, bytes.length - done, at + done);
}

/** A new name is safe only once its folder is; Windows cannot and need not be asked for that. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
