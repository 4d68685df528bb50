/**
 * Sessions: those of each lane one by one, with their bounds and states, to the second.
 *
 *     "LSE1", then unsigned LEB128 numbers unless said otherwise
 *     names      how many, then each as its number of bytes and UTF-8: computers (lanes of people) or people
 *     base       seconds since 1970-01-01T00:00:00Z
 *     lanes      how many, then for each: how many sessions, then for each of those, by earliest start:
 *       id       eight bytes
 *       earliest seconds after the earliest of the session before in the lane; of the first, after the base
 *       start, end, latest   seconds each after the one before: earliest ≤ start ≤ end ≤ latest
 *       other    number of a name, from 0
 *       traits   bits; see `SESSION_TRAITS`
 *       steps    how many, then for each: seconds after the step before (of the first: after earliest), state in a byte
 *
 * A session is in the state of its last step until `latest`; outside of earliest and latest it is not there.
 */
import { openBytes, TimelineFormatError } from './bytes.ts';
import { WIRE_STATES } from './states.ts';
import { ByteReader, ByteWriter } from './varints.ts';

const MAGIC = 'LSE1';
const ID_BYTES = 8;
const SESSION_BYTES_LEAST = ID_BYTES + 7;
const STEP_BYTES_LEAST = 2;

/** How sessions end, by number in the lowest three bits of the traits. */
export const WIRE_ENDS = ['logoff', 'logoff-begin', 'shutdown', 'crash', 'superseded', 'open'] as const;
/** Bits of the traits above the end. */
export const SESSION_TRAITS = {
  firstSeen: 1 << 3,
  elevated: 1 << 4,
  remote: 1 << 5,
  noLockData: 1 << 6,
} as const;

/** A session before it travels; times in milliseconds. */
export interface WireSession {
  /** Sixteen hexadecimal digits. */
  readonly id: string;
  readonly earliest: number;
  readonly start: number;
  readonly end: number;
  readonly latest: number;
  readonly other: string;
  readonly traits: number;
  /** Strictly increasing, the first at `earliest`; the last one lasts until `latest`. */
  readonly steps: readonly { readonly at: number; readonly state: number }[];
}

/** The sessions of one lane, sorted by earliest start; times in milliseconds since 1970, whole seconds. */
export interface SessionColumnsOnWire {
  readonly ids: Uint8Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly earliest: Float64Array;
  readonly latest: Float64Array;
  readonly other: Uint32Array;
  readonly traits: Uint16Array;
  /** Steps of session i are those from stepOff[i] up to stepOff[i + 1]. */
  readonly stepOff: Uint32Array;
  readonly stepAt: Float64Array;
  readonly stepState: Uint8Array;
}

export interface SessionsOnWire {
  readonly names: readonly string[];
  readonly lanes: readonly SessionColumnsOnWire[];
}

const second = (ms: number): number => Math.floor(ms / 1000);

/** Of several changes within one second the later move on, so that nothing that was there vanishes. */
export function encodeSessions(lanes: readonly (readonly WireSession[])[]): Uint8Array {
  const names = new Map<string, number>();
  let base = Number.POSITIVE_INFINITY;
  for (const session of lanes.flat()) {
    if (!names.has(session.other)) names.set(session.other, names.size);
    base = Math.min(base, second(session.earliest));
  }
  const writer = new ByteWriter();
  for (const letter of MAGIC) writer.byte(letter.charCodeAt(0));
  writer.varint(names.size);
  for (const name of names.keys()) writer.text(name);
  base = Number.isFinite(base) ? Math.max(0, base) : 0;
  writer.varint(base);
  writer.varint(lanes.length);
  for (const lane of lanes) {
    writer.varint(lane.length);
    let before = base;
    for (const session of [...lane].sort((a, b) => a.earliest - b.earliest)) {
      before = writeSession(writer, session, before, names.get(session.other)!);
    }
  }
  return writer.finish();
}

function writeSession(writer: ByteWriter, session: WireSession, before: number, other: number): number {
  const earliest = Math.max(before, second(session.earliest));
  const start = Math.max(earliest, second(session.start));
  const end = Math.max(start, second(session.end));
  const steps: { after: number; state: number }[] = [];
  let last = earliest - 1;
  for (const { at, state } of session.steps) {
    const begin = Math.max(last + 1, second(at));
    steps.push({ after: begin - Math.max(earliest, last), state });
    last = begin;
  }
  const latest = Math.max(end, second(session.latest), steps.length > 0 ? last + 1 : end);
  for (let i = 0; i < ID_BYTES; i++)
    writer.byte(Number.parseInt(session.id.slice(2 * i, 2 * i + 2), 16) || 0);
  for (const delta of [earliest - before, start - earliest, end - start, latest - end]) writer.varint(delta);
  writer.varint(other);
  writer.varint(session.traits);
  writer.varint(steps.length);
  for (const { after, state } of steps) {
    writer.varint(after);
    writer.byte(state);
  }
  return earliest;
}

/** Throws a `TimelineFormatError` if the bytes are something else, cut off or contradict themselves. */
export function decodeSessions(bytes: Uint8Array): SessionsOnWire {
  openBytes(bytes, MAGIC, MAGIC.length);
  const reader = new ByteReader(bytes, MAGIC.length);
  const names = Array.from({ length: reader.count('names', 1) }, () => reader.text());
  const base = reader.varint();
  const lanes = Array.from({ length: reader.count('lanes', 1) }, () => readLane(reader, base, names.length));
  if (reader.left > 0) throw new TimelineFormatError('length', `${reader.left} bytes too many`);
  return { names, lanes };
}

function readLane(reader: ByteReader, base: number, names: number): SessionColumnsOnWire {
  const count = reader.count('sessions', SESSION_BYTES_LEAST);
  const times = () => new Float64Array(count);
  const [start, end, earliest, latest] = [times(), times(), times(), times()];
  const ids = new Uint8Array(count * ID_BYTES);
  const other = new Uint32Array(count);
  const traits = new Uint16Array(count);
  const stepOff = new Uint32Array(count + 1);
  const stepAt: number[] = [];
  const stepState: number[] = [];
  let before = base;
  for (let i = 0; i < count; i++) {
    ids.set(reader.some(ID_BYTES), i * ID_BYTES);
    before += reader.varint();
    earliest[i] = before * 1000;
    start[i] = earliest[i]! + reader.varint() * 1000;
    end[i] = start[i]! + reader.varint() * 1000;
    latest[i] = end[i]! + reader.varint() * 1000;
    other[i] = reader.varint();
    if (other[i]! >= names) throw new TimelineFormatError('other', `name ${other[i]} of ${names}`);
    traits[i] = reader.varint();
    let at = before;
    for (let steps = reader.count('steps', STEP_BYTES_LEAST); steps > 0; steps--) {
      at += reader.varint();
      const state = reader.byte();
      if (state >= WIRE_STATES.length) throw new TimelineFormatError('state', `${state} is unknown`);
      stepAt.push(at * 1000);
      stepState.push(state);
    }
    stepOff[i + 1] = stepAt.length;
  }
  const steps = { stepOff, stepAt: Float64Array.from(stepAt), stepState: Uint8Array.from(stepState) };
  return { ids, start, end, earliest, latest, other, traits, ...steps };
}
