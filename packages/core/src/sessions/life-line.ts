/** When a computer was surely alive, and which records of its logs are missing (spec sections 4 and 5.1). */
import { SILENCE_MS } from '../life.ts';
import type { Instant, SessionEvent } from '../model.ts';
import type { RecordSpan } from './channel-run.ts';
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
  for (const { numbered, life, lifeAt, events } of streams) {
    if (!numbered) {
      const end = events.at(-1)?.time ?? Number.NEGATIVE_INFINITY;
      if (end >= last) {
        last = end;
        time = end;
      }
      continue;
    }
    // Where nothing was corrected, time only runs forward.
    for (let i = lifeAt === null ? Math.max(0, life.length - 1) : 0; i < life.length; i++) {
      const to = lifeAt === null ? life[i]!.to : lifeAt[2 * i + 1]!;
      if (to < last) continue;
      last = to;
      time = life[i]!.to;
    }
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
  const edges = streams.map((stream) => inOrder(edgesOf(stream))).filter(({ length }) => length > 0);
  const total = edges.reduce((sum, { length }) => sum + length / 2, 0);
  const union: Spans = { length: 0, from: new Float64Array(total), to: new Float64Array(total) };
  const heads = new Int32Array(edges.length);
  const headFrom = Float64Array.from(edges, (list) => list[0]!);
  for (let n = 0; n < total; n++) {
    const next = indexOfLeast(headFrom);
    const list = edges[next]!;
    const head = heads[next]!;
    append(union, list[head]!, list[head + 1]!);
    heads[next] = head + 2;
    headFrom[next] = head + 2 < list.length ? list[head + 2]! : Number.POSITIVE_INFINITY;
  }
  return union;
}

function indexOfLeast(values: Float64Array): number {
  let least = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! < values[least]!) least = i;
  return least;
}

function append(union: Spans, from: Instant, to: Instant): void {
  const last = union.length - 1;
  if (last >= 0 && from <= union.to[last]!) {
    if (to > union.to[last]!) union.to[last] = to;
    return;
  }
  union.from[union.length] = from;
  union.to[union.length] = to;
  union.length++;
}

/** Beginnings and ends of a stream's signs of life in turn. */
function edgesOf({ numbered, life, lifeAt, events }: CorrectedStream): Float64Array {
  if (!numbered) return edgesOfEvents(events);
  return lifeAt ?? edgesOfSpans(life);
}

function edgesOfEvents(events: readonly SessionEvent[]): Float64Array {
  const edges = new Float64Array(2 * events.length);
  for (let i = 0; i < events.length; i++) {
    edges[2 * i] = events[i]!.time;
    edges[2 * i + 1] = events[i]!.time;
  }
  return edges;
}

function edgesOfSpans(spans: readonly RecordSpan[]): Float64Array {
  const edges = new Float64Array(2 * spans.length);
  for (let i = 0; i < spans.length; i++) {
    edges[2 * i] = spans[i]!.from;
    edges[2 * i + 1] = spans[i]!.to;
  }
  return edges;
}

/** By beginning. */
function inOrder(edges: Float64Array): Float64Array {
  for (let i = 2; i < edges.length; i += 2) if (edges[i]! < edges[i - 2]!) return sortedByBeginning(edges);
  return edges;
}

function sortedByBeginning(edges: Float64Array): Float64Array {
  const order = Array.from({ length: edges.length / 2 }, (_, i) => 2 * i);
  order.sort((a, b) => edges[a]! - edges[b]!);
  return Float64Array.from(edges, (_, i) => edges[order[i >> 1]! + (i & 1)]!);
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
  for (const stream of streams) {
    if (!stream.numbered) continue;
    const before = byChannel.get(stream.channel) ?? [];
    byChannel.set(stream.channel, before.concat(gapsBetween(stream)));
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

function gapsBetween({ channel, life, lifeAt }: CorrectedStream): LogGap[] {
  const gaps: LogGap[] = [];
  let before = 0;
  for (let i = 1; i < life.length; i++) {
    const { firstRecordId, lastRecordId } = life[i]!;
    const missing = firstRecordId - life[before]!.lastRecordId - 1;
    if (missing > 0) {
      const from = lifeAt === null ? life[before]!.to : lifeAt[2 * before + 1]!;
      const to = lifeAt === null ? life[i]!.from : lifeAt[2 * i]!;
      gaps.push({ channel, from, to, missing });
    }
    if (lastRecordId > life[before]!.lastRecordId) before = i;
  }
  return gaps;
}
