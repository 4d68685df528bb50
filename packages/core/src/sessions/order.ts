/** Puts the events of one computer into their total order and drops exact copies (spec section 2). */
import { type Instant, type SessionEvent, SIGNALS, type Signal } from '../model.ts';

/** An event with its corrected time: durations run on `at`, people read `event.time`. */
export interface Stamped {
  readonly event: SessionEvent;
  readonly at: Instant;
}

/** Records of one numbering of a channel in the order in which the computer wrote them. */
export interface RecordStream {
  /** Lower-case channel name; empty for sources without record numbers. */
  readonly channel: string;
  readonly numbered: boolean;
  /** Without exact copies. */
  readonly events: SessionEvent[];
}

const RANK = Object.fromEntries(SIGNALS.map((signal, rank) => [signal, rank])) as Record<Signal, number>;

/** The records of one channel as they come in, and whether they came in their order, each once. */
interface ChannelGroup {
  readonly list: SessionEvent[];
  inOrder: boolean;
}

/** Splits one computer's events by channel and sorts each stream; the input may come in any order. */
export function streamsOf(events: readonly SessionEvent[]): RecordStream[] {
  return [...groupByChannel(events)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([channel, { list, inOrder }]): RecordStream[] =>
      channel === ''
        ? [{ channel, numbered: false, events: dropCopies(sorted(list, byTime), sameContent) }]
        : (inOrder ? [list] : numberings(list)).map((events) => ({ channel, numbered: true, events })),
    );
}

/** By lower-case channel name. Stretches of one channel are taken as a whole; most logs are one such stretch. */
function groupByChannel(events: readonly SessionEvent[]): Map<string, ChannelGroup> {
  const groups = new Map<string, ChannelGroup>();
  /** The same groups by the name as written, since neighbours share its very text. */
  const byName = new Map<string | null, ChannelGroup>();
  for (let from = 0; from < events.length; ) {
    const channel = channelOf(events[from]!);
    let to = from + 1;
    let inOrder = true;
    for (; to < events.length && channelOf(events[to]!) === channel; to++) {
      if (inOrder) inOrder = followsInNumber(events[to - 1]!, events[to]!);
    }
    let group = byName.get(channel) ?? groups.get(channel?.toLowerCase() ?? '');
    if (group === undefined) {
      group = { list: events.slice(from, to), inOrder };
      groups.set(channel?.toLowerCase() ?? '', group);
    } else {
      group.inOrder &&= inOrder && followsInNumber(group.list.at(-1)!, events[from]!);
      for (let i = from; i < to; i++) group.list.push(events[i]!);
    }
    byName.set(channel, group);
    from = to;
  }
  return groups;
}

/** Null for records without a number, which have no place in any channel's order. */
function channelOf({ recordId, channel }: SessionEvent): string | null {
  return recordId === null ? null : (channel ?? '?');
}

/** Logs mostly come as they were written; then one look at each record suffices to see that nothing is to be done. */
function followsInNumber(before: SessionEvent, event: SessionEvent): boolean {
  return (
    before.recordId !== null &&
    event.recordId !== null &&
    event.recordId > before.recordId &&
    before.time - event.time <= RESTART_MS
  );
}

/** Events in order with their corrected times, in columns; no column where every time is the event's own. */
export interface OrderedEvents {
  readonly events: readonly SessionEvent[];
  readonly at: Float64Array | null;
}

export function atOf({ events, at }: OrderedEvents, i: number): Instant {
  return at === null ? events[i]!.time : at[i]!;
}

const NOTHING: OrderedEvents = { events: [], at: null };

/**
 * Merges streams by corrected time, then rank, channel, record number and identity: a total order that keeps the
 * order of writing within each stream.
 */
export function mergeStreams(streams: readonly OrderedEvents[]): OrderedEvents {
  const filled = streams.filter(({ events }) => events.length > 0);
  if (filled.length <= 1) return filled[0] ?? NOTHING;
  const total = filled.reduce((sum, { events }) => sum + events.length, 0);
  const events = new Array<SessionEvent>(total);
  const at = filled.every((stream) => stream.at === null) ? null : new Float64Array(total);
  const heads = filled.map(() => 0);
  const headAt = Float64Array.from(filled, (stream) => atOf(stream, 0));
  for (let n = 0; n < total; ) {
    const next = leastHead(filled, heads, headAt);
    const stream = filled[next]!;
    const until = leastBut(headAt, next);
    let head = heads[next]!;
    let now = headAt[next]!;
    // The stream goes on until another's turn has come.
    do {
      events[n] = stream.events[head]!;
      if (at !== null) at[n] = now;
      n++;
      head++;
      now = head < stream.events.length ? atOf(stream, head) : Number.POSITIVE_INFINITY;
    } while (now < until);
    heads[next] = head;
    headAt[next] = now;
  }
  return { events, at };
}

function leastBut(headAt: Float64Array, but: number): Instant {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < headAt.length; i++) if (i !== but && headAt[i]! < least) least = headAt[i]!;
  return least;
}

