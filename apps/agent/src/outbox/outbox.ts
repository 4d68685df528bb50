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
  readonly number: number;
  readonly at: number;
}

/** Opens the outbox of a folder, with what an earlier run left in it. */
export function openOutbox(folder: string, options: OutboxOptions = {}): Outbox {
  return new FolderOutbox(folder, options);
}

class FolderOutbox implements Outbox {
  readonly #folder: string;
  readonly #sizeBytesMax: number;
  readonly #segmentBytes: number;
  readonly #segments: Segment[];
  readonly #listeners = new Set<() => void>();
  #head: SegmentHead;
  #handle: number;
  /** Where the first event that waits is, or something before it. */
  #place: Place;
  /** Groups that were last read, so that `delivered` need not look for them again. */
  #read: { readonly last: number; readonly end: Place }[] = [];

  constructor(folder: string, { sizeBytesMax, segmentBytes, trouble }: OutboxOptions) {
    const found = findSegments(folder);
    for (const text of found.damage) trouble?.(`outbox: ${text}`);
    this.#folder = folder;
    this.#sizeBytesMax = sizeBytesMax ?? OUTBOX_BYTES_MAX;
    this.#segmentBytes = segmentBytes ?? SEGMENT_BYTES;
    this.#segments = found.segments.map((segment) => ({ ...segment }));
    this.#head = found.head ?? newHead();
    if (found.head === null) this.#begin((this.#segments.at(-1)?.number ?? 0) + 1);
    this.#handle = openSync(this.#fileOf(this.#segments.at(-1)!), 'r+');
    this.#place = { number: this.#segments[0]!.number, at: 0 };
    this.#dropDelivered();
  }

  get epoch(): string {
    return this.#head.epoch;
  }

  keep(source: string, events: readonly AgentEvent[], bookmark?: string): void {
    if (events.length > 0 && this.#isFull()) throw new OutboxFullError();
    this.#rotate();
    const reached = bookmark === undefined ? null : ([source, bookmark] as const);
    const { next, bookmarks } = this.#head;
    this.#add({ is: 'group', first: next, events, bookmark: reached }, true);
    this.#head = {
      ...this.#head,
      next: next + events.length,
      bookmarks: reached === null ? bookmarks : { ...bookmarks, [source]: reached[1] },
    };
    this.#segments.at(-1)!.last = this.#head.next - 1;
    if (events.length > 0) for (const listener of this.#listeners) listener();
  }

  bookmark(source: string): string | null {
    return this.#head.bookmarks[source] ?? null;
  }

  waiting(eventsMax: number): KeptEvent[] {
    const events: KeptEvent[] = [];
    this.#read = [];
    for (const { line, end } of this.#linesFromPlace()) {
      if (line?.is !== 'group') continue;
      for (const [i, event] of line.events.entries()) {
        const n = line.first + i;
        if (n > this.#head.delivered && events.length < eventsMax) events.push({ ...event, n });
      }
      this.#read.push({ last: line.first + line.events.length - 1, end });
      if (events.length === eventsMax) break;
    }
    return events;
  }

  waitingCount(): number {
    return this.#head.next - 1 - this.#head.delivered;
  }

  nextNumber(): number {
    return this.#head.next;
  }

  delivered(through: number): void {
    if (through <= this.#head.delivered) return;
    this.#head = { ...this.#head, delivered: Math.min(through, this.#head.next - 1) };
    // If this line is lost the events are sent once more, which the server notices.
    this.#add({ is: 'delivered', through: this.#head.delivered }, false);
    for (const { last, end } of this.#read) if (last <= this.#head.delivered) this.#place = end;
    this.#dropDelivered();
  }

  onKept(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    closeSync(this.#handle);
  }

  #fileOf({ number }: { readonly number: number }): string {
    return join(this.#folder, segmentName(number));
  }

  #isFull(): boolean {
    const total = this.#segments.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    return total >= this.#sizeBytesMax && this.waitingCount() > 0;
  }

  #begin(number: number): void {
    const sizeBytes = createSegment(this.#folder, number, this.#head);
    this.#segments.push({ number, sizeBytes, last: this.#head.next - 1 });
  }

  #add(line: Line, durable: boolean): void {
    const active = this.#segments.at(-1)!;
    active.sizeBytes += addLine(this.#handle, active.sizeBytes, line, durable);
  }

  #rotate(): void {
    const active = this.#segments.at(-1)!;
    if (active.sizeBytes < this.#segmentBytes) return;
    this.#begin(active.number + 1);
    closeSync(this.#handle);
    this.#handle = openSync(this.#fileOf(this.#segments.at(-1)!), 'r+');
    this.#dropDelivered();
  }

  #dropDelivered(): void {
    const segments = this.#segments;
    while (segments.length > 1 && segments[0]!.last <= this.#head.delivered)
      rmSync(this.#fileOf(segments.shift()!));
    if (this.#place.number < segments[0]!.number) this.#place = { number: segments[0]!.number, at: 0 };
  }

  *#linesFromPlace(): Generator<{ readonly line: Line | null; readonly end: Place }> {
    for (const segment of this.#segments) {
      if (segment.number < this.#place.number) continue;
      const from = segment.number === this.#place.number ? this.#place.at : 0;
      for (const { line, to } of linesFrom(this.#fileOf(segment), from))
        yield { line, end: { number: segment.number, at: to } };
    }
  }
}

function newHead(): SegmentHead {
  return { is: 'head', epoch: randomUUID(), next: 1, delivered: 0, bookmarks: {} };
}
