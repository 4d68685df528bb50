/** The EVTX reader: a scan of the file, with what is wanted handed on and everything noted as a sign of life. */
import { isWanted } from '@logonscope/core';
import { holdsText } from '../bytes.ts';
import { problemLog } from '../limits.ts';
import type { ByteSource, Reader, ReadOptions, RecordSink } from '../reader.ts';
import type { Found } from './chunk.ts';
import { type Crc32, crc32 as plainCrc32 } from './crc32.ts';
import { CHUNK_MAGIC, FILE_HEADER_BYTES, FILE_MAGIC } from './format.ts';
import { LifeLanes } from './life.ts';
import type { EvtxRecord } from './record/record.ts';
import { scanFile } from './scan.ts';
import { createScanMemory, type ScanMemory } from './scan-memory.ts';
import { rememberVerdicts } from './verdicts.ts';

/** The code of the summary behind the problems of a file that has too many. */
export const MORE_PROBLEMS = 'evtx/more-problems';

export interface EvtxSettings {
  /** A faster CRC-32 than our own, such as zlib's; `ReadOptions.crc32` wins over it. */
  readonly crc32?: Crc32;
}

/** A reader of EVTX files with settings of its own; `evtxReader` is the one without. */
export function createEvtxReader(settings: EvtxSettings = {}): Reader {
  const idle: ScanMemory[] = [];
  return {
    id: 'evtx',
    label: 'Windows event log (EVTX)',
    extensions: ['.evtx'],
    timesHaveZone: true,
    detect,
    async read(source, sink, options) {
      const memory = idle.pop() ?? createScanMemory();
      const crc32 = options.crc32 ?? settings.crc32 ?? plainCrc32;
      await read(source, sink, options, { memory, crc32 });
      idle.push(memory);
    },
  };
}

export const evtxReader: Reader = createEvtxReader();

/** A right magic is proof; a chunk without it, or behind a spoilt file header, is nearly one. */
function detect(head: Uint8Array): number {
  if (holdsText(head, 0, FILE_MAGIC)) return 1;
  if (holdsText(head, 0, CHUNK_MAGIC)) return 0.9;
  return holdsText(head, FILE_HEADER_BYTES, CHUNK_MAGIC) ? 0.9 : 0;
}

async function read(
  source: ByteSource,
  sink: RecordSink,
  options: ReadOptions,
  tools: { memory: ScanMemory; crc32: Crc32 },
): Promise<void> {
  const problems = problemLog(source.name, MORE_PROBLEMS, (problem) => sink.problem(problem));
  const wanted = options.everyRecord === true ? () => true : rememberVerdicts(options.wanted ?? isWanted);
  const lanes = new LifeLanes((span) => sink.life?.(span));
  const record = (found: EvtxRecord, how: Found): void => {
    if (how !== 'slack') noteLife(lanes, found);
    const { provider, eventId } = found;
    if (options.everyRecord === true || (eventId !== null && wanted(provider ?? '', eventId)))
      sink.record(found);
  };
  const progress = (bytes: number) => sink.progress?.(bytes);
  await scanFile(source, { ...tools, slack: options.slack === true, record, problems, progress });
  lanes.finish();
  problems.close();
}

/** Any record proves that its computer ran; records without a number or time prove nothing. */
function noteLife(lanes: LifeLanes, record: EvtxRecord): void {
  const { computer, channel, plan, timeMs, recordId } = record;
  if (computer === null || channel === null || recordId === null || Number.isNaN(timeMs)) return;
  let lane = plan === null ? null : plan.lane;
  if (lane === null || lane.channel !== channel || lane.computer !== computer) {
    lane = lanes.lane(computer, channel);
    if (plan !== null) plan.lane = lane;
  }
  lanes.touch(lane, recordId, timeMs);
}
