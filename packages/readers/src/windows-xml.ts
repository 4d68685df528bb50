/** Event XML: wevtutil, Event Viewer's export, Get-WinEvent's ToXml; single or concatenated, with or without `<Events>`. */

import { noteLife } from './life.ts';
import { lineCounter } from './lines.ts';
import type { ByteSource, Reader, ReadOptions, RecordSink } from './reader.ts';
import { EVENT_CHARS_MAX } from './text-limits.ts';
import { headText, textBlocks } from './text-source.ts';
import { wantedBy } from './wanted.ts';
import { eventRecord } from './xml/event-record.ts';
import { eventScanner } from './xml/scan-event.ts';

/** `<Event`, with a namespace prefix perhaps, but not `<EventID` or `<Events>`. */
const EVENT_START = /<([A-Za-z_][\w.-]{0,63}:)?Event[\s>]/;

/** Where the next event begins at or after `from`; -1 if the text holds none. */
function nextEvent(text: string, opening: string, from: number): number {
  for (let at = text.indexOf(opening, from); at >= 0; at = text.indexOf(opening, at + 1)) {
    const code = text.charCodeAt(at + opening.length);
    if (code === 62 || code === 32 || (code >= 9 && code <= 13)) return at;
  }
  return -1;
}

/** Reads the events of a text that arrives in blocks. */
function eventReader(file: string, sink: RecordSink, options: ReadOptions) {
  const { scan, found, fault } = eventScanner();
  const record = eventRecord(found);
  const life = noteLife(sink);
  const wanted = wantedBy(options);
  let opening: string | null = null;
  const lines = lineCounter();
  let ordinal = 0;

  function problem(start: number, code: string, field: string, message: string): void {
    const at = { file, record: record.recordId ?? ordinal, line: lines.at(start) };
    sink.problem({ code, at, field, message });
  }

  function handOver(text: string, start: number): void {
    record.fill(text, file);
    if (record.eventId === null || record.provider === null) {
      const field = record.eventId === null ? 'System/EventID' : 'System/Provider';
      problem(start, 'xml/incomplete-event', field, 'The event lacks this; it cannot be understood without.');
      return;
    }
    if (record.time === null) {
      const message = `"${record.timeText ?? ''}" is not a time like 2025-11-03T08:58:02.000Z.`;
      problem(start, 'xml/bad-time', 'System/TimeCreated', message);
    }
    life.touch(record);
    if (wanted(record.provider, record.eventId)) sink.record(record);
  }

  /** Reads what it can of `text` and returns how much of it is done with. */
  function take(text: string, last: boolean): number {
    lines.begin(text);
    const taken = takeEvents(text, last);
    lines.at(taken);
    return taken;
  }

  function takeEvents(text: string, last: boolean): number {
    opening ??= openingOf(text);
    if (opening === null) return last ? text.length : Math.max(0, text.length - 100);
    let start = nextEvent(text, opening, 0);
    while (start >= 0) {
      const next = nextEvent(text, opening, start + opening.length);
      const limit = next < 0 ? text.length : next;
      const end = scan(text, start, Math.min(limit, start + EVENT_CHARS_MAX));
      const whole = end >= 0;
      if (!whole && next < 0 && !last && limit - start <= EVENT_CHARS_MAX) return start;
      ordinal += 1;
      if (whole) handOver(text, start);
      else damaged(text, start, limit);
      if (next < 0) return whole ? end : text.length - (last ? 0 : opening.length);
      start = next;
    }
    return last ? text.length : Math.max(0, text.length - opening.length);
  }

  function damaged(text: string, start: number, limit: number): void {
    record.fill(text, file);
    const tooLong = limit - start > EVENT_CHARS_MAX;
    const message = tooLong ? `the event is longer than ${EVENT_CHARS_MAX} characters` : fault().message;
    problem(start, 'xml/malformed-event', 'Event', `${message}; reading goes on at the next event.`);
  }

  return { take, finish: life.finish };
}

function openingOf(text: string): string | null {
  const match = EVENT_START.exec(text);
  return match === null ? null : `<${match[1] ?? ''}Event`;
}

async function read(source: ByteSource, sink: RecordSink, options: ReadOptions): Promise<void> {
  const events = eventReader(source.name, sink, options);
  let rest = '';
  for await (const block of textBlocks(source, sink)) {
    const text = rest + block;
    rest = text.slice(events.take(text, false));
  }
  events.take(rest, true);
  events.finish();
}

export const windowsXml: Reader = {
  id: 'windows-xml',
  label: 'Windows event XML (.xml)',
  extensions: ['.xml'],
  timesHaveZone: true,
  detect(head) {
    const text = headText(head).trimStart();
    if (!text.startsWith('<')) return 0;
    return EVENT_START.test(text) ? (text.includes('schemas.microsoft.com/win') ? 1 : 0.8) : 0;
  },
  read,
};
