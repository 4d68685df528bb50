/**
 * The outbox: events wait here until the server has them. Durable before anything is acknowledged to a source, bounded,
 * and as small as what waits. It says of itself which life it is (`epoch`) and numbers its events without gaps.
 */
import { randomUUID } from 'node:crypto';
import { closeSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentEvent, KeptEvent } from '../event.ts';
import type { Line, SegmentHead } from './line.ts';
import { findSegments } from './open.ts';
import { addLine, createSegment, linesFrom, segmentName } from './segment.ts';

/** A month of a busy computer is some megabytes; this is years of one, and small for any disk. */
export const OUTBOX_BYTES_MAX = 256 * 1024 * 1024;
/** Segments are thrown away whole, so they are small. */
const SEGMENT_BYTES = 1024 * 1024;

/** What waits fills all the room it may take. Nothing is thrown away for it: sources have to wait. */
export class OutboxFullError extends Error {
  constructor() {
    super('The outbox is full.');
    this.name = 'OutboxFullError';
  }
}

export interface OutboxOptions {
  readonly sizeBytesMax?: number;
  readonly segmentBytes?: number;
  /** Hears what was found damaged. */
  trouble?(text: string): void;
}

export interface Outbox {
  readonly epoch: string;
  /** Keeps events and the place of their source, durably, before it returns. Throws `OutboxFullError`, or as the disk does. */
  keep(source: string, events: readonly AgentEvent[], bookmark?: string): void;
  bookmark(source: string): string | null;
  /** The first events that the server does not have yet, in order. */
  waiting(eventsMax: number): KeptEvent[];
  waitingCount(): number;
  /** The number that the next event will get. */
  nextNumber(): number;
  /** Everything up to this number is with the server; it need not be kept any longer. */
  delivered(through: number): void;
  /** Calls back after every `keep` that added events; returns what takes the call back. */
  onKept(listener: () => void): () => void;
  close(): void;
}

interface Segment {
  readonly number: number;
  sizeBytes: number;
  last: number;
}

interface Place {
  number: number;
  at: number;
}

/** Opens the outbox of a folder, with what an earlier run left in it. */
export function openOutbox(folder: string, options: OutboxOptions = {}): Outbox {
  const { sizeBytesMax = OUTBOX_BYTES_MAX, segmentBytes = SEGMENT_BYTES, trouble = () => {} } = options;
  const found = findSegments(folder);
  for (const text of found.damage) trouble(`outbox: ${text}`);
  const segments: Segment[] = found.segments.map((segment) => ({ ...segment }));
  let head: SegmentHead = found.head ?? newHead();
  if (found.head === null) begin((segments.at(-1)?.number ?? 0) + 1);
  let handle = openSync(fileOf(segments.at(-1)!), 'r+');
  /** Where the first event that waits is, or something before it. */
  let place: Place = { number: segments[0]!.number, at: 0 };
  /** Groups that were last read, so that `delivered` need not look for them again. */
  let read: { readonly last: number; readonly end: Place }[] = [];
  const listeners = new Set<() => void>();
  dropDelivered();

  function fileOf({ number }: { number: number }): string {
    return join(folder, segmentName(number));
  }

  function begin(number: number): void {
    const sizeBytes = createSegment(folder, number, head);
    segments.push({ number, sizeBytes, last: head.next - 1 });
  }

  function add(line: Line, durable: boolean): void {
    const active = segments.at(-1)!;
    active.sizeBytes += addLine(handle, active.sizeBytes, line, durable);
  }

  function rotate(): void {
    const active = segments.at(-1)!;
    if (active.sizeBytes < segmentBytes) return;
    begin(active.number + 1);
    closeSync(handle);
    handle = openSync(fileOf(segments.at(-1)!), 'r+');
    dropDelivered();
  }

  function dropDelivered(): void {
    while (segments.length > 1 && segments[0]!.last <= head.delivered) rmSync(fileOf(segments.shift()!));
    if (place.number < segments[0]!.number) place = { number: segments[0]!.number, at: 0 };
  }

  return {
    get epoch() {
      return head.epoch;
    },
    keep(source, events, bookmark) {
      const total = segments.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
      if (events.length > 0 && total >= sizeBytesMax && this.waitingCount() > 0) throw new OutboxFullError();
      rotate();
      const place_ = bookmark === undefined ? null : ([source, bookmark] as const);
      add({ is: 'group', first: head.next, events, bookmark: place_ }, true);
      head = {
        ...head,
        next: head.next + events.length,
        ...(place_ === null ? {} : { bookmarks: { ...head.bookmarks, [source]: place_[1] } }),
      };
      segments.at(-1)!.last = head.next - 1;
      if (events.length > 0) for (const listener of listeners) listener();
    },
    bookmark: (source) => head.bookmarks[source] ?? null,
    waiting(eventsMax) {
      const events: KeptEvent[] = [];
      read = [];
      for (const segment of segments) {
        if (segment.number < place.number) continue;
        const from = segment.number === place.number ? place.at : 0;
        for (const { line, to } of linesFrom(fileOf(segment), from)) {
          if (line?.is !== 'group') continue;
          const last = line.first + line.events.length - 1;
          for (const [i, event] of line.events.entries()) {
            if (line.first + i > head.delivered && events.length < eventsMax)
              events.push({ ...event, n: line.first + i });
          }
          read.push({ last, end: { number: segment.number, at: to } });
          if (events.length === eventsMax) return events;
        }
      }
      return events;
    },
    waitingCount: () => head.next - 1 - head.delivered,
    nextNumber: () => head.next,
    delivered(through) {
      if (through <= head.delivered) return;
      head = { ...head, delivered: Math.min(through, head.next - 1) };
      // If this line is lost the events are sent once more, which the server notices.
      add({ is: 'delivered', through: head.delivered }, false);
      for (const { last, end } of read) if (last <= head.delivered) place = { ...end };
      dropDelivered();
    },
    onKept(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      closeSync(handle);
    },
  };
}

function newHead(): SegmentHead {
  return { is: 'head', epoch: randomUUID(), next: 1, delivered: 0, bookmarks: {} };
}
