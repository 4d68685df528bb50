/** Terminal tables: layout, narrow terminals, golden files of sessions. */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SESSIONS } from './columns/session-fixture.ts';
import { csvWriter } from './csv.ts';
import { displayWidth } from './display-width.ts';
import { collector, HOSTILE_TABLE, longTable, PLAIN_TABLE } from './fixtures.ts';
import { createTableWriter, sessionTable } from './index.ts';
import type { TableOptions } from './table.ts';
import { fitColumns, type TableColumn } from './table-layout.ts';
import type { Table, Writer } from './writer.ts';

async function textOf(table: Table, writer: Writer): Promise<string> {
  const out = collector();
  await writer.write(table, out.sink);
  return out.text();
}

const linesOf = async (table: Table, options?: TableOptions) =>
  (await textOf(table, createTableWriter(options))).split('\n');

/** Compares with a file beside the tests; UPDATE=1 writes it, and the difference is reviewed in git. */
function expectGolden(text: string, name: string): void {
  const file = new URL(`golden/${name}`, import.meta.url);
  if (process.env.UPDATE === '1') writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, 'utf8'));
}

describe('sessions as people get them', () => {
  const berlin = { timezone: 'Europe/Berlin' };

  it('in a terminal of 100 columns', async () => {
    const table = sessionTable(SESSIONS, { ...berlin, narrow: true });
    expectGolden(await textOf(table, createTableWriter({ widthColumns: 100 })), 'sessions-100-columns.txt');
  });

  it('in a pipe', async () => {
    const table = sessionTable(SESSIONS, { ...berlin, narrow: true });
    expectGolden(await textOf(table, createTableWriter()), 'sessions.txt');
  });

  it('as CSV', async () => {
    expectGolden(await textOf(sessionTable(SESSIONS), csvWriter), 'sessions.csv');
  });
});

describe('a table in the terminal', () => {
  it('lines up wide characters, sets numbers right, writes durations and times as people read them', async () => {
    expect(await linesOf(PLAIN_TABLE)).toEqual([
      'Time spent',
      '',
      'User                 Start                       Day         Use time  Sessions    Share  Elevated',
      '───────────────────  ──────────────────────────  ──────────  ────────  ────────  ───────  ────────',
      'ana                  2026-03-28 23:30:00 +01:00  2026-03-28   7:00:00         3   12.5 %  yes',
      'Jürgen Müller, "JM"  2026-03-29 03:30:00 +02:00  2026-03-29  25:01:02     12345  100.0 %  no',
      '田中さくら',
      '',
      '3 rows.',
      'Times in Europe/Berlin.',
      'Overlaps count once.',
      '',
    ]);
  });

  it.each([20, 40, 60, 80, 120])('keeps the rows of %i columns within them', async (widthColumns) => {
    const lines = await linesOf(sessionTable(SESSIONS, { narrow: true }), { widthColumns });
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(Math.max(widthColumns, 20));
  });

  it('says which columns found no room', async () => {
    const lines = await linesOf(PLAIN_TABLE, { widthColumns: 50 });
    expect(lines).toContain('ana         2026-03-28 23:30:00 +01:00  2026-03-28');
    expect(lines.join(' ')).toContain('Not shown for lack of room: Use time, Sessions, Share, Elevated.');
  });

  it('sets titles in bold where asked, and obeys nothing else', async () => {
    const text = await textOf(HOSTILE_TABLE, createTableWriter({ colour: true }));
    const own = text.replaceAll(/\u001b\[(?:1|0)m/g, '');
    expect(text).not.toBe(own);
    expect(own).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  it('prints rows beyond those it has measured', async () => {
    const lines = await linesOf(longTable(2500));
    expect(lines.filter((line) => line.startsWith('CORP\\user'))).toHaveLength(2500);
    expect(lines).toContain('2500 rows.');
  });

  it('says so if there are no rows', async () => {
    expect(await linesOf({ ...PLAIN_TABLE, rows: [] })).toContain('No rows.');
  });
});

describe('fitting columns', () => {
  const column = (width: number, fixed = false): TableColumn => {
    return { index: 0, title: '', numeric: fixed, fixed, width };
  };
  const widths = (columns: readonly TableColumn[]) => columns.map(({ width }) => width);

  it('lets the widest text give way first', () => {
    expect(widths(fitColumns([column(10), column(30), column(8, true)], 40).shown)).toEqual([10, 18, 8]);
    expect(widths(fitColumns([column(20), column(30)], 32).shown)).toEqual([15, 15]);
  });

  it('leaves columns out from the right where none can give more', () => {
    const { shown, hidden } = fitColumns([column(20), column(26, true), column(9, true)], 40);
    expect([widths(shown), widths(hidden)]).toEqual([[12, 26], [9]]);
  });

  it('keeps the first column whatever happens', () => {
    expect(widths(fitColumns([column(26, true), column(5)], 10).shown)).toEqual([26]);
  });
});
