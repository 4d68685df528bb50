/** A scanned event as a record: values are decoded only when asked for. */
import type { Instant, SourceLocation, WindowsRecord } from '@logonscope/core';
import { interner } from '../intern.ts';
import { parseIsoInstant } from '../iso-time.ts';
import { decodeContent } from './entities.ts';
import type { Range, ScannedEvent } from './scan-event.ts';

const UNNAMED = /^#(\d{1,4})$/;

/** A whole number without sign; null where the text is anything else. */
export function wholeNumber(text: string | null): number | null {
  if (text === null || text.length === 0 || text.length > 20) return null;
  const value = Number(text);
  return Number.isSafeInteger(value) && value >= 0 ? value : null;
}

/** One record, filled anew for each event; valid until the next `fill`. */
export interface EventRecord extends WindowsRecord {
  /** The time as written, for the problem that says it cannot be read. */
  readonly timeText: string | null;
  fill(text: string, file: string): void;
}

/** A record over what the scanner found last. */
export function eventRecord(found: ScannedEvent): EventRecord {
  const intern = interner();
  let text = '';
  const part = ({ from, to }: Range): string | null =>
    from < 0 ? null : intern(decodeContent(text.slice(from, to).trim()));

  function valueAt(index: number): string {
    return intern(decodeContent(text.slice(found.values[index + 2], found.values[index + 3])));
  }

  function unnamed(ordinal: number): string | null {
    let seen = 0;
    for (let i = 0; i < found.values.length; i += 4) {
      if (found.values[i] === -1 && seen++ === ordinal) return valueAt(i);
    }
    return null;
  }

  function named(name: string): string | null {
    for (let i = 0; i < found.values.length; i += 4) {
      const from = found.values[i]!;
      if (from >= 0 && found.values[i + 1]! - from === name.length && text.startsWith(name, from))
        return valueAt(i);
    }
    return null;
  }

  const record = {
    kind: 'windows' as const,
    time: null as Instant | null,
    timeText: null as string | null,
    provider: null as string | null,
    channel: null as string | null,
    eventId: null as number | null,
    recordId: null as number | null,
    computer: null as string | null,
    source: { file: '' } as SourceLocation,
    field(name: string): string | null {
      const ordinal = UNNAMED.exec(name);
      return ordinal === null ? named(name) : unnamed(Number(ordinal[1]));
    },
    fill(newText: string, file: string): void {
      text = newText;
      const { system } = found;
      const time = system.SystemTime;
      record.time = time.from < 0 ? null : parseIsoInstant(text, time.from, time.to);
      record.timeText = record.time === null ? part(time) : null;
      record.provider = part(system.Provider) ?? part(system.EventSourceName);
      record.channel = part(system.Channel);
      record.eventId = wholeNumber(part(system.EventID));
      record.recordId = wholeNumber(part(system.EventRecordID));
      record.computer = part(system.Computer);
      record.source = record.recordId === null ? { file } : { file, record: record.recordId };
    },
  };
  return record;
}
