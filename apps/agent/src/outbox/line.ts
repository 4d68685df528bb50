/** One line of the outbox: a checksum and JSON. Whatever was torn or changed is known by it. */
import { crc32 } from 'node:zlib';
import type { AgentEvent } from '../event.ts';

/** How a segment begins: all that must outlive the segments before it. */
export interface SegmentHead {
  readonly is: 'head';
  /** Names this life of the outbox, so that its numbers are not taken for those of one that was deleted. */
  readonly epoch: string;
  /** The number of the next event. */
  readonly next: number;
  /** All events up to this number are with the server. */
  readonly delivered: number;
  readonly bookmarks: Readonly<Record<string, string>>;
}

/** Events and the place their source goes on from, kept together. */
export interface Group {
  readonly is: 'group';
  /** The number of the first event. */
  readonly first: number;
  readonly events: readonly AgentEvent[];
  /** Source and place. */
  readonly bookmark: readonly [string, string] | null;
}

export interface Delivered {
  readonly is: 'delivered';
  readonly through: number;
}

export type Line = SegmentHead | Group | Delivered;

const CHECKSUM_CHARS = 8;
export const LINE_END = 10;

/** The line as bytes, its end included. */
export function encodeLine(line: Line): Buffer {
  const json = JSON.stringify(line);
  const sum = crc32(json).toString(16).padStart(CHECKSUM_CHARS, '0');
  return Buffer.from(`${sum} ${json}\n`);
}

/** The line of these bytes (without its end), or null where they are not what was written. */
export function decodeLine(bytes: Buffer): Line | null {
  if (bytes.length < CHECKSUM_CHARS + 2) return null;
  const json = bytes.subarray(CHECKSUM_CHARS + 1);
  const sum = Number.parseInt(bytes.toString('latin1', 0, CHECKSUM_CHARS), 16);
  if (crc32(json) !== sum) return null;
  try {
    return JSON.parse(json.toString()) as Line;
  } catch {
    return null;
  }
}
