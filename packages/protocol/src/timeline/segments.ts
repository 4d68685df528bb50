/**
 * Segments: every change of state of each lane, to the second.
 *
 *     offset  size        content (little endian)
 *     0       4           "LSS1"
 *     4       4           lanes: number of lanes
 *     8       8           base as 64-bit float: milliseconds since 1970-01-01T00:00:00Z, a whole second
 *     16      4           points: number of change points of all lanes
 *     20      4           times: number of bytes of all times
 *     24      4 × lanes   change points of each lane
 *     then    times       seconds from the change point before, the first of each lane from the base; unsigned
 *                         LEB128: seven bits a byte, lowest first, the top bit says that more follow
 *     then    ⌈points/2⌉  states, four bits each, the first in the lower half of its byte
 *
 * A lane is in state 0 before its first change point. Times of one lane strictly increase.
 */
import { expectLength, openBytes, startBytes, TimelineFormatError } from './bytes.ts';
import { WIRE_STATES } from './states.ts';

const MAGIC = 'LSS1';
const HEAD_BYTES = 24;
/** Five bytes of seven bits hold every number of 32 bits: 136 years of seconds. */
const VARINT_BYTES_MAX = 5;

/** The change points of one lane. */
export interface LaneSegments {
  /** Whole seconds since the base, strictly increasing. */
  readonly seconds: Uint32Array;
  /** The state from each of them on. */
  readonly states: Uint8Array;
}

export interface Segments {
  /** Milliseconds since 1970, a whole second. */
  readonly baseMs: number;
  readonly lanes: readonly LaneSegments[];
}

/**
 * Change points in milliseconds as whole seconds since the base. Where several fall into one second the later moves
 * on, so that nothing that was there vanishes; a return to state 0 in a second already over is put at its end.
 */
export function toSegments(
  points: readonly { readonly atMs: number; readonly state: number }[],
  baseMs: number,
): LaneSegments {
  const seconds: number[] = [];
  const states: number[] = [];
  for (const { atMs, state } of points) {
    const second = Math.max(0, Math.floor((atMs - baseMs) / 1000));
    const before = seconds.at(-1) ?? -1;
    seconds.push(Math.max(second, before + 1));
    states.push(state);
  }
  return { seconds: Uint32Array.from(seconds), states: Uint8Array.from(states) };
}

export function encodeSegments({ baseMs, lanes }: Segments): Uint8Array {
  const points = lanes.reduce((sum, { states }) => sum + states.length, 0);
  const times = new Uint8Array(points * VARINT_BYTES_MAX);
  let timesBytes = 0;
  for (const { seconds } of lanes) {
    let before = 0;
    for (const second of seconds) {
      let delta = second - before;
      before = second;
      for (; delta >= 0x80; delta = Math.floor(delta / 0x80)) times[timesBytes++] = (delta % 0x80) | 0x80;
      times[timesBytes++] = delta;
    }
  }
  const first = HEAD_BYTES + 4 * lanes.length;
  const { bytes, view } = startBytes(MAGIC, first + timesBytes + Math.ceil(points / 2));
  view.setUint32(4, lanes.length, true);
  view.setFloat64(8, baseMs, true);
  view.setUint32(16, points, true);
  view.setUint32(20, timesBytes, true);
  for (const [i, { states }] of lanes.entries()) view.setUint32(HEAD_BYTES + 4 * i, states.length, true);
  bytes.set(times.subarray(0, timesBytes), first);
  let point = 0;
  for (const { states } of lanes) {
    for (const state of states) bytes[first + timesBytes + (point >> 1)]! |= state << ((point++ & 1) * 4);
  }
  return bytes;
}

/** Throws a `TimelineFormatError` if the bytes are something else, cut off or contradict themselves. */
export function decodeSegments(bytes: Uint8Array): Segments {
  const view = openBytes(bytes, MAGIC, HEAD_BYTES);
  const laneCount = view.getUint32(4, true);
  const points = view.getUint32(16, true);
  const timesBytes = view.getUint32(20, true);
  const first = HEAD_BYTES + 4 * laneCount;
  expectLength(bytes, first + timesBytes + Math.ceil(points / 2));
  const counts = Array.from({ length: laneCount }, (_, i) => view.getUint32(HEAD_BYTES + 4 * i, true));
  if (counts.reduce((sum, count) => sum + count, 0) !== points) {
    throw new TimelineFormatError('points', 'the lanes do not have as many as the head says');
  }
  const cursor = { at: first, end: first + timesBytes };
  let point = 0;
  const lanes = counts.map((count) => {
    const seconds = new Uint32Array(count);
    const states = new Uint8Array(count);
    let second = 0;
    for (let i = 0; i < count; i++, point++) {
      second += readVarint(bytes, cursor);
      seconds[i] = second;
      states[i] = (bytes[cursor.end + (point >> 1)]! >>> ((point & 1) * 4)) & 0x0f;
      if (states[i]! >= WIRE_STATES.length) throw new TimelineFormatError('state', `${states[i]} is unknown`);
    }
    return { seconds, states };
  });
  return { baseMs: view.getFloat64(8, true), lanes };
}

function readVarint(bytes: Uint8Array, cursor: { at: number; readonly end: number }): number {
  let value = 0;
  for (let i = 0, unit = 1; i < VARINT_BYTES_MAX; i++, unit *= 0x80) {
    if (cursor.at >= cursor.end) throw new TimelineFormatError('times', 'cut off');
    const byte = bytes[cursor.at++]!;
    value += (byte & 0x7f) * unit;
    if (byte < 0x80) return value;
  }
  throw new TimelineFormatError('times', 'a number of more than five bytes');
}
