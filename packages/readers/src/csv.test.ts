/** Rows as spreadsheets, shells and accidents write them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvRows, detectSeparator } from './csv.ts';

function split(text: string, chunk = text.length) {
  const rows: string[][] = [];
  const lines: number[] = [];
  const bad: string[] = [];
  const splitter = csvRows(
    (cells, line) => {
      rows.push([...cells]);
      lines.push(line);
    },
    (line, column, message) => void bad.push(`${line}:${column} ${message}`),
  );
  let rest = '';
  for (let at = 0; at < text.length; at += chunk) {
    rest += text.slice(at, at + chunk);
    rest = rest.slice(splitter.take(rest, false));
  }
  splitter.take(rest, true);
  return { rows, lines, bad };
}

test.each([
  ['a,b\n1,2\n', 'LF'],
  ['a,b\r\n1,2\r\n', 'CRLF'],
  ['a,b\r1,2\r', 'CR'],
  ['a,b\n1,2', 'no last line end'],
  ['a;b\n1;2', 'semicolons'],
  ['a\tb\n1\t2', 'tabs'],
  ['"a","b"\n"1","2"', 'quotes'],
  ['\n\na,b\n\n1,2\n\n', 'blank lines'],
  ['a,b\n1,2,,\n', 'empty cells at the end'],
])('%j (%s)', (text) => {
  expect(split(text)).toMatchObject({
    rows: [
      ['a', 'b'],
      ['1', '2'],
    ],
    bad: [],
  });
});

test('quotes hold separators, doubled quotes and line ends; lines are counted through them', () => {
  const { rows, lines } = split('a,b\n"x, ""y""","1\r\n2\n3"\nlast,row');
  expect(rows.slice(1)).toEqual([
    ['x, "y"', '1\r\n2\n3'],
    ['last', 'row'],
  ]);
  expect(lines).toEqual([1, 2, 5]);
});

describe('a bad row costs one row', () => {
  test.each([
    ['too few cells', 'a,b\n1,2\nx\n3,4\n', '3:2 the row has 1 cells, the header 2'],
    ['too many cells', 'a,b\n1,2\nx,y,z\n3,4\n', '3:2 the row has 3 cells, the header 2'],
    ['text behind a quote', 'a,b\n1,2\n"x"y,z\n3,4\n', '3:1 text follows the closing quote of a cell'],
    ['an unclosed quote', 'a,b\n1,2\nx,"y\n3,4\n', '3:2 a quoted cell is not closed'],
  ])('%s', (_name, text, problem) => {
    const { rows, bad } = split(text);
    expect(rows.slice(1)).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
    expect(bad).toEqual([problem]);
  });
});

test('a semicolon inside quotes does not decide the separator', () => {
  expect(detectSeparator('"a;b;c;d",e')).toBe(',');
});

test('what is written comes back, wherever the blocks are cut', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r', ' ', 'é'), maxLength: 8 });
  const table = fc
    .integer({ min: 2, max: 4 })
    .chain((width) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }),
    );
  fc.assert(
    fc.property(table, fc.integer({ min: 1, max: 9 }), (rows, chunk) => {
      const header = rows[0]!.map((_, i) => `h${i}`);
      const text = [header, ...rows]
        .map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(','))
        .join('\r\n');
      expect(split(text, chunk)).toMatchObject({ rows: [header, ...rows], bad: [] });
      expect(split(text)).toMatchObject({ rows: [header, ...rows], bad: [] });
    }),
    { numRuns: 300 },
  );
});
