/** Corrected time: one line of physical time per computer, on which no duration is negative (spec section 2). */
import type { Instant, LifeSpan, SessionEvent } from '../model.ts';
import { type ChannelRun, type ClockChange, type CorrectedSpan, itemsOf, NO_ITEMS } from './channel-run.ts';
import { clockChanges, isWrittenLate, readClockChange } from './clock-changes.ts';
import { ClockLine, ClockWitness } from './clock-line.ts';
import type { OrderedEvents, RecordStream } from './order.ts';

export interface CorrectedStream extends OrderedEvents {
  readonly channel: string;
  readonly numbered: boolean;
  /** Life spans on corrected time, in record order. */
  readonly life: readonly CorrectedSpan[];
}

export interface CorrectedLog {
  /** A channel whose numbering began anew has one stream for each numbering, in order. */
  readonly streams: CorrectedStream[];
  readonly changes: ClockChange[];
}

/** Puts every stream of one computer on corrected time. */
export function correctClock(streams: readonly RecordStream[], life: readonly LifeSpan[]): CorrectedLog {
  const runs = runsOf(streams, life);
  const changes = clockChanges(runs);
  const shifts = changes.filter((change) => change.kind === 'shift');
  const witness = new ClockWitness();
  // Channels that tell of the changes come first, since they show the others the way.
  const corrected = new Map<ChannelRun, CorrectedStream>();
  for (const run of runs) if (run.changes.length > 0) corrected.set(run, correctRun(run, shifts, witness));
  return { streams: runs.map((run) => corrected.get(run) ?? correctRun(run, shifts, witness)), changes };
}

function runsOf(streams: readonly RecordStream[], life: readonly LifeSpan[]): ChannelRun[] {
  const spansOf = spansByChannel(life);
  const runs: ChannelRun[] = [];
  for (const [i, stream] of streams.entries()) {
    const own = spansOf.get(stream.channel) ?? [];
    const again = streams[i + 1]?.channel === stream.channel || streams[i - 1]?.channel === stream.channel;
    runs.push(runOf(stream, again ? spansOfNumbering(own, streams, i) : own));
  }
  for (const [channel, spans] of spansOf) {
    if (!streams.some((stream) => stream.channel === channel)) {
      runs.push(runOf({ channel, numbered: true, events: [] }, spans));
    }
  }
  return runs;
}

function spansByChannel(life: readonly LifeSpan[]): Map<string, LifeSpan[]> {
  const spansOf = new Map<string, LifeSpan[]>();
  let written: string | null = null;
  let list: LifeSpan[] = [];
  for (const span of life) {
    if (span.channel !== written) {
      written = span.channel;
      const key = written.toLowerCase();
      const found = spansOf.get(key);
      list = found ?? [];
      if (found === undefined) spansOf.set(key, list);
    }
    list.push(span);
  }
  return spansOf;
}

/** Where numbering began anew, the spans between the beginnings of this numbering and the next. */
function spansOfNumbering(
  spans: readonly LifeSpan[],
  streams: readonly RecordStream[],
  i: number,
): LifeSpan[] {
  const { channel, events } = streams[i]!;
  const first = streams[i - 1]?.channel === channel ? events[0]!.time : Number.NEGATIVE_INFINITY;
  const next =
    streams[i + 1]?.channel === channel ? streams[i + 1]!.events[0]!.time : Number.POSITIVE_INFINITY;
  return spans.filter(({ from }) => from >= first && from < next);
}

function runOf({ channel, numbered, events }: RecordStream, spans: readonly LifeSpan[]): ChannelRun {
  const changes: ClockChange[] = [];
  let forward = true;
  let last = Number.NEGATIVE_INFINITY;
  for (const event of events) {
    if (event.time < last) forward = false;
    last = event.time;
    if (event.signal !== 'clockChange') continue;
    const change = readClockChange(event);
    if (change !== null) changes.push(change);
  }
  if (!numbered) return { channel, numbered, events, life: [], changes, items: NO_ITEMS };
  const life = spans.length > 0 ? inRecordOrder(spans) : spansOfEvents(events);
  const items = forward && onlyForward(life) ? NO_ITEMS : itemsOf(events, life);
  return { channel, numbered, events, life, changes, items };
}

