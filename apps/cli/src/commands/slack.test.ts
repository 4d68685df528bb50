/** `--slack`: records that a log has deleted are read from the unused space of its chunks, and only when asked for. */
import { evtxBytes, type SimRecord, simulateFleet } from '@logonscope/simulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { record } from '../recorded-terminal.ts';
import { folderOf } from '../sample-logs.ts';

const FILE_HEADER_BYTES = 4096;
const CHUNK_BYTES = 65_536;
/** Where a chunk's header says how far its records reach. */
const FREE_SPACE_AT = FILE_HEADER_BYTES + 48;
/** All of these fit into one chunk. */
const WRITTEN_RECORDS = 60;
const KEPT_RECORDS = 25;

interface ToldEvent {
  readonly recordId: number;
  readonly source: unknown;
}

interface ToldSession {
  readonly id: string;
  readonly start: string;
  readonly end: string | null;
  readonly endBy: string;
}

let files: ReturnType<typeof folderOf>;

function securityRecords(): SimRecord[] {
  const [computer] = simulateFleet({ seed: 5, computers: 1, days: 12, noise: 0.2 });
  return computer!.records.filter(({ layout }) => layout.channel === 'Security').slice(0, WRITTEN_RECORDS);
}

/** The log as it was before its last records, over the log with them: their bytes stay behind its end. */
function cutBack(whole: Uint8Array, shorter: Uint8Array): Uint8Array {
  const end = FILE_HEADER_BYTES + new DataView(shorter.buffer).getUint32(FREE_SPACE_AT, true);
  const cut = shorter.slice();
  cut.set(whole.subarray(end), end);
  return cut;
}

beforeAll(() => {
  const records = securityRecords();
  const whole = evtxBytes(records);
  const shorter = evtxBytes(records.slice(0, KEPT_RECORDS));
  expect(whole.length).toBe(FILE_HEADER_BYTES + CHUNK_BYTES);
  files = folderOf({ 'whole.evtx': whole, 'cut.evtx': cutBack(whole, shorter) });
});
afterAll(() => files.remove());

async function told<T>(command: 'events' | 'sessions', file: string, ...options: string[]): Promise<T[]> {
  const shown = ['--include', 'all', '--format', 'json', '--quiet'];
  const { out } = await record([command, files.path(file), ...shown, ...options]);
  return JSON.parse(out);
}

const events = (file: string, ...options: string[]) => told<ToldEvent>('events', file, ...options);
/** Not until when open sessions are counted: records that are no events prove no life from where they are deleted. */
const sessions = async (file: string, ...options: string[]) =>
  (await told<ToldSession>('sessions', file, ...options)).map(({ id, start, end, endBy }) => [
    id,
    start,
    end,
    endBy,
  ]);

const withoutSource = (list: readonly ToldEvent[]) => list.map(({ source: _, ...event }) => event);

test('deleted records are found with --slack only, each as it was written', async () => {
  const whole = await events('whole.evtx');
  const lastKept = securityRecords()[KEPT_RECORDS - 1]!.recordId;
  const kept = whole.filter(({ recordId }) => recordId <= lastKept);
  expect(kept.length).toBeLessThan(whole.length);
  expect(withoutSource(await events('cut.evtx'))).toEqual(withoutSource(kept));
  expect(withoutSource(await events('cut.evtx', '--slack'))).toEqual(withoutSource(whole));
});

test('sessions come back with them', async () => {
  const whole = await sessions('whole.evtx');
  expect((await sessions('cut.evtx')).length).toBeLessThan(whole.length);
  expect(await sessions('cut.evtx', '--slack')).toEqual(whole);
});
