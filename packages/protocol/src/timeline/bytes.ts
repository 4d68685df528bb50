/** What all binary answers of the timeline share: a magic word, little-endian numbers, errors that say where. */

/** Bytes that are not what they claim to be. */
export class TimelineFormatError extends Error {
  constructor(field: string, expectation: string) {
    super(`${field}: ${expectation}`);
    this.name = 'TimelineFormatError';
  }
}

/** A view of bytes that begin with `magic` and are at least `least` long. */
export function openBytes(bytes: Uint8Array, magic: string, least: number): DataView {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < least) {
    throw new TimelineFormatError('length', `${bytes.length} bytes, at least ${least} expected`);
  }
  const found = String.fromCharCode(...bytes.subarray(0, 4));
  if (found !== magic) throw new TimelineFormatError('magic', `"${found}", "${magic}" expected`);
  return view;
}

/** New bytes of a length that begin with `magic`. */
export function startBytes(magic: string, length: number): { bytes: Uint8Array; view: DataView } {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < 4; i++) bytes[i] = magic.charCodeAt(i);
  return { bytes, view: new DataView(bytes.buffer) };
}

export function expectLength(bytes: Uint8Array, length: number): void {
  if (bytes.length !== length) {
    throw new TimelineFormatError('length', `${bytes.length} bytes, ${length} expected`);
  }
}
