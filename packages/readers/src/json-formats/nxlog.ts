/** NXLog's JSON of im_msvistalog: fields at top level, times without offset that other times of the object explain. */
import type { Instant } from '@logonscope/core';
import { parseIsoTime } from '../iso-time.ts';
import { type JsonContext, type JsonTaker, jsonReader } from '../json-reader.ts';
import { type LocalTimes, localTimes } from '../local-times.ts';
import { LOOKAHEAD_OBJECTS } from '../text-limits.ts';
import { type JsonObject, type Lookup, numberOf, own, textOf, windowsEmitter } from '../windows-object.ts';
import { messageValue } from './nxlog-message.ts';

const MINUTE_MS = 60_000;
/** All offsets of the world are multiples of this. */
const QUARTER_MS = 15 * MINUTE_MS;
/** Offsets of the world, in milliseconds; anything else is a delayed delivery. */
const OFFSET_MAX_MS = 14 * 60 * MINUTE_MS;

const RECEIVED = ['@timestamp', 'EventReceivedTime'] as const;

/** The time of receipt, where it says its offset. */
function receivedAt(object: JsonObject): Instant | null {
  for (const key of RECEIVED) {
    const parsed = parseIsoTime(textOf(own(object, key)) ?? '');
    if (parsed !== null && parsed.offsetMinutes !== null)
      return parsed.wallMs - parsed.offsetMinutes * MINUTE_MS;
  }
  return null;
}

/**
 * How far local time is ahead of UTC, from objects that carry both: receipt follows the event, so the smallest
 * difference is nearest to the offset; it is rounded to 15 minutes. Null where no object tells.
 */
export function deriveOffset(objects: readonly JsonObject[]): number | null {
  let smallest = Infinity;
  for (const object of objects) {
    const event = parseIsoTime(textOf(own(object, 'EventTime')) ?? '');
    const received = receivedAt(object);
    if (event !== null && event.offsetMinutes === null && received !== null) {
      smallest = Math.min(smallest, received - event.wallMs);
    }
  }
  const offset = -Math.round(smallest / QUARTER_MS) * QUARTER_MS;
  return Math.abs(offset) <= OFFSET_MAX_MS ? offset + 0 : null;
}

function lookupIn(object: JsonObject): Lookup {
  return (name) => textOf(own(object, name)) ?? messageValue(object, name);
}

function openNxlog({ file, sink, options }: JsonContext): JsonTaker {
  const { emit, finish } = windowsEmitter(file, sink, options);
  let held: { object: JsonObject; line: number }[] | null = [];
  let offsetMs: number | null = null;
  let times: LocalTimes | null = null;
  let lastLine = 1;

  function timeOf(written: string, line: number): Instant | null {
    const parsed = parseIsoTime(written);
    if (parsed === null) return null;
    if (parsed.offsetMinutes !== null) return parsed.wallMs - parsed.offsetMinutes * MINUTE_MS;
    if (offsetMs !== null) return parsed.wallMs - offsetMs;
    times ??= localTimes(sink, options, false);
    return times.place(parsed.wallMs, { file, line }, 'EventTime', written);
  }

  function handOver(object: JsonObject, line: number): void {
    const timeText = textOf(own(object, 'EventTime'));
    emit({
      time: timeText === null ? null : timeOf(timeText, line),
      timeText,
      provider: textOf(own(object, 'SourceName')),
      channel: textOf(own(object, 'Channel')),
      eventId: numberOf(own(object, 'EventID')),
      recordId: numberOf(own(object, 'RecordNumber')),
      computer: textOf(own(object, 'Hostname')),
      lookup: lookupIn(object),
      line,
    });
  }

  function settle(): void {
    if (held === null) return;
    const waiting = held;
    held = null;
    offsetMs = deriveOffset(waiting.map(({ object }) => object));
    for (const { object, line } of waiting) handOver(object, line);
  }

  return {
    object(object, line) {
      lastLine = line;
      if (held === null) {
        handOver(object, line);
        return;
      }
      held.push({ object, line });
      if (held.length >= LOOKAHEAD_OBJECTS) settle();
    },
    end() {
      settle();
      times?.finish({ file, line: lastLine }, 'EventTime');
      finish();
    },
  };
}

export const nxlogJson = jsonReader({
  id: 'nxlog-json',
  label: 'NXLog (.json, .jsonl)',
  timesHaveZone: false,
  recognise: (object) =>
    ['EventID', 'EventTime', 'Hostname'].every((key) => key in object) && 'SourceName' in object ? 1 : 0,
  open: openNxlog,
});