/** `headAt` is the corrected time of each stream's next event; infinite once there is none. */
function leastHead(
  streams: readonly OrderedEvents[],
  heads: readonly number[],
  headAt: Float64Array,
): number {
  let least = 0;
  let leastAt = headAt[0]!;
  for (let i = 1; i < headAt.length; i++) {
    const at = headAt[i]!;
    if (at > leastAt || at === Number.POSITIVE_INFINITY) continue;
    if (
      at === leastAt &&
      compareInInstant(streams[i]!.events[heads[i]!]!, streams[least]!.events[heads[least]!]!) >= 0
    ) {
      continue;
    }
    least = i;
    leastAt = at;
  }
  return least;
}

/** Sorts events of any number of computers as `logonscope events` prints them: by time, then as within a log. */
export function orderEvents(events: Iterable<SessionEvent>): SessionEvent[] {
  const all = sorted([...events], (a, b) => byTime(a, b) || compareText(a.computer, b.computer));
  return dropCopies(all, (a, b) => a.computer === b.computer && sameRecord(a, b));
}

function compareInInstant(a: SessionEvent, b: SessionEvent): number {
  return (
    RANK[a.signal] - RANK[b.signal] ||
    compareText(a.channel ?? '', b.channel ?? '') ||
    (a.recordId ?? 0) - (b.recordId ?? 0) ||
    compareText(a.identity ?? '', b.identity ?? '') ||
    a.time - b.time ||
    compareText(a.logonId ?? '', b.logonId ?? '') ||
    compareText(a.user ?? '', b.user ?? '')
  );
}

const byTime = (a: SessionEvent, b: SessionEvent) => a.time - b.time || compareInInstant(a, b);
const compareText = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1);
const sameContent = (a: SessionEvent, b: SessionEvent) => a.identity !== null && a.identity === b.identity;
const sameRecord = (a: SessionEvent, b: SessionEvent) =>
  a.time === b.time &&
  (a.recordId === null
    ? sameContent(a, b)
    : a.recordId === b.recordId && a.channel?.toLowerCase() === b.channel?.toLowerCase());

/** Logs mostly come sorted; then sorting costs one comparison an element and no copy. */
function sorted<T>(list: T[], compare: (a: T, b: T) => number): T[] {
  for (let i = 1; i < list.length; i++) {
    if (compare(list[i - 1]!, list[i]!) > 0) return list.slice().sort(compare);
  }
  return list;
}

function dropCopies(
  list: SessionEvent[],
  same: (a: SessionEvent, b: SessionEvent) => boolean,
): SessionEvent[] {
  for (let i = 1; i < list.length; i++) {
    if (same(list[i - 1]!, list[i]!)) {
      const first = i;
      return list.filter((event, j) => j < first || !same(list[j - 1]!, event));
    }
  }
  return list;
}

/** A time going back this far with no clock change at hand means that numbering began anew, not a wrong clock. */
const RESTART_MS = 12 * 3_600_000;

/**
 * Each numbering of a channel by record number. A cleared log numbers from 1 again, so the records are first cut
 * into runs of one numbering: at clear marks, and where one number stands for two times.
 */
function numberings(list: SessionEvent[]): SessionEvent[][] {
  const byNumber = (a: SessionEvent, b: SessionEvent) =>
    a.recordId! - b.recordId! || a.time - b.time || compareInInstant(a, b);
  const ordered = dropCopies(sorted(list, byNumber), sameRecord);
  if (!numberingRestarted(ordered)) return [ordered];
  return numberingRuns(sorted(list, byTime)).map((run) => dropCopies(sorted(run, byNumber), sameRecord));
}

function numberingRestarted(ordered: readonly SessionEvent[]): boolean {
  for (let i = 1; i < ordered.length; i++) {
    const before = ordered[i - 1]!;
    const event = ordered[i]!;
    if (event.recordId === before.recordId) return true;
    if (before.time - event.time > RESTART_MS && !clockWasSetBack(ordered, i)) return true;
  }
  return false;
}

/** Whether a clock change beside position i explains that time runs back there. */
function clockWasSetBack(ordered: readonly SessionEvent[], i: number): boolean {
  for (let j = Math.max(0, i - 3); j <= Math.min(ordered.length - 1, i + 3); j++) {
    const { signal, detail } = ordered[j]!;
    if (signal !== 'clockChange' || detail?.previousTime === undefined || detail.newTime === undefined)
      continue;
    if (detail.newTime < detail.previousTime) return true;
  }
  return false;
}

/** Runs of one numbering, oldest first, from events in time order: a number far below the last begins a run. */
function numberingRuns(inTime: readonly SessionEvent[]): SessionEvent[][] {
  const runs: SessionEvent[][] = [[]];
  let highest = -1;
  for (let i = 0; i < inTime.length; i++) {
    const event = inTime[i]!;
    const restarts =
      event.signal === 'logCleared'
        ? event.recordId! <= highest
        : event.recordId! < highest / 2 && staysBelow(inTime, i, highest);
    if (restarts) {
      runs.push([]);
      highest = -1;
    }
    runs.at(-1)!.push(event);
    if (event.recordId! > highest) highest = event.recordId!;
  }
  return runs;
}

/** Whether the next few records all have numbers below this one. */
function staysBelow(inTime: readonly SessionEvent[], i: number, highest: number): boolean {
  for (let j = i; j < Math.min(i + 4, inTime.length); j++) if (inTime[j]!.recordId! >= highest) return false;
  return true;
}
