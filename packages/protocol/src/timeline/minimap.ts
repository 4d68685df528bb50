/**
 * Minimap: how many sessions lasted and how many were in use over the whole range, in bins of equal length.
 *
 *     offset  size      content (little endian)
 *     0       4         "LSM1"
 *     4       4         bins: number of bins
 *     8       8         from as 64-bit float: milliseconds since 1970-01-01T00:00:00Z
 *     16      8         length of a bin as 64-bit float, milliseconds
 *     24      8 × bins  for each bin two 32-bit numbers: sessions in use, sessions there (used or not);
 *                       both are means over the bin in thousandths of a session, rounded up
 */
import { expectLength, openBytes, startBytes } from './bytes.ts';

const MAGIC = 'LSM1';
const HEAD_BYTES = 24;
const BIN_BYTES = 8;

export interface Minimap {
  readonly fromMs: number;
  readonly binMs: number;
  /** Thousandths of a session, one number per bin. */
  readonly inUse: Uint32Array;
  readonly present: Uint32Array;
}

export function encodeMinimap({ fromMs, binMs, inUse, present }: Minimap): Uint8Array {
  const { bytes, view } = startBytes(MAGIC, HEAD_BYTES + BIN_BYTES * inUse.length);
  view.setUint32(4, inUse.length, true);
  view.setFloat64(8, fromMs, true);
  view.setFloat64(16, binMs, true);
  for (const [i, value] of inUse.entries()) {
    view.setUint32(HEAD_BYTES + BIN_BYTES * i, value, true);
    view.setUint32(HEAD_BYTES + BIN_BYTES * i + 4, present[i] ?? 0, true);
  }
  return bytes;
}

/** Throws a `TimelineFormatError` if the bytes are something else or cut off. */
export function decodeMinimap(bytes: Uint8Array): Minimap {
  const view = openBytes(bytes, MAGIC, HEAD_BYTES);
  const bins = view.getUint32(4, true);
  expectLength(bytes, HEAD_BYTES + BIN_BYTES * bins);
  const at = (bin: number, part: number) => view.getUint32(HEAD_BYTES + BIN_BYTES * bin + part, true);
  return {
    fromMs: view.getFloat64(8, true),
    binMs: view.getFloat64(16, true),
    inUse: Uint32Array.from({ length: bins }, (_, bin) => at(bin, 0)),
    present: Uint32Array.from({ length: bins }, (_, bin) => at(bin, 4)),
  };
}
