/** A simulated computer: events from a file that grows, one JSON a line. For tests, demonstrations and load. */
import { closeSync, openSync, readSync } from 'node:fs';
import type { AgentEvent } from '../event.ts';
import type { EventSource } from '../source.ts';

const READ_BYTES = 64 * 1024;
const EVENTS_MAX = 64;

export interface ReplayOptions {
  readonly file: string;
  /** How often the file is looked at. */
  readonly everyMs: number;
  /** Pause between two looks at most; resolves early when `stop` is aborted. */
  wait(delayMs: number, stop: AbortSignal): Promise<void>;
}

/** The bookmark is the place in the file, in bytes. */
export function replaySource({ file, everyMs, wait }: ReplayOptions): EventSource {
  return {
    id: 'replay',
    async run(intake, bookmark, stop) {
      let at = Number(bookmark ?? 0);
      while (!stop.aborted) {
        const { events, to } = nextLines(file, at);
        if (events.length === 0) {
          await wait(everyMs, stop);
          continue;
        }
        await intake.take(events, String(to));
        at = to;
      }
    },
  };
}

/** Whole lines from a place on; a line without its end is still being written. */
function nextLines(file: string, from: number): { events: AgentEvent[]; to: number } {
  const events: AgentEvent[] = [];
  const block = Buffer.alloc(READ_BYTES);
  const handle = openSync(file, 'r');
  let count = 0;
  try {
    count = readSync(handle, block, 0, READ_BYTES, from);
  } finally {
    closeSync(handle);
  }
  let start = 0;
  for (let end = block.indexOf(10); end >= 0 && end < count; end = block.indexOf(10, start)) {
    events.push(JSON.parse(block.toString('utf8', start, end)) as AgentEvent);
    start = end + 1;
    if (events.length === EVENTS_MAX) break;
  }
  return { events, to: from + start };
}
