/**
 * Packs events for the way between threads: numbers in one array, texts as numbers of a dictionary. A structured
 * clone of the objects themselves costs more than reading them did.
 */
import {
  type EventDetail,
  placeOf,
  type SessionEvent,
  SIGNALS,
  type Signal,
  type SourceLocation,
} from '@logonscope/core';

/** What travels. The buffers of `numbers` and `texts` may be transferred instead of copied. */
export interface EventBatch {
  readonly count: number;
  readonly numbers: Float64Array<ArrayBuffer>;
  readonly texts: Uint32Array<ArrayBuffer>;
  readonly dictionary: readonly string[];
  readonly details: readonly (EventDetail | null)[];
}

/** One event's share of each array, in this order in both directions. */
const NUMBERS = 12;
const TEXTS = 21;
/** In `texts`; places in the dictionary count from 1. */
const ABSENT = 0;

/** Both threads have the same table, so a signal travels as its place in it. */
const SIGNAL_NUMBERS = Object.fromEntries(SIGNALS.map((signal, place) => [signal, place])) as Record<
  Signal,
  number
>;

export function packEvents(events: readonly SessionEvent[]): EventBatch {
  const numbers = new Float64Array(events.length * NUMBERS);
  const texts = new Uint32Array(events.length * TEXTS);
  const dictionary: string[] = [];
  const places = new Map<string, number>();
  const place = (text: string | null): number => {
    if (text === null) return ABSENT;
    let known = places.get(text);
    if (known === undefined) {
      known = dictionary.push(text);
      places.set(text, known);
    }
    return known;
  };
  for (const [index, event] of events.entries()) {
    packNumbers(event, numbers, index * NUMBERS);
    packTexts(event, texts, index * TEXTS, place);
  }
  const details = events.map(({ detail }) => detail);
  return { count: events.length, numbers, texts, dictionary, details };
}

function packNumbers(event: SessionEvent, into: Float64Array, from: number): void {
  const { elevated } = event;
  const source = placeOf(event);
  let at = from;
  into[at++] = event.time;
  into[at++] = SIGNAL_NUMBERS[event.signal];
  into[at++] = event.eventId ?? Number.NaN;
  into[at++] = event.recordId ?? Number.NaN;
  into[at++] = event.logonType ?? Number.NaN;
  into[at++] = event.terminalSessionId ?? Number.NaN;
  into[at++] = event.sourcePort ?? Number.NaN;
  into[at++] = event.destinationPort ?? Number.NaN;
  into[at++] = elevated === null ? Number.NaN : Number(elevated);
  into[at++] = source.record ?? Number.NaN;
  into[at++] = source.line ?? Number.NaN;
  into[at++] = source.offset ?? Number.NaN;
}

function packTexts(
  event: SessionEvent,
  into: Uint32Array,
  ...[from, place]: [number, (text: string | null) => number]
): void {
  let at = from;
  into[at++] = place(event.computer);
  into[at++] = place(event.computerFqdn);
  into[at++] = place(event.channel);
  into[at++] = place(event.provider);
  into[at++] = place(event.user);
  into[at++] = place(event.domain);
  into[at++] = place(event.sid);
  into[at++] = place(event.logonId);
  into[at++] = place(event.linkedLogonId);
  into[at++] = place(event.sessionName);
  into[at++] = place(event.sourceAddress);
  into[at++] = place(event.destinationAddress);
  into[at++] = place(event.clientName);
  into[at++] = place(event.workstation);
  into[at++] = place(event.status);
  into[at++] = place(event.subStatus);
  into[at++] = place(event.failureReason);
  into[at++] = place(event.logonProcess);
  into[at++] = place(event.authPackage);
  into[at++] = place(event.identity);
  into[at++] = place(event.source.file);
}

/** The events as they were packed, each handed to `visit` in turn. */
export function unpackEvents(batch: EventBatch, visit: (event: SessionEvent) => void): void {
  for (let index = 0; index < batch.count; index++) visit(unpackEvent(batch, index));
}

/** One literal, so that every event has the same shape to the engine. */
function unpackEvent({ numbers, texts, dictionary, details }: EventBatch, index: number): SessionEvent {
  const number = index * NUMBERS;
  const first = index * TEXTS;
  const numeric = (offset: number): number | null => {
    const value = numbers[number + offset]!;
    return Number.isNaN(value) ? null : value;
  };
  const text = (offset: number): string | null => dictionary[texts[first + offset]! - 1] ?? null;
  const elevated = numeric(8);
  return {
    time: numbers[number]!,
    signal: SIGNALS[numbers[number + 1]!]!,
    computer: text(0)!,
    computerFqdn: text(1),
    channel: text(2),
    provider: text(3),
    eventId: numeric(2),
    recordId: numeric(3),
    user: text(4),
    domain: text(5),
    sid: text(6),
    logonId: text(7),
    linkedLogonId: text(8),
    logonType: numeric(4),
    terminalSessionId: numeric(5),
    sessionName: text(9),
    sourceAddress: text(10),
    sourcePort: numeric(6),
    destinationAddress: text(11),
    destinationPort: numeric(7),
    clientName: text(12),
    workstation: text(13),
    elevated: elevated === null ? null : elevated === 1,
    status: text(14),
    subStatus: text(15),
    failureReason: text(16),
    logonProcess: text(17),
    authPackage: text(18),
    detail: details[index] ?? null,
    source: sourceOf(text(20)!, numeric(9), numeric(10), numeric(11)),
    identity: text(19),
  };
}

function sourceOf(file: string, ...[record, line, offset]: (number | null)[]): SourceLocation {
  return {
    file,
    ...(record != null && { record }),
    ...(line != null && { line }),
    ...(offset != null && { offset }),
  };
}
