// Logs are put aside at their size, a few times; 0 writes none; nobody else reads them.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { KeptEvent } from './event.ts';
import { openEventLog } from './event-log.ts';
import { ERROR_LOG, logFile, openTextLog } from './logs.ts';
import { writtenTime } from './written-time.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'logs-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const textLog = (rotationBytes: number) =>
  openTextLog({ file: logFile(folder, ERROR_LOG), now: () => 0, rotationBytes: () => rotationBytes });

it('a text log is begun anew at its size, and keeps three old ones', () => {
  const log = textLog(200);
  for (let n = 0; n < 40; n++) log.write(`trouble number ${n}`);
  expect(readdirSync(folder).toSorted()).toEqual(['error.log', 'error.log.1', 'error.log.2', 'error.log.3']);
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).size).toBeLessThan(300);
  expect(readFileSync(join(folder, 'error.log'), 'utf8')).toContain('trouble number 39');
});

it('0 writes none, and a line stays a line', () => {
  textLog(0).write('not written');
  expect(readdirSync(folder)).toEqual([]);
  textLog(1_000).write('first\r\n2026-01-01 forged line');
  expect(readFileSync(join(folder, 'error.log'), 'utf8')).toBe(
    '1970-01-01T00:00:00.000Z first  2026-01-01 forged line\n',
  );
  expect(statSync(join(folder, 'error.log')).mode & 0o077).toBe(0);
});

const event = (n: number, user = `user${n}`): KeptEvent => ({
  n,
  time: Date.UTC(2026, 2, 2, 8, n),
  upload: { type: 'Lock', computer: 'PC-1', time: 'x' },
  plain: { word: 'Lock', user },
});
const eventLog = (rotationBytes = 1e6) =>
  openEventLog({
    ...{ folder, computer: 'PC-1', localAddress: () => '192.0.2.1', rotationBytes: () => rotationBytes },
    timeOf: (time) => writtenTime('UTC', time),
    trouble: (text) => expect.fail(text),
  });
const rows = (name = 'event_log.csv') => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n');

it('event_log.csv has the original’s header and rows, and the status changes in its place', () => {
  const log = eventLog();
  log.add(event(1, 'O\'Brien, "Bo"'));
  log.add(event(2));
  log.mark(event(2), 1);
  expect(rows()).toEqual([
    'eventtype,username,hostname,ipaddress,timestamp,send_status',
    'Lock,"O\'Brien, ""Bo""",PC-1,192.0.2.1,2026-03-02T08:01:00Z,0',
    'Lock,user2,PC-1,192.0.2.1,2026-03-02T08:02:00Z,1',
  ]);
  // After a restart the rows are found again.
  const again = eventLog();
  again.mark(event(1, 'O\'Brien, "Bo"'), 2);
  expect(rows()[1]).toMatch(/,2$/);
  expect(rows()).toHaveLength(3);
});

it('two events that are alike to the second are two rows, each marked once', () => {
  const log = eventLog();
  log.add(event(1));
  log.add(event(1));
  log.mark(event(1), 1);
  expect(rows().map((row) => row.at(-1))).toEqual(['s', '1', '0']);
  log.mark(event(1), 1);
  expect(rows().map((row) => row.at(-1))).toEqual(['s', '1', '1']);
});

it('a file that was put aside still has its statuses changed; five are kept', () => {
  const log = eventLog(150);
  for (let n = 1; n <= 20; n++) log.add(event(n));
  const names = readdirSync(folder).filter((name) => name !== 'event_log.csv');
  expect(names).toHaveLength(5);
  for (let n = 15; n <= 20; n++) log.mark(event(n), 2);
  const all = readdirSync(folder).flatMap((name) => rows(name));
  expect(all.filter((row) => /user(1[5-9]|20),/.test(row) && !row.endsWith(',2'))).toEqual([]);
  expect(existsSync(join(folder, names[0]!))).toBe(true);
});
