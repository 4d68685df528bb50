/** Corrected time: one line of physical time per computer, on which no duration is negative (spec section 2). */
import type { LifeSpan, SessionEvent } from '../model.ts';
import { type ChannelRun, type ClockChange, itemsOf, NO_ITEMS, type RecordSpan } from './channel-run.ts';
import { clockChanges, isWrittenLate, readClockChange } from './clock-changes.ts';
import { ClockLine, ClockWitness } from './clock-line.ts';
import type { OrderedEvents, RecordStream } from './order.ts';

export interface CorrectedStream extends OrderedEvents {
  readonly channel: string;
  readonly numbered: boolean;
  /** Life spans in record order, as the clock has them. */
  readonly life: readonly RecordSpan[];
  /** Their corrected edges, beginning and end in turn; null where they are the clock's own. */
  readonly lifeAt: Float64Array | null;
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
  for (let from = 0; from < life.length; ) {
    const { channel } = life[from]!;
    let to = from + 1;
    while (to < life.length && life[to]!.channel === channel) to++;
    const key = channel.toLowerCase();
    const list = spansOf.get(key);
    if (list === undefined) spansOf.set(key, life.slice(from, to));
    else for (let i = from; i < to; i++) list.push(life[i]!);
    from = to;
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
  const time = new Float64Array(events.length);
  let forward = true;
  for (let i = 0; i < events.length; i++) {
    const event = events[i]!;
    time[i] = event.time;
    if (i > 0 && time[i]! < time[i - 1]!) forward = false;
    if (event.signal !== 'clockChange') continue;
    const change = readClockChange(event);
    if (change !== null) changes.push(change);
  }
  if (!numbered) return { channel, numbered, events, time, life: [], changes, items: NO_ITEMS };
  const life = spans.length > 0 ? inRecordOrder(spans) : spansOfEvents(events);
  const run = { channel, numbered, events, time, life, changes };
  return { ...run, items: forward && onlyForward(life) ? NO_ITEMS : itemsOf(run) };
}

/** Spans by record number; where a file was given twice, or two overlap, each record is told of once. */
function inRecordOrder(spans: readonly LifeSpan[]): readonly RecordSpan[] {
  if (areDisjoint(spans)) return spans;
  const sorted = spans.toSorted(
    (a, b) => a.firstRecordId - b.firstRecordId || b.lastRecordId - a.lastRecordId || a.from - b.from,
  );
  const kept: RecordSpan[] = [];
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
function spansOfEvents(events: readonly SessionEvent[]): RecordSpan[] {
  return events.map(({ time, recordId }) => ({
    from: time,
    to: time,
    firstRecordId: recordId!,
    lastRecordId: recordId!,
  }));
}

function onlyForward(spans: readonly RecordSpan[]): boolean {
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
    return { channel, numbered, events, at: run.time, life, lifeAt: null };
  }
  const tells = run.changes.length > 0;
  const line = new ClockLine(
    shifts,
    new Set(run.changes.flatMap((change) => change.events)),
    tells ? null : witness,
  );
  const at = new Float64Array(events.length);
  const lifeAt = new Float64Array(2 * life.length);
  const displaced: number[] = [];
  const items = run.items.length > 0 ? run.items : itemsOf(run);
  const { length, time, what } = items;
  for (let i = 0; i < length; i++) {
    const index = what[i]!;
    if (index < 0) {
      const edge = -1 - index;
      line.correct(time, i, null, lifeAt, edge);
      if ((edge & 1) === 1 && lifeAt[edge]! < lifeAt[edge - 1]!) lifeAt[edge] = lifeAt[edge - 1]!;
      continue;
    }
    const event = events[index]!;
    const late = isWrittenLate(event) && line.isDisplaced(time[i]!, followingTime(items, events, i));
    if (late) {
      at[index] = line.correctLate(time[i]!);
      displaced.push(index);
    } else line.correct(time, i, event, at, index);
    if (tells && shifts.length > 0) witness.note(time[i]!, line.behind);
  }
  const ordered = displaced.length === 0 ? { events, at } : withLateInPlace(events, at, displaced);
  return { channel, numbered, ...ordered, life, lifeAt };
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

/** The records that were written late go to their places among the others, which run forward already. */
function withLateInPlace(
  events: readonly SessionEvent[],
  at: Float64Array,
  late: readonly number[],
): OrderedEvents {
  const inTime = late.toSorted((a, b) => at[a]! - at[b]! || a - b);
  const order = new Int32Array(at.length);
  let length = 0;
  let placed = 0;
  let passed = 0;
  for (let i = 0; i < at.length; i++) {
    if (late[passed] === i) {
      passed++;
      continue;
    }
    for (; placed < inTime.length && isBefore(at, inTime[placed]!, i); placed++) {
      order[length++] = inTime[placed]!;
    }
    order[length++] = i;
  }
  while (placed < inTime.length) order[length++] = inTime[placed++]!;
  const ordered = new Array<SessionEvent>(length);
  const orderedAt = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    ordered[i] = events[order[i]!]!;
    orderedAt[i] = at[order[i]!]!;
  }
  return { events: ordered, at: orderedAt };
}

const isBefore = (at: Float64Array, a: number, b: number) => at[a]! < at[b]! || (at[a]! === at[b]! && a < b);
