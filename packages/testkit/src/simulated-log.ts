/** One simulated computer's log on every way into the engine: handed over directly, or written to files and read back. */
import {
  createDecoder,
  type Decoder,
  type LifeSpan,
  type LogonSession,
  type Problem,
  type SessionEvent,
  type SessionizeOptions,
  sessionize,
} from '@logonscope/core';
import { readSource } from '@logonscope/readers';
import {
  agentCsv,
  agentPosts,
  collectorCsv,
  encodeText,
  eventsXml,
  evtxFiles,
  type SimRecord,
  type SimulatedComputer,
  splunkCsv,
  type TruthSession,
} from '@logonscope/simulator';
import { memorySource } from './fuzz/memory-source.ts';
import { decodeSimulated, isOfPerson } from './simulated.ts';

/** Files by name, as a folder would hold them. */
export type LogFiles = ReadonlyMap<string, Uint8Array>;

/** What the readers made of one or more files. */
export interface ReadLog {
  readonly events: SessionEvent[];
  readonly life: LifeSpan[];
  readonly problems: Problem[];
}

export interface SimulatedLog extends ReadLog {
  readonly truth: readonly TruthSession[];
}

export interface ReadFilesOptions {
  /** IANA zone for times that carry none; null (the default) assumes UTC and says so. */
  readonly timezone?: string | null;
  /** Makes a decoder for one file; by default one that keeps everything. */
  readonly decoder?: () => Decoder;
}

/** Reads files of any known format, each found by its content, the way the command line does. */
export async function readFiles(files: LogFiles, options: ReadFilesOptions = {}): Promise<ReadLog> {
  const log: ReadLog = { events: [], life: [], problems: [] };
  for (const [name, bytes] of files) {
    const decode = options.decoder?.() ?? createDecoder({ peopleOnly: false });
    await readSource(
      memorySource(name, bytes),
      {
        record: (record) => {
          const event = decode(record);
          if (event !== null) log.events.push(event);
        },
        problem: (problem) => void log.problems.push(problem),
        life: (span) => void log.life.push(span),
      },
      { timezone: options.timezone ?? null, assumedTimezone: 'UTC' },
    );
  }
  return log;
}

const utf8 = (text: string): Uint8Array => encodeText(text, 'utf-8');
const jsonLines = (values: readonly object[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join('');

type Wrote = Pick<SimulatedComputer, 'records' | 'spec'>;

/** The formats that the simulator writes; each turns a computer's records into the files of one collection. */
export const SIMULATED_FORMATS = {
  evtx: ({ records }) => evtxFiles(records),
  xml: ({ records }) => new Map([['events.xml', utf8(eventsXml(records))]]),
  collectorCsv: ({ records, spec }) =>
    new Map([['collector.csv', collectorCsv(records, { zone: spec.zone, encoding: 'utf-8' })]]),
  splunkCsv: ({ records }) => new Map([['splunk.csv', utf8(splunkCsv(records))]]),
  agentCsv: ({ records }) => new Map([['event_log.csv', utf8(agentCsv(records))]]),
  agentPosts: ({ records }) => new Map([['posts.jsonl', utf8(jsonLines(agentPosts(records)))]]),
} as const satisfies Record<string, (computer: Wrote) => LogFiles>;

export type SimulatedFormat = keyof typeof SIMULATED_FORMATS;

/** A simulated computer's log read back from the files of one format, with the truth beside it. */
export async function readSimulated(
  computer: SimulatedComputer,
  format: SimulatedFormat,
  options: ReadFilesOptions = {},
): Promise<SimulatedLog> {
  const files = SIMULATED_FORMATS[format](computer);
  const log = await readFiles(files, { timezone: computer.spec.zone, ...options });
  return { ...log, truth: computer.truth };
}

/** The same without files: records as readers hand them over, and every record as a sign of life. */
export function handOverSimulated(
  { records, truth }: { readonly records: Iterable<SimRecord>; readonly truth: readonly TruthSession[] },
  decoder: () => Decoder = () => createDecoder({ peopleOnly: false }),
): SimulatedLog {
  return { ...decodeSimulated(records, decoder()), problems: [], truth };
}

/** Sessions of people at a desktop in a log that was read. */
export function sessionsOfPeople(
  { events, life }: Pick<ReadLog, 'events' | 'life'>,
  options: SessionizeOptions = {},
): LogonSession[] {
  return sessionize(events, life, options).sessions.filter(isOfPerson);
}
