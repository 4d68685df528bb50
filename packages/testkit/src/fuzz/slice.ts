/** One slice of fuzzing: inputs number `from` to `from + inputs` of a seed, each read, each judged. */

import type { Reader, RecordSink } from '@logonscope/readers';
import { createRandom, type Random, seedOf } from '@logonscope/simulator';
import { bestReader, type CorpusEntry } from './corpus.ts';
import { damageOneRecord } from './intact.ts';
import { memorySource } from './memory-source.ts';
import { mutate } from './mutate.ts';

export const INPUT_CPU_MS_MAX = 1_000;
export const RSS_BYTES_MAX = 500 * 1024 * 1024;
/** A failing reader fails often; the first ones tell enough. */
const FAILURES_MAX = 20;
/** Share of the inputs in which a single record is damaged and all others must be found. */
const INTACT_SHARE = 0.1;

export interface Slice {
  readonly seed: number;
  readonly from: number;
  readonly inputs: number;
}

export interface FuzzFailure {
  /** With the seed, this number makes the very input again. */
  readonly input: number;
  readonly sample: string;
  readonly reader: string;
  readonly what: string;
}

export interface FuzzTally {
  readonly inputs: number;
  readonly reads: number;
  readonly bytes: number;
  readonly records: number;
  readonly problems: number;
  /** Inputs with one damaged record, around which all others had to be found. */
  readonly intactChecks: number;
  readonly slowestCpuMs: number;
  readonly slowestInput: number;
  readonly peakRssBytes: number;
  readonly failures: readonly FuzzFailure[];
}

export interface Instruments {
  /** CPU time of this process so far. */
  cpuMs(): number;
  rssBytes(): number;
  /** Called before each input, so that somebody else can tell which one never came back. */
  begin(input: number): void;
}

/** Reads every input of the slice with the reader it was made for and with the one that claims it now. */
export async function fuzzSlice(
  { seed, from, inputs }: Slice,
  corpus: readonly CorpusEntry[],
  readers: readonly Reader[],
  instruments: Instruments,
): Promise<FuzzTally> {
  const tally = { inputs: 0, reads: 0, bytes: 0, records: 0, problems: 0, intactChecks: 0 };
  const worst = { slowestCpuMs: 0, slowestInput: from, peakRssBytes: 0 };
  const failures: FuzzFailure[] = [];
  for (let input = from; input < from + inputs && failures.length < FAILURES_MAX; input++) {
    instruments.begin(input);
    const random = createRandom(seedOf('fuzz', seed, input));
    const honest = random.pick(corpus);
    const fail = (reader: Reader, what: string) =>
      void failures.push({ input, sample: honest.name, reader: reader.id, what });
    const judged = async <T>(reader: Reader, read: () => Promise<T>): Promise<T | null> => {
      const before = instruments.cpuMs();
      const told = await read().catch((error: unknown) => {
        fail(reader, `threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        return null;
      });
      const tookMs = instruments.cpuMs() - before;
      tally.reads++;
      if (tookMs > worst.slowestCpuMs) Object.assign(worst, { slowestCpuMs: tookMs, slowestInput: input });
      if (tookMs > INPUT_CPU_MS_MAX) fail(reader, `took ${Math.round(tookMs)} ms of CPU`);
      return told;
    };
    if (random.chance(INTACT_SHARE)) {
      const damage = await judged(honest.reader, () => damageOneRecord(honest, random));
      if (damage !== null) tally.intactChecks++;
      if (damage !== null && damage.lost.length > 0) fail(honest.reader, `lost ${damage.lost.join(', ')}`);
    } else {
      const bytes = mutate(honest.bytes, random.pick(corpus).bytes, random);
      tally.bytes += bytes.length;
      for (const reader of readersFor(honest, bytes, readers, random)) {
        const told = await judged(reader, () => readAll(reader, bytes));
        tally.records += told?.records ?? 0;
        tally.problems += told?.problems ?? 0;
      }
    }
    tally.inputs++;
    if (input % 64 === 0) worst.peakRssBytes = Math.max(worst.peakRssBytes, instruments.rssBytes());
    if (worst.peakRssBytes > RSS_BYTES_MAX) {
      fail(honest.reader, `memory grew to ${Math.round(worst.peakRssBytes / 2 ** 20)} MB`);
      break;
    }
  }
  return { ...tally, ...worst, failures };
}

/** The reader the input was made for, and the one that claims it now; where none does, any one. */
function readersFor(
  honest: CorpusEntry,
  bytes: Uint8Array,
  readers: readonly Reader[],
  random: Random,
): Set<Reader> {
  return new Set([honest.reader, bestReader(readers, bytes) ?? random.pick(readers)]);
}

async function readAll(reader: Reader, bytes: Uint8Array) {
  const told = { records: 0, problems: 0 };
  const sink: RecordSink = {
    record: (record) => {
      told.records++;
      // Fields are read lazily; damage may wait there too.
      if (record.kind === 'windows') record.field('TargetUserName');
    },
    problem: () => void told.problems++,
    life: () => {},
  };
  await reader.read(memorySource('fuzz', bytes), sink, { timezone: 'Europe/London', assumedTimezone: 'UTC' });
  return told;
}
