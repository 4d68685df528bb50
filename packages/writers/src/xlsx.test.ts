/** Workbooks part by part: number formats, dates, sheets, and never a formula. */
import { readXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { collector, HOSTILE_TABLE, longTable, PLAIN_TABLE, unzipped } from './fixtures.ts';
import type { Table } from './writer.ts';
import { xlsxWriter } from './xlsx.ts';

async function partsOf(table: Table): Promise<Record<string, string>> {
  const out = collector();
  await xlsxWriter.write(table, out.sink);
  return unzipped(out.bytes());
}

const sheetOf = async (table: Table) => (await partsOf(table))['xl/worksheets/sheet1.xml']!;

describe('a workbook', () => {
  it('holds durations as fractions of a day, dates as dates in UTC, text in the cell itself', async () => {
    const sheet = await sheetOf(PLAIN_TABLE);
    const cell = (at: string) => new RegExp(`<c r="${at}"[^>]*?(?:/>|>.*?</c>)`).exec(sheet)?.[0];
    expect(cell('A2')).toContain('t="inlineStr"');
    // 28 March 2026 22:30:00.250 is day 46109 of 1900's calendar.
    expect(Number(/<v>(.*?)<\/v>/.exec(cell('B2')!)![1])).toBeCloseTo(
      46_109 + (22.5 * 3600 + 0.25) / 86_400,
      8,
    );
    expect(cell('D2')).toContain(`<v>${7 / 24}</v>`);
    expect(cell('D3')).toContain(`<v>${90_061_500 / 86_400_000}</v>`);
    expect(cell('E3')).toContain('<v>12345</v>');
    expect(cell('G2')).toMatch(/t="b".*<v>1<\/v>/);
  });

  it('formats durations as hours without limit and dates to the second', async () => {
    const { 'xl/styles.xml': styles } = await partsOf(PLAIN_TABLE);
    expect(styles).toContain('formatCode="[h]:mm:ss"');
    expect(styles).toContain('formatCode="yyyy-mm-dd hh:mm:ss"');
    expect(styles).toContain('<b/>');
  });

  it('has a frozen header, filter buttons, column widths and a sheet with the method', async () => {
    const parts = await partsOf(PLAIN_TABLE);
    const sheet = parts['xl/worksheets/sheet1.xml'];
    expect(sheet).toContain('state="frozen"');
    expect(sheet).toContain('<autoFilter ref="A1:G4"');
    expect(sheet).toMatch(/<col [^>]*width="/);
    expect(parts['xl/worksheets/sheet2.xml']).toContain('Overlaps count once.');
    expect(parts['xl/workbook.xml']).toMatch(/name="Time spent".*name="Notes"/s);
  });

  it('names its sheet as Excel allows', async () => {
    const out = collector();
    await xlsxWriter.write(HOSTILE_TABLE, out.sink);
    expect((await readXlsx(out.bytes())).sheets.map(({ name }) => name)).toEqual([
      'Names from "logs" 31m',
      'Notes',
    ]);
    for (const title of ['', "'", 'History', 'notes', '[]:*?/\\', '𠮷'.repeat(40)]) {
      await xlsxWriter.write({ ...PLAIN_TABLE, title }, () => {});
    }
  });

  it('never holds a formula', async () => {
    for (const table of [HOSTILE_TABLE, streamedHostile()]) {
      const parts = await partsOf(table);
      for (const [name, xml] of Object.entries(parts)) {
        if (name.startsWith('xl/worksheets/')) expect(xml).not.toMatch(/<f[ >]|t="str"|<hyperlink/);
      }
    }
  });

  it('of very many rows is streamed, and ends with the method under the rows', async () => {
    const rows = 30_000;
    const sheet = await sheetOf(longTable(rows));
    expect(sheet.match(/<row /g)!.length).toBeGreaterThan(rows);
    expect(sheet).toContain('state="frozen"');
    expect(sheet).toMatch(/Made up\..*<\/sheetData>/s);
    // The empty row between is where Excel takes the table to end.
    expect(sheet).not.toContain(`<row r="${rows + 2}">`);
    expect(sheet).toContain(`<row r="${rows + 3}">`);
  });

  it('gives up cleanly when the disk is full or the source breaks off, and closes the source', async () => {
    const failure = new Error('disk full');
    for (const failingPart of [0, 3]) {
      let closed = false;
      function* rows() {
        try {
          yield* longTable(60_000).rows;
        } finally {
          closed = true;
        }
      }
      let parts = 0;
      const full = () => (parts++ === failingPart ? Promise.reject(failure) : undefined);
      await expect(xlsxWriter.write({ ...longTable(0), rows: rows() }, full)).rejects.toBe(failure);
      expect(closed).toBe(true);
    }
    const broken = longTable(60_000, (row) => {
      if (row === 50_000) throw failure;
    });
    await expect(xlsxWriter.write(broken, () => {})).rejects.toBe(failure);
  });

  it('shows instants before Excel’s calendar as text', async () => {
    const start = Date.UTC(1601, 0, 1);
    const sheet = await sheetOf({ ...PLAIN_TABLE, rows: [{ start }] });
    expect(sheet).toContain('1601-01-01T00:00:00.000Z');
  });
});

/** Hostile names in so many rows that they are streamed. */
function streamedHostile(): Table {
  const names = [...HOSTILE_TABLE.rows].filter(({ name }) => String(name).length < 1000);
  const rows = Array.from({ length: 80_000 }, (_, index) => names[index % names.length]!);
  return { ...HOSTILE_TABLE, rows };
}
