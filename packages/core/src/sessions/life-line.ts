/** When a computer was surely alive, and which records of its logs are missing (spec sections 4 and 5.1). */
import { SILENCE_MS } from '../life.ts';
import type { Instant } from '../model.ts';
import type { CorrectedSpan } from './channel-run.ts';
import type { CorrectedStream } from './clock.ts';
import type { LogGap } from './coverage.ts';

export interface LifeLine {
  /** First sign of life at or after `at`, or null if there is none. */
  firstAfter(at: Instant): Instant | null;
  /** Last sign of life strictly before `at`, or null if the data begin later. */
  lastBefore(at: Instant): Instant | null;
  readonly first: Instant;
  readonly last: Instant;
  /** What the clock said at the last sign. */
  readonly lastTime: Instant;
  /** Silences of at least `atLeastMs` that overlap the stretch, in order. */
  silences(from: Instant, to: Instant, atLeastMs: number): { from: Instant; to: Instant }[];
  readonly gaps: Gaps;
}

/** Where records of a channel are missing. */
export interface Gaps {
  readonly all: readonly LogGap[];
  /** True if the channel numbers its records, so that a missing one can be noticed. */
  numbered(channel: string | null): boolean;
  /** Gaps of the channel that touch the open stretch, clipped to it. */
  within(channel: string | null, from: Instant, to: Instant): LogGap[];
}

export function lifeLineOf(streams: readonly CorrectedStream[]): LifeLine {
  const spans = unionOfLife(streams);
  return {
    first: spans.length === 0 ? Number.POSITIVE_INFINITY : spans.from[0]!,
    last: spans.length === 0 ? Number.NEGATIVE_INFINITY : spans.to[spans.length - 1]!,
    lastTime: lastTimeOf(streams),
    gaps: gapsOf(streams),
    lastBefore: (at) => lastBefore(spans, at),
    firstAfter: (at) => firstAfter(spans, at),
    silences: (from, to, atLeastMs) => silencesOf(spans, from, to, atLeastMs),
  };
}

function lastTimeOf(streams: readonly CorrectedStream[]): Instant {
  let last = Number.NEGATIVE_INFINITY;
  let time = Number.NEGATIVE_INFINITY;
  for (const { numbered, life, events, at } of streams) {
    // Where nothing was corrected, time only runs forward.
    for (
      let i = numbered ? (at === null ? Math.max(0, life.length - 1) : 0) : life.length;
      i < life.length;
      i++
    ) {
      const { to, toTime } = life[i]!;
      if (to < last) continue;
      last = to;
      time = toTime ?? to;
    }
    const end = numbered ? undefined : events.at(-1)?.time;
    if (end === undefined || end < last) continue;
    last = end;
    time = end;
  }
  return time;
}

/** Disjoint stretches in order, in columns: a quiet log has one for nearly every record. */
interface Spans {
  length: number;
  readonly from: Float64Array;
  readonly to: Float64Array;
}

interface Stretch {
  readonly from: Instant;
  readonly to: Instant;
}

/** Alive in any channel: overlapping spans melt into one. */
function unionOfLife(streams: readonly CorrectedStream[]): Spans {
  const lists = streams.map(({ numbered, life, events }) =>
    inOrder(numbered ? life : events.map(({ time }) => ({ from: time, to: time }))),
  );
  const total = lists.reduce((sum, list) => sum + list.length, 0);
  const union: Spans = { length: 0, from: new Float64Array(total), to: new Float64Array(total) };
  const heads = lists.map(() => 0);
  const headFrom = Float64Array.from(lists, (list) => list[0]?.from ?? Number.POSITIVE_INFINITY);
  for (let n = 0; n < total; n++) {
    const next = indexOfLeast(headFrom);
    const list = lists[next]!;
    const head = heads[next]!;
    append(union, list[head]!);
    heads[next] = head + 1;
    headFrom[next] = head + 1 < list.length ? list[head + 1]!.from : Number.POSITIVE_INFINITY;
  }
  return union;
}

function indexOfLeast(values: Float64Array): number {
  let least = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! < values[least]!) least = i;
  return least;
}

function append(union: Spans, { from, to }: Stretch): void {
  const last = union.length - 1;
  if (last >= 0 && from <= union.to[last]!) {
    if (to > union.to[last]!) union.to[last] = to;
    return;
  }
  union.from[union.length] = from;
  union.to[union.length] = to;
  union.length++;
}

function inOrder(list: readonly Stretch[]): readonly Stretch[] {
  for (let i = 1; i < list.length; i++) {
    if (list[i]!.from < list[i - 1]!.from) return list.toSorted((a, b) => a.from - b.from);
  }
  return list;
}

/** Within a span the last sign lies at most one silence before `at`. */
function lastBefore({ length, from, to }: Spans, at: Instant): Instant | null {
  const i = below(length, (j) => from[j]! < at) - 1;
  if (i < 0) return null;
  return to[i]! < at ? to[i]! : Math.max(from[i]!, at - SILENCE_MS);
}

function firstAfter({ length, from, to }: Spans, at: Instant): Instant | null {
  const i = below(length, (j) => to[j]! < at);
  return i === length ? null : Math.max(from[i]!, at);
}

function silencesOf(
  { length, from: froms, to: tos }: Spans,
  from: Instant,
  to: Instant,
  atLeastMs: number,
): Stretch[] {
  const found: Stretch[] = [];
  for (
    let i = Math.max(
      1,
      below(length, (j) => tos[j]! < from),
    );
    i < length;
    i++
  ) {
    const silence = { from: tos[i - 1]!, to: froms[i]! };
    if (silence.from >= to) break;
    if (silence.to > from && silence.to - silence.from >= atLeastMs) found.push(silence);
  }
  return found;
}

/** How many leading items of a sorted list hold `is`; a binary search. */
function below(length: number, is: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (is(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function gapsOf(streams: readonly CorrectedStream[]): Gaps {
  const byChannel = new Map<string, LogGap[]>();
  for (const { channel, numbered, life } of streams) {
    if (numbered) byChannel.set(channel, [...(byChannel.get(channel) ?? []), ...gapsBetween(channel, life)]);
  }
  for (const gaps of byChannel.values()) gaps.sort((a, b) => a.from - b.from);
  return {
    all: [...byChannel.values()].flat(),
    numbered: (channel) => channel !== null && byChannel.has(channel.toLowerCase()),
    within(channel, from, to) {
      const gaps = channel === null ? undefined : byChannel.get(channel.toLowerCase());
      if (gaps === undefined || to <= from) return [];
      const found: LogGap[] = [];
      for (
        let i = below(gaps.length, (j) => gaps[j]!.to <= from);
        i < gaps.length && gaps[i]!.from < to;
        i++
      ) {
        const gap = gaps[i]!;
        found.push({ ...gap, from: Math.max(gap.from, from), to: Math.min(gap.to, to) });
      }
      return found;
    },
  };
}

function gapsBetween(channel: string, life: readonly CorrectedSpan[]): LogGap[] {
  const gaps: LogGap[] = [];
  let before: CorrectedSpan | undefined;
  for (const span of life) {
    if (before !== undefined) {
      const missing = span.firstRecordId - before.lastRecordId - 1;
      if (missing > 0) gaps.push({ channel, from: before.to, to: span.from, missing });
    }
    if (before === undefined || span.lastRecordId > before.lastRecordId) before = span;
  }
  return gaps;
}
