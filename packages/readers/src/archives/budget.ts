/** How much an archive may unpack to, counted over all its levels, so that nesting does not multiply the limit. */
import { ARCHIVE_FREE_BYTES, ARCHIVE_RATIO_MAX } from '../text-limits.ts';

export interface ArchiveBudget {
  /** Bytes of the outermost file read so far. */
  packed(bytes: number): void;
  /** Bytes unpacked at any level; false once that is too much. */
  unpacked(bytes: number): boolean;
}

/** A budget for one outermost archive. */
export function archiveBudget(): ArchiveBudget {
  let packed = 0;
  let unpacked = 0;
  return {
    packed(bytes) {
      packed += bytes;
    },
    unpacked(bytes) {
      unpacked += bytes;
      return unpacked <= ARCHIVE_FREE_BYTES || unpacked <= packed * ARCHIVE_RATIO_MAX;
    },
  };
}
