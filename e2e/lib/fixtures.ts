/** Real logs of other people, which stand beside the repository; where they are absent, a proof says so and is left out. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const REPOSITORY = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** Folder of the EVTX files and JSON captures, or null. */
export const EVTX_FIXTURES = folder('../shared/fixtures/evtx', 'their parts are left out');
/** Folder of copies of the collector, Splunk and agent CSV files, and of variants that the originals lack. */
export const CSV_SAMPLES = join(REPOSITORY, 'samples/csv');
/** Folder of the originals, or of the copies where those are absent. */
export const CSV_FIXTURES =
  folder('../shared/fixtures/csv', 'their copies in samples/csv are read') ?? CSV_SAMPLES;

function folder(path: string, otherwise: string): string | null {
  const full = join(REPOSITORY, path);
  if (existsSync(full)) return full;
  console.log(`skipped: real logs are not at ${path}; ${otherwise}`);
  return null;
}

/** Paths of all real logs below the EVTX folder, relative to it. */
export function realLogs(): string[] {
  if (EVTX_FIXTURES === null) return [];
  const names = (below: string, extension: string): string[] =>
    readdirSync(join(EVTX_FIXTURES, below))
      .filter((name) => name.endsWith(extension))
      .map((name) => join(below, name))
      .sort();
  return [...names('.', '.evtx'), ...names('jsonl', '.jsonl'), 'golden/system-win11.windows-export.xml'];
}

/** One real log as the files of a collection. */
export function realLog(path: string): Map<string, Uint8Array> {
  return new Map([[path, readFileSync(join(EVTX_FIXTURES!, path))]]);
}
