/** One channel's records in the order in which they were written, before and while the clock is corrected. */
import type { Instant, SessionEvent } from '../model.ts';

/** Records without session evidence, as the computer's clock has them; `LifeSpan` without its names. */
export interface RecordSpan {
  readonly from: Instant;
  readonly to: Instant;
  readonly firstRecordId: number;
  readonly lastRecordId: number;
}

/** One change of the computer's clock, however many records tell of it. */
export interface ClockChange {
  readonly previousTime: Instant;
  readonly newTime: Instant;
  /** `shift` moves what follows; `paused` means that time did pass but the machine stood still; `passed` is sleep. */
  readonly kind: 'shift' | 'paused' | 'passed';
  /** The records that tell of it; empty where only the times of other records run back. */
  readonly events: SessionEvent[];
}

/** One numbering of one channel, before correction. */
export interface ChannelRun {
  readonly channel: string;
  readonly numbered: boolean;
  readonly events: readonly SessionEvent[];
  /** Times of the events in a column: they are looked at several times, and memory is read fastest in order. */
  readonly time: Float64Array;
  readonly life: readonly RecordSpan[];
  /** What its records tell of the clock, in order. */
  readonly changes: readonly ClockChange[];
  /** Events and spans together in record order; filled only where the clock needs looking at. */
  readonly items: RunItems;
}

/**
 * Items of a channel in record order, in columns since there is one for every event of a large log: an event, or an
 * edge of a span of records without session evidence.
 */
export interface RunItems {
  readonly length: number;
  readonly time: Float64Array;
  /** Index into `events`; or, for a span's edge, −1 − 2·index for its beginning and −2 − 2·index for its end. */
  readonly what: Int32Array;
}

export const NO_ITEMS: RunItems = { length: 0, time: new Float64Array(0), what: new Int32Array(0) };

/** Merges events and span edges by record number; events first, so that a change is known before what it explains. */
export function itemsOf({ events, time: times, life }: Omit<ChannelRun, 'items'>): RunItems {
  const length = events.length + 2 * life.length;
  const time = new Float64Array(length);
  const what = new Int32Array(length);
  let event = 0;
  let edge = 0;
  for (let i = 0; i < length; i++) {
    const span = life[edge >> 1];
    const opens = (edge & 1) === 0;
    const number =
      span === undefined ? Number.POSITIVE_INFINITY : opens ? span.firstRecordId : span.lastRecordId;
    if (event < events.length && events[event]!.recordId! <= number) {
      time[i] = times[event]!;
      what[i] = event++;
    } else {
      time[i] = opens ? span!.from : span!.to;
      what[i] = -1 - edge++;
    }
  }
  return { length, time, what };
}
