/** How fast each text format becomes understood events, beside `cat` on the same file. */
import { closeSync, mkdtempSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDecoder } from '@logonscope/core';
import { readSource } from '@logonscope/readers';
import { tell } from './lib/figures.ts';
import { measure } from './lib/measure.ts';
import { median } from './lib/rounds.ts';
import { TEXT_LOGS, writeTextLog } from './lib/text-logs.ts';

const MEGABYTE = 1e6;
/** DESIGN's targets, in MB of file per second of CPU. */
const LEAST: Readonly<Record<string, number>> = { 'session-sentry-csv': 40, 'windows-xml': 60 };
const ROUNDS = 3;

async function readOnce(path: string, rows: number): Promise<number> {
  const descriptor = openSync(path, 'r');
  const decode = createDecoder({ peopleOnly: true });
  const before = process.cpuUsage();
  let events = 0;
  await readSource(
    { name: path, sizeBytes: null, read: (into) => readSync(descriptor, into, 0, into.length, null) },
    {
      record(record) {
        if (decode(record) !== null) events += 1;
      },
      problem({ at, message }) {
        throw new Error(`the generated file is not valid: line ${at.line}: ${message}`);
      },
      life: () => {},
    },
    { timezone: 'Europe/London', assumedTimezone: 'UTC' },
  );
  const { user, system } = process.cpuUsage(before);
  closeSync(descriptor);
  if (events !== rows) throw new Error(`${path}: ${events} events of ${rows} rows`);
  return (user + system) / 1e6;
}

const quick = process.argv.includes('--quick');
const scratch = mkdtempSync(join(tmpdir(), 'logonscope-readers-'));
try {
  for (const log of TEXT_LOGS) {
    const path = join(scratch, log.id);
    const rows = writeTextLog(log, path, (quick ? 4 : 64) * MEGABYTE);
    const megabytes = statSync(path).size / MEGABYTE;
    const speeds: number[] = [];
    for (let round = 0; round < ROUNDS; round++) speeds.push(megabytes / (await readOnce(path, rows)));
    const least = LEAST[log.id];
    const figure = {
      part: 'readers',
      what: `${log.label} to events`,
      value: median(speeds),
      unit: 'MB / CPU s',
    };
    tell(least === undefined ? figure : { ...figure, least });
    rmSync(path);
  }
  const path = join(scratch, 'cat');
  writeTextLog(TEXT_LOGS[0]!, path, (quick ? 4 : 64) * MEGABYTE);
  const { cpuSeconds, wallSeconds } = await measure({ command: 'cat', args: [path] });
  const value = statSync(path).size / MEGABYTE / Math.max(cpuSeconds, wallSeconds);
  tell({ part: 'readers', what: 'cat', value, unit: 'MB / s' });
  console.log(`resident at most ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
