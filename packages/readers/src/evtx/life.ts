/** Notes that a computer wrote a record, for every record of a file: `LifeTracker` of the core, without its calls. */
import { type LifeSpan, SILENCE_MS } from '@logonscope/core';
import { MAX_OPEN_LANES } from '../limits.ts';

/** The open span of one computer and channel; a first record of -1 says that none is open. */
export interface Lane {
  readonly computer: string;
  readonly channel: string;
  from: number;
  to: number;
  first: number;
  last: number;
}

/** Spans of consecutive record numbers without silence, by computer and channel; each goes to `emit` when it closes. */
export class LifeLanes {
  readonly #lanes = new Map<string, Lane>();
  /** Callers may keep a lane that the map has forgotten, so what is open is known apart from it. */
  readonly #open = new Set<Lane>();
  readonly #emit: (span: LifeSpan) => void;

  constructor(emit: (span: LifeSpan) => void) {
    this.#emit = emit;
  }

  /** The lane of a computer and channel. */
  lane(computer: string, channel: string): Lane {
    const key = `${computer}\n${channel}`;
    let lane = this.#lanes.get(key);
    if (lane === undefined) {
      if (this.#lanes.size >= MAX_OPEN_LANES) this.#lanes.clear();
      // Times are fractions at first, so that the engine keeps these fields as plain doubles from the start.
      lane = { computer, channel, from: 0.5, to: 0.5, first: -1, last: -1 };
      this.#lanes.set(key, lane);
    }
    return lane;
  }

  /** Notes one record; the rules are those of the core's `LifeTracker.touch`. */
  touch(lane: Lane, recordId: number, time: number): void {
    if (lane.first >= 0) {
      const step = recordId - lane.last;
      if (step === 0) return;
      if (step === 1 && time >= lane.to && time - lane.to <= SILENCE_MS) {
        lane.last = recordId;
        lane.to = time;
        return;
      }
      // Newest first, as some exports are: the span grows at its front.
      if (recordId === lane.first - 1 && time <= lane.from && lane.from - time <= SILENCE_MS) {
        lane.first = recordId;
        lane.from = time;
        return;
      }
      this.#close(lane);
    } else {
      if (this.#open.size >= MAX_OPEN_LANES) this.finish();
      this.#open.add(lane);
    }
    lane.from = time;
    lane.to = time;
    lane.first = recordId;
    lane.last = recordId;
  }

  /** Closes all spans. Lanes that callers still hold stay good. */
  finish(): void {
    for (const lane of this.#open) {
      this.#close(lane);
      lane.first = -1;
    }
    this.#open.clear();
  }

  #close({ computer, channel, from, to, first, last }: Lane): void {
    this.#emit({ computer, channel, from, to, firstRecordId: first, lastRecordId: last });
  }
}
