/** Damages exactly one record of an honest input and says which of the others were not found any more. */
import type { RawRecord } from '@logonscope/core';
import type { RecordSink } from '@logonscope/readers';
import type { Random } from '@logonscope/simulator';
import { anyFormat, type CorpusEntry } from './corpus.ts';
import { memorySource } from './memory-source.ts';

interface Stand {
  /** What tells this record from the others: where it stands, what it is, when it was. */
  readonly key: string;
  readonly eventId: number | null;
  readonly at: { readonly line?: number; readonly offset?: number };
}

export interface Damage {
  readonly damaged: string;
  /** Records that were there before, were not touched, and are missing now. */
  readonly lost: readonly string[];
}

/** Bytes that may be scribbled on; in text, what opens or ends a record is left alone. */
interface Place {
  readonly from: number;
  readonly to: number;
  readonly binary: boolean;
}

const honestStands = new WeakMap<CorpusEntry, readonly Stand[]>();

/** Null where the input has no record whose place is known exactly, e.g. inside an archive. */
export async function damageOneRecord(honest: CorpusEntry, random: Random): Promise<Damage | null> {
  if (honest.reader === anyFormat) return null;
  let stands = honestStands.get(honest);
  if (stands === undefined) {
    stands = await recordsOf(honest, honest.bytes);
    honestStands.set(honest, stands);
  }
  const all = stands;
  const victims = all.filter((stand, index) => mayBeDamaged(stand, all.slice(0, index), all));
  if (victims.length < 2) return null;
  const victim = random.pick(victims);
  const place = placeOf(honest.bytes, victim);
  if (place === null) return null;
  const bytes = honest.bytes.slice();
  scribble(bytes, place, random);
  const found = new Set((await recordsOf(honest, bytes)).map((stand) => stand.key));
  const lost = stands.filter((stand) => stand !== victim && !found.has(stand.key));
  return { damaged: victim.key, lost: lost.map((stand) => `${stand.key} after damage to ${victim.key}`) };
}

/**
 * An EVTX record that is the first of its kind may hold the template of those after it: they are not intact
 * when it is damaged. Records of text formats stand alone unless they share a line; the first
 * row may say in which order dates are written.
 */
function mayBeDamaged({ at, eventId }: Stand, earlier: readonly Stand[], all: readonly Stand[]): boolean {
  if (earlier.length < 2) return false;
  if (at.offset !== undefined) return earlier.some((other) => other.eventId === eventId);
  return all.filter((other) => other.at.line === at.line).length === 1;
}

async function recordsOf({ reader }: CorpusEntry, bytes: Uint8Array): Promise<Stand[]> {
  const stands: Stand[] = [];
  const sink: RecordSink = { record: (record) => stands.push(standOf(record)), problem: () => {} };
  await reader.read(memorySource('fuzz', bytes), sink, { timezone: 'Europe/London', assumedTimezone: 'UTC' });
  return stands;
}

function standOf({ source, eventId, time }: RawRecord): Stand {
  const { record, line, offset } = source;
  const at = { ...(line === undefined ? {} : { line }), ...(offset === undefined ? {} : { offset }) };
  return { key: `record ${record ?? '-'} line ${line ?? '-'} event ${eventId} at ${time}`, eventId, at };
}

/** First byte and end of the record: by its size for EVTX, its line for text. */
function placeOf(bytes: Uint8Array, { at }: Stand): Place | null {
  if (at.offset !== undefined) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    if (at.offset + 8 > bytes.length) return null;
    const sizeBytes = view.getUint32(at.offset + 4, true);
    return { from: at.offset + 8, to: Math.min(at.offset + sizeBytes - 4, bytes.length), binary: true };
  }
  if (at.line === undefined || bytes[1] === 0) return null;
  let from = 0;
  for (let line = 1; line < at.line; line++) {
    from = bytes.indexOf(0x0a, from) + 1;
    if (from === 0) return null;
  }
  const end = bytes.indexOf(0x0a, from);
  return { from, to: end === -1 ? bytes.length : end, binary: false };
}

/** Overwrites a stretch of up to 40 bytes with letters and odd bytes. */
function scribble(bytes: Uint8Array, { from, to, binary }: Place, random: Random): void {
  const start = random.int(from, Math.max(from, to - 1));
  const end = Math.min(to, start + random.int(1, 40));
  for (let at = start; at < end; at++) {
    if (binary || !STRUCTURE.has(bytes[at] ?? 0)) bytes[at] = random.pick(ODD);
  }
}

const STRUCTURE = new Set([...'"\r\n<>{}[]\\'].map((char) => char.charCodeAt(0)));
const ODD = [0x00, 0x01, 0x20, 0x2d, 0x30, 0x41, 0x7a, 0x7f, 0xc3, 0xff];
