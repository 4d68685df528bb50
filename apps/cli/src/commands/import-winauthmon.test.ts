/** `logonscope import-winauthmon` on the command line: counts, problems, exit status. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { record } from '../recorded-terminal.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'import-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The fewest tables of an original; the last row of events is a bad one. */
function original(): string {
  const file = join(folder, 'old.db');
  const database = new DatabaseSync(file);
  database.exec(`
    create table app_auth_companies (id integer primary key, name text);
    create table app_auth_users (id integer primary key, username text, email text, password text, role text);
    create table app_auth_api_keys (id integer primary key, key text, company_id integer);
    create table api_logs (id integer primary key, event_type text, user_name text, computer_name text, timestamp text, company_id integer);
    insert into app_auth_companies values (1, 'Acme');
    insert into api_logs values (1, 'Logon', 'ana', 'PC-1', '2025-06-02 09:00:00.000000', 1);
    insert into api_logs values (2, 'Logoff', 'ana', 'PC-1', '2025-06-02 17:00:00.000000', 1);
    insert into api_logs values (3, 'Logoff', 'ana', 'PC-1', char(27) || '[31msoon', 1);`);
  database.close();
  return file;
}
const move = (...more: string[]) =>
  record(['import-winauthmon', original(), '--instance', join(folder, 'instance'), ...more]);

test('counts on standard output, problems on standard error and in a file, status 1', async () => {
  const file = join(folder, 'left.jsonl');
  const { status, out, error } = await move('--timezone', 'Europe/London', '--problems', file);
  expect(out.split('\n').map((line) => line.trim().replaceAll(/\s+/g, ' '))).toEqual([
    'taken over there already left out',
    'app_auth_companies 1 0 0',
    'api_logs 2 0 1',
    'Times read in Europe/London.',
    '',
  ]);
  expect(error).toContain('api_logs, row 3   left out   timestamp: found ');
  // What stood there is shown, but never sent to the terminal as it is.
  expect(error).not.toContain('\u001b');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    table: 'api_logs',
    row: 3,
    field: 'timestamp',
  });
  expect(status).toBe(1);
});

test('what cannot be read at all is status 2', async () => {
  const missing = await record(['import-winauthmon', join(folder, 'none.db'), '--instance', folder]);
  expect([missing.status, missing.error]).toEqual([2, expect.stringContaining('There is no file')]);
  const zone = await record(['import-winauthmon', 'x.db', '--timezone', 'Mars/Base']);
  expect([zone.status, zone.error]).toEqual([2, expect.stringContaining('IANA time zone')]);
});
