/** Finds what an earlier run left: cuts off what a power cut tore, and tells of what is damaged in between. */
import { closeSync, ftruncateSync, mkdirSync, openSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Line, SegmentHead } from './line.ts';
import { linesFrom, segmentName, segmentNumber } from './segment.ts';

export interface FoundSegment {
  readonly number: number;
  readonly sizeBytes: number;
  /** The number of the last event that begins before the segment ends. */
  readonly last: number;
}

export interface Found {
  readonly segments: readonly FoundSegment[];
  /** As the head of a new segment would be; null where nothing was found. */
  readonly head: SegmentHead | null;
  /** What was lost, in words. */
  readonly damage: readonly string[];
}

/** How many events wait in a folder that may be in use: looks, and touches nothing. */
export function countWaiting(folder: string): number {
  const numbers = readdirSync(folder).flatMap((name) => segmentNumber(name) ?? []);
  let head: SegmentHead | null = null;
  for (const number of numbers.sort((a, b) => a - b))
    ({ head } = readSegment(join(folder, segmentName(number)), head, false));
  return head === null ? 0 : head.next - 1 - head.delivered;
}

/** Reads all segments of a folder, which is made if need be. */
export function findSegments(folder: string): Found {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const numbers: number[] = [];
  for (const name of readdirSync(folder)) {
    const number = segmentNumber(name);
    if (number !== null) numbers.push(number);
    // A segment that was being made when the power went holds nothing that is not elsewhere.
    else if (name.endsWith('.log.tmp')) rmSync(join(folder, name));
  }
  numbers.sort((a, b) => a - b);
  const segments: FoundSegment[] = [];
  const damage: string[] = [];
  let head: SegmentHead | null = null;
  for (const number of numbers) {
    const isLast = number === numbers.at(-1);
    const read = readSegment(join(folder, segmentName(number)), head, isLast);
    ({ head } = read);
    if (read.damagedBytes > 0 && !isLast)
      damage.push(`${segmentName(number)}: ${read.damagedBytes} bytes cannot be read`);
    segments.push({ number, sizeBytes: read.sizeBytes, last: (head?.next ?? 1) - 1 });
  }
  return { segments, head, damage };
}

function readSegment(file: string, before: SegmentHead | null, isLast: boolean) {
  let head = before;
  let damagedBytes = 0;
  /** Where the last whole line ends. */
  let whole = 0;
  for (const { line, from, to } of linesFrom(file, 0)) {
    if (line === null) {
      damagedBytes += to - from;
      continue;
    }
    whole = to;
    head = after(head, line);
  }
  let { size } = statSync(file);
  if (isLast && whole < size) {
    const handle = openSync(file, 'r+');
    ftruncateSync(handle, whole);
    closeSync(handle);
    size = whole;
  }
  return { head, damagedBytes, sizeBytes: size };
}

function after(head: SegmentHead | null, line: Line): SegmentHead | null {
  return line.is === 'head' ? newer(head, line) : head === null ? null : applyLine(head, line);
}

/** A later head repeats what is known; where lines between were damaged it knows more. */
function newer(head: SegmentHead | null, line: SegmentHead): SegmentHead {
  return head === null || line.next >= head.next ? line : { ...line, next: head.next };
}

function applyLine(head: SegmentHead, line: Line): SegmentHead {
  switch (line.is) {
    case 'head':
      return line;
    case 'delivered':
      return { ...head, delivered: Math.max(head.delivered, line.through) };
    case 'group':
      return {
        ...head,
        next: line.first + line.events.length,
        bookmarks:
          line.bookmark === null
            ? head.bookmarks
            : { ...head.bookmarks, [line.bookmark[0]]: line.bookmark[1] },
      };
  }
}
