/**
 * Markers: when events of some kinds happened on each lane, to the second.
 *
 *     "LSK1", then unsigned LEB128 numbers
 *     base       seconds since 1970-01-01T00:00:00Z
 *     lanes      how many, then for each: how many marks, then for each of those, in order of time:
 *       after    seconds after the mark before; of the first, after the base
 *       kind     index in `MARKER_SIGNALS`, in a byte
 */
import { openBytes, TimelineFormatError } from './bytes.ts';
import { ByteReader, ByteWriter } from './varints.ts';

const MAGIC = 'LSK1';
const MARKER_BYTES_LEAST = 2;

/** Signals that can be marked, by number. Never renumbered; new ones are added at the end. */
export const MARKER_SIGNALS = [
  'logonFailed',
  'elevated',
  'explicitCredentials',
  'logon',
  'logoff',
  'logoffBegin',
  'lock',
  'unlock',
  'disconnect',
  'reconnect',
  'screensaverOn',
  'screensaverOff',
  'boot',
  'shutdown',
  'crash',
  'sleep',
  'wake',
  'remoteConnection',
  'clockChange',
  'logCleared',
] as const;

/** The marks of one lane. */
export interface LaneMarkers {
  /** Milliseconds since 1970, in order. */
  readonly at: Float64Array;
  /** Index in `MARKER_SIGNALS`. */
  readonly kind: Uint8Array;
}

export function encodeMarkers(
  lanes: readonly (readonly { readonly at: number; readonly kind: number }[])[],
): Uint8Array {
  const second = (ms: number) => Math.max(0, Math.floor(ms / 1000));
  const times = lanes.flat().map(({ at }) => second(at));
  const base = times.reduce((least, at) => Math.min(least, at), times[0] ?? 0);
  const writer = new ByteWriter();
  for (const letter of MAGIC) writer.byte(letter.charCodeAt(0));
  writer.varint(base);
  writer.varint(lanes.length);
  for (const lane of lanes) {
    writer.varint(lane.length);
    let before = base;
    for (const { at, kind } of [...lane].sort((a, b) => a.at - b.at)) {
      writer.varint(second(at) - before);
      writer.byte(kind);
      before = second(at);
    }
  }
  return writer.finish();
}

/** Throws a `TimelineFormatError` if the bytes are something else or cut off. */
export function decodeMarkers(bytes: Uint8Array): LaneMarkers[] {
  openBytes(bytes, MAGIC, MAGIC.length);
  const reader = new ByteReader(bytes, MAGIC.length);
  const base = reader.varint();
  const lanes = Array.from({ length: reader.count('lanes', 1) }, () => {
    const count = reader.count('marks', MARKER_BYTES_LEAST);
    const at = new Float64Array(count);
    const kind = new Uint8Array(count);
    let before = base;
    for (let i = 0; i < count; i++) {
      before += reader.varint();
      at[i] = before * 1000;
      kind[i] = reader.byte();
      if (kind[i]! >= MARKER_SIGNALS.length) throw new TimelineFormatError('kind', `${kind[i]} is unknown`);
    }
    return { at, kind };
  });
  if (reader.left > 0) throw new TimelineFormatError('length', `${reader.left} bytes too many`);
  return lanes;
}
