/** A life line that goes on: that of a log as it was read, and the signs of life that came after it, in order. */
import type { Instant } from '../model.ts';
import type { CorrectedStream } from './clock.ts';
import type { LogGap } from './coverage.ts';
import { type Gaps, type LifeLine, lifeLineOf } from './life-line.ts';

/** Where a channel's numbering stands. */
interface ChannelEnd {
  recordId: number;
  /** Corrected time of that record. */
  at: Instant;
}

export interface GrowingLife extends LifeLine {
  /** Number of the channel's last record; null where it has none. The name is in lower case. */
  lastRecordId(channel: string): number | null;
  /** Takes in what was written later than all before it; returns the gaps that its numbers show. */
  grow(streams: readonly CorrectedStream[]): LogGap[];
}

/** @param streams of a log that was read without life spans, each channel numbered once */
export function growingLife(base: LifeLine, streams: readonly CorrectedStream[]): GrowingLife {
  const ends = new Map<string, ChannelEnd>();
  for (const stream of streams) {
    const { channel, numbered, life } = stream;
    const last = life.at(-1);
    if (numbered && last !== undefined)
      ends.set(channel, { recordId: last.lastRecordId, at: signAt(stream, life.length - 1) });
  }
  const times: Instant[] = [];
  let { last, lastTime } = base;
  const gaps = growingGaps(base.gaps, ends);
  return {
    first: base.first,
    get last() {
      return last;
    },
    get lastTime() {
      return lastTime;
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
    grow(later) {
      ({ last, lastTime } = lifeLineOf(later));
      const found: LogGap[] = [];
      const signs: Instant[] = [];
      for (const stream of later) {
        const { channel, numbered, events, life } = stream;
        if (!numbered) for (const { time } of events) signs.push(time);
        else {
          for (let i = 0; i < life.length; i++) {
            const at = signAt(stream, i);
            signs.push(at);
            const gap = gaps.note(channel, life[i]!.lastRecordId, at);
            if (gap !== null) found.push(gap);
          }
        }
      }
      times.push(...signs.sort((a, b) => a - b));
      return found;
    },
  };
}

/** Without life spans each record is a sign of life by itself. */
const signAt = ({ life, lifeAt }: CorrectedStream, i: number): Instant =>
  lifeAt === null ? life[i]!.to : lifeAt[2 * i + 1]!;

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
