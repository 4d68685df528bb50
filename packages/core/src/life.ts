/** Condenses "this computer wrote record n at time t" into spans, so that millions of records cost little memory. */
import type { Instant, LifeSpan } from './model.ts';

/** A silence longer than this ends a span; within a span the last sign of life is known to this precision. */
export const SILENCE_MS = 60_000;

interface OpenSpan {
  from: Instant;
  to: Instant;
  firstRecordId: number;
  lastRecordId: number;
}

/**
 * Collects spans of one computer and channel. Records come in record order, oldest or newest first; a missing
 * number, a silence or a clock that runs the other way begins a new span:
 *
 *     records   1 2 3 4     7 8 9         10 11
 *     spans     ├─────┤     ├───┤         ├───┤
 *                        gap       silence
 */
export class LifeTracker {
  readonly computer: string;
  readonly channel: string;
  readonly spans: LifeSpan[] = [];
  #open: OpenSpan | null = null;

  constructor(computer: string, channel: string) {
    this.computer = computer;
    this.channel = channel;
  }

  /** Notes one record; repeated records are harmless. */
  touch(recordId: number, time: Instant): void {
    const open = this.#open;
    if (open !== null) {
      const step = recordId - open.lastRecordId;
      if (step === 0) return;
      if (step === 1 && time >= open.to && time - open.to <= SILENCE_MS) {
        open.lastRecordId = recordId;
        open.to = time;
        return;
      }
      // Event Viewer exports newest first: the span then grows at its front.
      if (recordId === open.firstRecordId - 1 && time <= open.from && open.from - time <= SILENCE_MS) {
        open.firstRecordId = recordId;
        open.from = time;
        return;
      }
      this.#close(open);
    }
    this.#open = { from: time, to: time, firstRecordId: recordId, lastRecordId: recordId };
  }

  /** Hands out everything noted so far and starts afresh. */
  finish(): LifeSpan[] {
    if (this.#open !== null) this.#close(this.#open);
    this.#open = null;
    return this.spans;
  }

  #close(open: OpenSpan): void {
    this.spans.push({ computer: this.computer, channel: this.channel, ...open });
  }
}