/** Spans by record number; where a file was given twice, or two overlap, each record is told of once. */
function inRecordOrder(spans: readonly LifeSpan[]): readonly CorrectedSpan[] {
  if (areDisjoint(spans)) return spans;
  const sorted = spans.toSorted(
    (a, b) => a.firstRecordId - b.firstRecordId || b.lastRecordId - a.lastRecordId || a.from - b.from,
  );
  const kept: CorrectedSpan[] = [];
  for (const span of sorted) {
    const open = kept.at(-1);
    if (open === undefined || span.firstRecordId > open.lastRecordId) kept.push(span);
    else if (span.lastRecordId > open.lastRecordId) {
      kept[kept.length - 1] = { ...open, lastRecordId: span.lastRecordId, to: Math.max(open.to, span.to) };
    }
  }
  return kept;
}

function areDisjoint(spans: readonly LifeSpan[]): boolean {
  for (let i = 1; i < spans.length; i++) {
    if (spans[i]!.firstRecordId <= spans[i - 1]!.lastRecordId) return false;
  }
  return true;
}

/** A caller that gives no life spans has only its events to show which records were there. */
function spansOfEvents(events: readonly SessionEvent[]): CorrectedSpan[] {
  return events.map(({ time, recordId }) => ({
    from: time,
    to: time,
    firstRecordId: recordId!,
    lastRecordId: recordId!,
  }));
}

function onlyForward(spans: readonly CorrectedSpan[]): boolean {
  let last = Number.NEGATIVE_INFINITY;
  for (const { from, to } of spans) {
    if (from < last) return false;
    last = to;
  }
  return true;
}

function correctRun(run: ChannelRun, shifts: readonly ClockChange[], witness: ClockWitness): CorrectedStream {
  const { channel, numbered, events, life } = run;
  if (!numbered || (shifts.length === 0 && run.items.length === 0)) {
    return { channel, numbered, events, at: null, life };
  }
  const tells = run.changes.length > 0;
  const line = new ClockLine(
    shifts,
    new Set(run.changes.flatMap((change) => change.events)),
    tells ? null : witness,
  );
  const at = new Float64Array(events.length);
  const spans: CorrectedSpan[] = [];
  let from: Instant = 0;
  let sorted = true;
  const items = run.items.length > 0 ? run.items : itemsOf(events, life);
  const { length, time, what } = items;
  for (let i = 0; i < length; i++) {
    const index = what[i]!;
    const event = index < 0 ? null : events[index]!;
    const late =
      event !== null && isWrittenLate(event) && line.isDisplaced(time[i]!, followingTime(items, events, i));
    const corrected = late ? line.correctLate(time[i]!) : line.correct(time[i]!, event);
    if (event !== null) {
      at[index] = corrected;
      if (tells && shifts.length > 0) witness.note(time[i]!, line.behind);
    } else if ((-1 - index) % 2 === 0) from = corrected;
    else spans.push(correctedSpan(life[(-1 - index) >> 1]!, from, corrected));
    sorted &&= !late;
  }
  return { channel, numbered, ...(sorted ? { events, at } : byTime(events, at)), life: spans };
}

/** How many records of the kernel one after the other are looked past. */
const LATE_ITEMS = 16;

/** The time of the next item that was written when it happened; infinite where the clock was changed meanwhile. */
function followingTime(
  { length, time, what }: ChannelRun['items'],
  events: readonly SessionEvent[],
  i: number,
) {
  for (let j = i + 1; j < Math.min(length, i + 1 + LATE_ITEMS); j++) {
    const event = what[j]! < 0 ? null : events[what[j]!]!;
    if (event?.signal === 'clockChange') break;
    if (event === null || !isWrittenLate(event)) return time[j]!;
  }
  return Number.POSITIVE_INFINITY;
}

function correctedSpan(span: CorrectedSpan, from: Instant, to: Instant): CorrectedSpan {
  return { ...span, from, to: Math.max(from, to), toTime: span.to };
}

function byTime(events: readonly SessionEvent[], at: Float64Array): OrderedEvents {
  const order = Int32Array.from(events.keys()).sort((a, b) => at[a]! - at[b]! || a - b);
  return { events: Array.from(order, (i) => events[i]!), at: Float64Array.from(order, (i) => at[i]!) };
}
