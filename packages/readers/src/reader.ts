/** What a reader is: four facts and one function. Bytes in, records and problems out, in file order. */
import type { LifeSpan, Problem, RawRecord } from '@logonscope/core';

/**
 * A sequence of bytes to read once, front to back. `read` fills `into` from the current position and returns how
 * many bytes it wrote; 0 means the end. It may answer at once or by promise (files are read synchronously in Node).
 */
export interface ByteSource {
  readonly name: string;
  /** Total bytes, where known; used for progress only. */
  readonly sizeBytes: number | null;
  read(into: Uint8Array): number | Promise<number>;
}

/** Receives what a reader finds. A record object may be reused: it is valid only during the call. */
export interface RecordSink {
  record(record: RawRecord): void;
  problem(problem: Problem): void;
  /** Records that were skipped unread as no session evidence; only readers that know record numbers tell of them. */
  life?(span: LifeSpan): void;
  /** Bytes of the source consumed so far. */
  progress?(bytes: number): void;
}

export interface ReadOptions {
  /** IANA zone for times that carry none; `null` means the caller did not say. */
  readonly timezone: string | null;
  /** The zone to assume (with a `zone-assumed` problem) when `timezone` is null, e.g. the machine's. */
  readonly assumedTimezone: string;
  /** Hand over every record, not only those whose provider and ID the core's tables know. */
  readonly everyRecord?: boolean;
  /** EVTX: also search the slack after each chunk's free-space mark; such records are flagged in `source`. */
  readonly slack?: boolean;
  /** Called for each record's cheap facts first; false skips it unread (it still counts as a sign of life). */
  readonly wanted?: (provider: string, eventId: number) => boolean;
  /** EVTX: a faster CRC-32 than our own, such as zlib's. */
  readonly crc32?: (bytes: Uint8Array, start?: number) => number;
}

export interface Reader {
  readonly id: string;
  readonly label: string;
  readonly extensions: readonly string[];
  /** False where times carry no zone and `timezone` decides. */
  readonly timesHaveZone: boolean;
  /** How sure the reader is that `head` (the first 64 KiB at most, and the whole file if smaller) is its format: 0 to 1. */
  detect(head: Uint8Array): number;
  /** Throws only when the source itself cannot be read; everything else is a problem in the sink. */
  read(source: ByteSource, sink: RecordSink, options: ReadOptions): Promise<void>;
}
