/** Everything that an EVTX file says, record by record: for comparing readers and for looking at raw records. */
import type { Problem } from '@logonscope/core';
import { bytesSource } from '../bytes.ts';
import { problemLog } from '../limits.ts';
import type { ByteSource } from '../reader.ts';
import { crc32 as plainCrc32 } from './crc32.ts';
import { MORE_PROBLEMS } from './reader.ts';
import type { NamedText } from './record/record.ts';
import { scanFile } from './scan.ts';
import { createScanMemory } from './scan-memory.ts';

export interface FullRecord {
  readonly eventId: number | null;
  readonly provider: string | null;
  readonly channel: string | null;
  readonly computer: string | null;
  readonly recordId: number | null;
  /** System/TimeCreated with all its decimals. */
  readonly timeText: string | null;
  /** Every field of EventData or UserData in document order; unnamed ones as `#0`, `#1` … */
  readonly fields: readonly NamedText[];
  /** How it came to light. */
  readonly found: 'whole' | 'torn' | 'slack';
}

/** Reads every record of a file or of bytes in memory with all fields, through the same plans as the reader. */
export async function readAllFields(
  input: ByteSource | Uint8Array,
  options: { readonly slack?: boolean; readonly problem?: (problem: Problem) => void } = {},
): Promise<FullRecord[]> {
  const source = input instanceof Uint8Array ? bytesSource('bytes', input) : input;
  const problems = problemLog(source.name, MORE_PROBLEMS, (problem) => options.problem?.(problem));
  const records: FullRecord[] = [];
  await scanFile(source, {
    memory: createScanMemory(),
    crc32: plainCrc32,
    slack: options.slack === true,
    problems,
    progress: () => {},
    record: (record, found) => {
      const { eventId, provider, channel, computer, recordId, timeText } = record;
      records.push({
        eventId,
        provider,
        channel,
        computer,
        recordId,
        timeText,
        fields: record.allFields(),
        found,
      });
    },
  });
  problems.close();
  return records;
}
