/** A life line that goes on: that of a log as it was read, and the signs of life that came after it, in order. */
import type { Instant, SessionEvent } from '../model.ts';
import type { CorrectedStream } from './clock.ts';
import type { LogGap } from './coverage.ts';
import type { Gaps, LifeLine } from './life-line.ts';

/** Where a channel's numbering stands. */
interface ChannelEnd {
  recordId: number;
  /** Corrected time of that record. */
  at: Instant;
}

export interface GrowingLife extends LifeLine {
  /** Number of the channel's last record; null where it has none. The name is in lower case. */
  lastRecordId(channel: string): number | null;
  /** Takes in an event later than all before it; returns the gap that its number shows, if any. */
  grow(event: SessionEvent): LogGap | null;
}

/** @param streams of a log that was read without life spans, each channel numbered once */
export function growingLife(base: LifeLine, streams: readonly CorrectedStream[]): GrowingLife {
  const ends = new Map<string, ChannelEnd>();
  for (const { channel, numbered, life } of streams) {
    const last = life.at(-1);
    if (numbered && last !== undefined) ends.set(channel, { recordId: last.lastRecordId, at: last.to });
  }
  const times: Instant[] = [];
  const gaps = growingGaps(base.gaps, ends);
  return {
    first: base.first,
    get last() {
      return times.at(-1) ?? base.last;
    },
    get lastTime() {
      return times.at(-1) ?? base.lastTime;
    },
    gaps,
    firstAfter: (at) => base.firstAfter(at) ?? times[firstNotBelow(times, at)] ?? null,
    lastBefore: (at) => times[firstNotBelow(times, at) - 1] ?? base.lastBefore(at),
    silences(from, to, atLeastMs) {
      const found = base.silences(from, to, atLeastMs);
      for (let i = firstNotBelow(times, from); i < times.length; i++) {
        const silence = { from: i === 0 ? base.last : times[i - 1]!, to: times[i]! };
        if (silence.from >= to) break;
        if (silence.to > from && silence.to - silence.from >= atLeastMs) found.push(silence);
      }
      return found;
    },
    lastRecordId: (channel) => ends.get(channel)?.recordId ?? null,
    grow(event) {
      times.push(event.time);
      return event.recordId === null ? null : gaps.note(channelOf(event), event.recordId, event.time);
    },
  };
}

/** How channels are told apart. */
const channelOf = ({ channel }: SessionEvent) => (channel ?? '?').toLowerCase();

interface GrowingGaps extends Gaps {
  note(channel: string, recordId: number, at: Instant): LogGap | null;
}

function growingGaps(base: Gaps, ends: Map<string, ChannelEnd>): GrowingGaps {
  const later = new Map<string, LogGap[]>();
  return {
    get all() {
      return [...base.all, ...[...later.values()].flat()];
    },
    numbered: (channel) => base.numbered(channel) || (channel !== null && ends.has(channel.toLowerCase())),
    within(channel, from, to) {
      const found = base.within(channel, from, to);
      const list = channel === null ? undefined : later.get(channel.toLowerCase());
      if (list === undefined || to <= from) return found;
      for (const gap of list) {
        if (gap.to > from && gap.from < to)
          found.push({ ...gap, from: Math.max(gap.from, from), to: Math.min(gap.to, to) });
      }
      return found;
    },
    note(channel, recordId, at) {
      const end = ends.get(channel);
      ends.set(channel, { recordId, at });
      const missing = end === undefined ? 0 : recordId - end.recordId - 1;
      if (end === undefined || missing <= 0) return null;
      const gap = { channel, from: end.at, to: at, missing };
      const list = later.get(channel);
      if (list === undefined) later.set(channel, [gap]);
      else list.push(gap);
      return gap;
    },
  };
}

/** Index of the first instant that is not before `at`; a binary search. */
function firstNotBelow(times: readonly Instant[], at: Instant): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
