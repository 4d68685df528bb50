/** The honest inputs that fuzzing starts from: a log in every format, archives of some, and the repository's samples. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { READERS, type Reader, readSource } from '@logonscope/readers';
import { type EvtxOptions, evtxFiles, simulateFleet } from '@logonscope/simulator';
import { HOSTILE_NAMES } from '../reader-conformance.ts';
import { TEXT_SAMPLES } from '../reader-samples.ts';
import { zipOf } from './zip.ts';

/** Larger inputs would only repeat what smaller ones show. */
export const INPUT_BYTES_MAX = 65_536;

export interface CorpusEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The reader it is made for. */
  readonly reader: Reader;
}

/** Opens archives and chooses the reader, as the command line does; in this role it is a reader like any other. */
export const anyFormat: Reader = {
  id: 'any-format',
  label: 'Any format, packed or not',
  extensions: [],
  timesHaveZone: true,
  detect: () => 0,
  read: readSource,
};

/** Everything to start from, in a stable order; `samples` may be missing. */
export function loadCorpus(samples: string): CorpusEntry[] {
  const made = [...textInputs(), ...evtxInputs()];
  return [...made, ...archivesOf(made), ...fileInputs(samples)];
}

function textInputs(): CorpusEntry[] {
  const names = [
    ...HOSTILE_NAMES.filter(({ length }) => length < 100),
    ...Array.from({ length: 60 }, (_, i) => `user${i}`),
  ];
  return TEXT_SAMPLES.map(({ reader, file }) => cut(reader.id, file(names), reader));
}

const EVTX_VARIANTS: Readonly<Record<string, EvtxOptions>> = {
  plain: {},
  forwarded: { bare: true },
  'in use': { dirty: true, tornLast: true, slackBytes: 20_000 },
};

/** Two simulated days of a workstation as EVTX files; of each the beginning, and one chunk without its file. */
function evtxInputs(): CorpusEntry[] {
  const [computer] = simulateFleet({ seed: 1, computers: 1, days: 2, noise: 0.3 });
  return Object.entries(EVTX_VARIANTS).flatMap(([variant, options]) =>
    [...evtxFiles(computer?.records ?? [], options)].flatMap(([file, bytes]) => {
      const reader = bestReader(READERS, bytes.subarray(0, INPUT_BYTES_MAX));
      if (reader === null) return [];
      const chunk = bytes.slice(FILE_HEADER_BYTES, FILE_HEADER_BYTES + INPUT_BYTES_MAX);
      return [cut(`${variant} ${file}`, bytes, reader), cut(`${variant} ${file}, one chunk`, chunk, reader)];
    }),
  );
}

const FILE_HEADER_BYTES = 4_096;

function archivesOf(inputs: readonly CorpusEntry[]): CorpusEntry[] {
  return inputs.flatMap(({ name, bytes }, index) => {
    if (index % 3 !== 0) return [];
    return [
      cut(`${name}.gz`, new Uint8Array(gzipSync(bytes)), anyFormat),
      cut(`${name}.zip`, zipOf('log', bytes), anyFormat),
    ];
  });
}

/** All files below a folder that some reader recognises. */
function fileInputs(folder: string): CorpusEntry[] {
  if (!existsSync(folder)) return [];
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return paths.flatMap((path) => {
    const bytes = new Uint8Array(readFileSync(path));
    const reader = bestReader(READERS, bytes.subarray(0, INPUT_BYTES_MAX));
    return reader === null ? [] : [cut(relative(folder, path), bytes, reader)];
  });
}

const cut = (name: string, bytes: Uint8Array, reader: Reader): CorpusEntry => ({
  name,
  bytes: bytes.slice(0, INPUT_BYTES_MAX),
  reader,
});

/** The reader most sure of these bytes; null if none claims them. The first of equals wins. */
export function bestReader(readers: readonly Reader[], bytes: Uint8Array): Reader | null {
  let best: Reader | null = null;
  let sureness = 0;
  for (const reader of readers) {
    const sure = reader.detect(bytes);
    if (sure > sureness) {
      best = reader;
      sureness = sure;
    }
  }
  return best;
}
