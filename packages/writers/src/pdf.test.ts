/** Structure, limits, fonts and paper of PDFs; their looks were judged by eye. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { collector, HOSTILE_TABLE, longTable, PLAIN_TABLE } from './fixtures.ts';
import { PDF_CELLS_MAX, pdfRows, pdfWriter } from './pdf.ts';
import { PDF_COVERED_RANGES, pdfCoversText, pdfText } from './pdf-coverage.ts';
import { pdfLayout } from './pdf-layout.ts';
import type { Table } from './writer.ts';

async function pdfOf(table: Table): Promise<string> {
  const out = collector();
  await pdfWriter.write(table, out.sink);
  return new TextDecoder('latin1').decode(out.bytes());
}

const pagesOf = (pdf: string) => pdf.match(/\/Type \/Page\n/g)!.length;

describe('a PDF', () => {
  it('is a whole document with its fonts inside', async () => {
    const pdf = await pdfOf(PLAIN_TABLE);
    expect(pdf.startsWith('%PDF-1.')).toBe(true);
    expect(pdf.trimEnd().endsWith('%%EOF')).toBe(true);
    expect(pagesOf(pdf)).toBe(1);
    expect(pdf.match(/\/FontFile2 /g)).toHaveLength(2);
    expect(pdf).toContain('/MediaBox [0 0 595.28 841.89]');
  });

  it('goes over as many pages as it needs', async () => {
    const pages = pagesOf(await pdfOf(longTable(400)));
    expect(pages).toBeGreaterThan(5);
    expect(pages).toBeLessThan(20);
  });

  it('holds nothing a viewer would open, run or fetch', async () => {
    const pdf = await pdfOf(HOSTILE_TABLE);
    expect(pdf).not.toMatch(/\/(?:URI|JavaScript|JS|Launch|EmbeddedFile|AA|OpenAction|GoToR|SubmitForm)\b/);
  });

  it('is made of any number of columns and of words longer than a page', async () => {
    const word = 'W'.repeat(100_000);
    for (const count of [1, 150]) {
      const columns = Object.fromEntries(
        Array.from({ length: count }, (_, at) => [`c${at}`, { title: word }]),
      );
      const rows = [Object.fromEntries(Object.keys(columns).map((key) => [key, word])), {}];
      expect(pagesOf(await pdfOf({ title: word, note: word, columns, rows }))).toBeLessThan(10);
    }
  });

  it('prints every cell in full, as people read it', () => {
    expect(pdfRows(PLAIN_TABLE).cells).toEqual([
      ['ana', '2026-03-28 23:30:00 +01:00', '2026-03-28', '7:00:00', '3', '12.5 %', 'yes'],
      [
        'Jürgen Müller, "JM"',
        '2026-03-29 03:30:00 +02:00',
        '2026-03-29',
        '25:01:02',
        '12345',
        '100.0 %',
        'no',
      ],
      ['�����', '', '', '', '', '', ''],
    ]);
  });

  it('cuts endless cells, visibly', () => {
    const row = { a: 'x'.repeat(301), b: 'x'.repeat(300) };
    const columns = { a: { title: 'A' }, b: { title: 'B' } };
    expect(pdfRows({ title: '', columns, rows: [row] }).cells).toEqual([
      [`${'x'.repeat(300)}…`, 'x'.repeat(300)],
    ]);
  });

  it('prints as many rows as a reader can use, and counts the others', () => {
    const printable = Math.floor(PDF_CELLS_MAX / 7);
    const { cells, leftOut } = pdfRows(longTable(printable + 1234));
    expect([cells.length, leftOut]).toEqual([printable, 1234]);
  });

  it('knows whether it had to replace a character', () => {
    expect(pdfRows(PLAIN_TABLE).replaced).toBe(true);
    expect(pdfRows(longTable(3)).replaced).toBe(false);
  });
});

describe('what the font covers', () => {
  it.each(['Jürgen Großmann', 'Łukasz Żółć', 'Nguyễn Thị Ánh', 'Αλέξανδρος', 'Юрий Ёлкин', '«€ 5» – “x” …'])(
    '%s',
    (text) => {
      expect(pdfCoversText(text)).toBe(true);
      expect(pdfText(text)).toBe(text);
    },
  );

  it.each([
    ['田中', '��'],
    ['ana 😀', 'ana �'],
    ['شريف', '����'],
    ['עמית', '����'],
  ])('%s is printed as %s', (text, printed) => {
    expect(pdfCoversText(text)).toBe(false);
    expect(pdfText(text)).toBe(printed);
  });

  it.each(['Roboto-Regular.ttf', 'Roboto-Medium.ttf'])('is in the character map of %s', (file) => {
    const has = charactersOf(
      readFileSync(createRequire(import.meta.url).resolve(`pdfmake/fonts/Roboto/${file}`)),
    );
    expect(has.size).toBeGreaterThan(900);
    for (const [from, to] of PDF_COVERED_RANGES) {
      for (let code = from; code <= to; code++) expect(has.has(code), code.toString(16)).toBe(true);
    }
  });
});

/** Code points a TrueType font has glyphs for, from its format 4 character map. */
function charactersOf(font: Buffer): Set<number> {
  const tables = Array.from({ length: font.readUInt16BE(4) }, (_, index) => 12 + index * 16);
  const cmap = font.readUInt32BE(tables.find((at) => font.toString('latin1', at, at + 4) === 'cmap')! + 8);
  const encodings = Array.from({ length: font.readUInt16BE(cmap + 2) }, (_, index) => cmap + 4 + index * 8);
  const map = encodings
    .map((at) => cmap + font.readUInt32BE(at + 4))
    .find((at) => font.readUInt16BE(at) === 4)!;
  const segments = font.readUInt16BE(map + 6);
  const characters = new Set<number>();
  for (let at = map + 14; at < map + 14 + segments; at += 2) {
    for (let code = font.readUInt16BE(at + segments + 2); code <= font.readUInt16BE(at); code++)
      characters.add(code);
  }
  return characters;
}

describe('the paper', () => {
  const column = (characters: number, fixed = false) => ({ characters, fixed });

  it('is A4 upright for a few columns, on its side for more, A3 for many', () => {
    const papers = [3, 10, 18].map((count) => pdfLayout(Array.from({ length: count }, () => column(15))));
    expect(papers.map(({ pageSize, pageOrientation }) => `${pageSize} ${pageOrientation}`)).toEqual([
      'A4 portrait',
      'A4 landscape',
      'A3 landscape',
    ]);
  });

  it('is never narrower than the table', () => {
    for (let count = 1; count <= 60; count++) {
      const { widthsPoints, pageSize, pageOrientation } = pdfLayout(
        Array.from({ length: count }, (_, index) => column(5 + ((index * 7) % 40), index % 3 === 0)),
      );
      const paper = pageSize === 'A3' ? 1190 : pageOrientation === 'portrait' ? 595 : 842;
      const used = widthsPoints.reduce((total, width) => total + width + 6, 0);
      expect(used).toBeLessThanOrEqual(paper - 56);
    }
  });
});
