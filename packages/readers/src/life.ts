/** Tells the sink which record numbers were there, for text formats that carry them. */
import { LifeTracker, type WindowsRecord } from '@logonscope/core';
import type { RecordSink } from './reader.ts';
import { LIFE_TRACKERS_MAX } from './text-limits.ts';

export interface LifeNotes {
  /** Notes a record, handed over or skipped; those without computer, channel, number or time say nothing. */
  touch(record: Pick<WindowsRecord, 'computer' | 'channel' | 'recordId' | 'time'>): void;
  /** To be called at the end of the source. */
  finish(): void;
}

function shortName(computer: string): string {
  const dot = computer.indexOf('.');
  return (dot < 0 ? computer : computer.slice(0, dot)).toUpperCase();
}

/** Follows each computer and channel by itself and hands finished spans to the sink at once. */
export function noteLife(sink: RecordSink): LifeNotes {
  const trackers = new Map<string, Map<string, LifeTracker>>();
  let count = 0;
  const drain = (tracker: LifeTracker): void => {
    for (const span of tracker.spans) sink.life?.(span);
    tracker.spans.length = 0;
  };
  return {
    touch({ computer, channel, recordId, time }) {
      if (computer === null || channel === null || recordId === null || time === null) return;
      let channels = trackers.get(computer);
      if (channels === undefined) {
        channels = new Map();
        if (count < LIFE_TRACKERS_MAX) trackers.set(computer, channels);
      }
      let tracker = channels.get(channel);
      if (tracker === undefined) {
        if (count >= LIFE_TRACKERS_MAX) return;
        count += 1;
        tracker = new LifeTracker(shortName(computer), channel);
        channels.set(channel, tracker);
      }
      tracker.touch(recordId, time);
      if (tracker.spans.length > 0) drain(tracker);
    },
    finish() {
      for (const channels of trackers.values()) {
        for (const tracker of channels.values()) {
          tracker.finish();
          drain(tracker);
        }
      }
    },
  };
}
