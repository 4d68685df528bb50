/**
 * `event_log.csv`, as the original agent writes it: one row an event, and whether it was sent. The status is one
 * character, so it is changed in its place.
 */
import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { KeptEvent, PlainEvent } from './event.ts';

export const EVENT_LOG = 'event_log.csv';
const HEADER = 'eventtype,username,hostname,ipaddress,timestamp,send_status\n';
const ARCHIVE = /^event_log\.(\d+)\.csv$/;
/** Old files that are kept beside the current one. */
const ARCHIVES_MAX = 5;

/** Not sent; sent at once; sent after a failure. */
export type SendStatus = 0 | 1 | 2;

export interface EventLogOptions {
  readonly folder: string;
  readonly computer: string;
  /** At this size the file is put aside and a new one begun; 0: nothing is written. */
  rotationBytes(): number;
  /** The event's time as written, with the offset of the zone. */
  timeOf(time: number): string;
  localAddress(): string | null;
  trouble(text: string): void;
}

export interface EventLog {
  /** Adds the row of an event that waits. */
  add(event: Pick<KeptEvent, 'n' | 'time'> & { readonly plain: PlainEvent | null }): void;
  /** Changes the row's status; adds the row where there is none yet. */
  mark(event: KeptEvent, status: SendStatus): void;
}

/** Quoted where CSV needs it; control characters are shown as blanks, so that a row stays a row. */
function cell(text: string): string {
  const plain = text.replace(/[\u0000-\u001f\u007f]/g, ' ');
  return /[",]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

export function openEventLog(options: EventLogOptions): EventLog {
  const { folder, computer, timeOf, trouble } = options;
  const current = join(folder, EVENT_LOG);
  /** Where the status of a row is: by what the row says, since numbers are not in the file. */
  const unsent = unsentRows(folder);

  function rowOf({ time, plain }: Parameters<EventLog['add']>[0]): string {
    const address = options.localAddress() ?? '';
    return [plain!.word, plain!.user, computer, address, timeOf(time)].map(cell).join(',');
  }

  function append(row: string, status: SendStatus): void {
    const handle = openSync(current, 'a', 0o600);
    try {
      const { size } = fstatSync(handle);
      const text = `${size === 0 ? HEADER : ''}${row},${status}\n`;
      writeSync(handle, text);
      if (status === 0) note(unsent, row, { file: current, at: size + Buffer.byteLength(text) - 2 });
    } finally {
      closeSync(handle);
    }
    if (fileSize(current) >= options.rotationBytes()) putAside();
  }

  function putAside(): void {
    const numbers = archives(folder);
    const archive = join(folder, `event_log.${(numbers.at(-1) ?? 0) + 1}.csv`);
    renameSync(current, archive);
    for (const places of unsent.values())
      for (const place of places) if (place.file === current) place.file = archive;
    for (const old of numbers.slice(0, Math.max(0, numbers.length + 1 - ARCHIVES_MAX))) {
      const file = join(folder, `event_log.${old}.csv`);
      rmSync(file);
      for (const [row, places] of unsent)
        if (places.every((place) => place.file === file)) unsent.delete(row);
    }
  }

  /** The log is for people: that it cannot be written must not keep events from being sent. */
  function attempt(does: () => void): void {
    try {
      if (options.rotationBytes() > 0) does();
    } catch (error) {
      trouble(`${EVENT_LOG} cannot be written: ${(error as Error).message}`);
    }
  }

  return {
    add(event) {
      if (event.plain !== null) attempt(() => append(rowOf(event), 0));
    },
    mark(event, status) {
      if (event.plain === null) return;
      attempt(() => {
        const row = rowOf(event);
        const places = unsent.get(row);
        const place = places?.shift();
        if (places?.length === 0) unsent.delete(row);
        if (place === undefined) append(row, status);
        else writeAt(place.file, place.at, String(status));
      });
    },
  };
}

interface Place {
  file: string;
  readonly at: number;
}

/** Two events may be alike to the second; their rows are then marked one after the other. */
function note(unsent: Map<string, Place[]>, row: string, place: Place): void {
  const places = unsent.get(row);
  if (places === undefined) unsent.set(row, [place]);
  else places.push(place);
}

/** The numbers of files put aside, oldest first. */
function archives(folder: string): number[] {
  const numbers = readdirSync(folder).flatMap((name) => ARCHIVE.exec(name)?.[1] ?? []);
  return numbers.map(Number).sort((a, b) => a - b);
}

/** Rows that an earlier run left unsent, by what they say without the status. */
function unsentRows(folder: string): Map<string, Place[]> {
  const rows = new Map<string, Place[]>();
  const files = [...archives(folder).map((n) => `event_log.${n}.csv`), EVENT_LOG].map((name) =>
    join(folder, name),
  );
  for (const file of files) {
    if (!existsSync(file)) continue;
    const bytes = readFileSync(file);
    for (let start = 0, end = bytes.indexOf(10); end >= 0; start = end + 1, end = bytes.indexOf(10, start)) {
      const line = bytes.toString('utf8', start, end).replace(/\r$/, '');
      const at = start + Buffer.byteLength(line) - 1;
      if (line.endsWith(',0')) note(rows, line.slice(0, -2), { file, at });
    }
  }
  return rows;
}

function fileSize(file: string): number {
  const handle = openSync(file, 'r');
  try {
    return fstatSync(handle).size;
  } finally {
    closeSync(handle);
  }
}

function writeAt(file: string, at: number, text: string): void {
  const handle = openSync(file, 'r+');
  try {
    writeSync(handle, text, at);
  } finally {
    closeSync(handle);
  }
}
