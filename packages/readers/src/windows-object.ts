/** Windows records that arrive as objects: JSON of any tool, or a CSV row that holds JSON. */
import type { Instant, SourceLocation, WindowsRecord } from '@logonscope/core';
import { noteLife } from './life.ts';
import type { ReadOptions, RecordSink } from './reader.ts';
import { wantedBy } from './wanted.ts';
import { wholeNumber } from './xml/event-record.ts';

export type JsonObject = { readonly [key: string]: unknown };
/** Looks up a named value; null if there is none. */
export type Lookup = (name: string) => string | null;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A scalar as text; the text of `{"#text": …}`; null for everything that is no single value. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (isObject(value)) return textOf(value['#text']);
  return Array.isArray(value) && value.length === 1 ? textOf(value[0]) : null;
}

/** A whole number from a number or digits; null for anything else. */
export function numberOf(value: unknown): number | null {
  return wholeNumber(textOf(value));
}

/** Own properties only, so that a field called `constructor` finds nothing. */
export function own(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

const UNNAMED = /^#(\d{1,4})$/;

/** Unnamed values: `Data` as text, list or `{"#text": …}`. */
function unnamedValues(data: unknown): string[] {
  const inner = isObject(data) ? own(data, '#text') : data;
  const list = Array.isArray(inner) ? inner : inner === undefined || inner === null ? [] : [inner];
  return list.map((item) => textOf(item) ?? '');
}

/** The value of the leaf `name` in a tree of objects, as UserData nests them. */
function leaf(tree: JsonObject, name: string, depth: number): string | null {
  const direct = textOf(own(tree, name));
  if (direct !== null) return direct;
  if (depth === 0) return null;
  for (const key of Object.keys(tree)) {
    const child = tree[key];
    const found = isObject(child) && key !== '#attributes' ? leaf(child, name, depth - 1) : null;
    if (found !== null) return found;
  }
  return null;
}

const USER_DATA_DEPTH = 4;

/** Looks in EventData, then in UserData; `#0` … are the values of an EventData without names. */
export function eventLookup(eventData: unknown, userData: unknown): Lookup {
  return (name) => {
    const ordinal = UNNAMED.exec(name);
    if (ordinal !== null) {
      const data = isObject(eventData) ? own(eventData, 'Data') : eventData;
      return unnamedValues(data)[Number(ordinal[1])] ?? null;
    }
    const found = isObject(eventData) ? textOf(own(eventData, name)) : null;
    return found ?? (isObject(userData) ? leaf(userData, name, USER_DATA_DEPTH) : null);
  };
}

export interface WindowsFacts {
  readonly time: Instant | null;
  /** The time as written, for the problem that says it cannot be read. */
  readonly timeText: string | null;
  readonly provider: string | null;
  readonly channel: string | null;
  readonly eventId: number | null;
  readonly recordId: number | null;
  readonly computer: string | null;
  readonly lookup: Lookup;
  readonly line: number;
}

/** Hands records to the sink: notes signs of life, leaves out unwanted ones, reports incomplete ones. */
export function windowsEmitter(file: string, sink: RecordSink, options: ReadOptions) {
  const life = noteLife(sink);
  const wanted = wantedBy(options);

  function emit(facts: WindowsFacts): void {
    const { time, provider, channel, eventId, recordId, computer, lookup, line } = facts;
    const source: SourceLocation = recordId === null ? { file, line } : { file, record: recordId, line };
    if (eventId === null || provider === null) {
      const field = eventId === null ? 'EventID' : 'Provider';
      const message = 'The event lacks this; it cannot be understood without.';
      sink.problem({ code: 'json/incomplete-event', at: source, field, message });
      return;
    }
    if (time === null) {
      const message = `"${(facts.timeText ?? '').slice(0, 100)}" is not a time like 2025-11-03T08:58:02.000Z.`;
      sink.problem({ code: 'json/bad-time', at: source, field: 'TimeCreated', message });
    }
    const record: WindowsRecord = {
      kind: 'windows',
      time,
      provider,
      channel,
      eventId,
      recordId,
      computer,
      field: lookup,
      source,
    };
    life.touch(record);
    if (wanted(provider, eventId)) sink.record(record);
  }

  return { emit, finish: life.finish };
}
