/** Tables for the tests: a usual one, and one with everything a hostile log can put into a name. */
import { inflateRawSync } from 'node:zlib';
import type { Cell, Column } from '@logonscope/core';
import type { ByteSink, Table } from './writer.ts';

const COLUMNS = {
  user: { title: 'User' },
  start: { title: 'Start', unit: 'instant' },
  day: { title: 'Day', unit: 'day' },
  use: { title: 'Use time', unit: 'duration' },
  sessions: { title: 'Sessions', unit: 'count' },
  share: { title: 'Share', unit: 'share' },
  elevated: { title: 'Elevated', unit: 'flag' },
} as const satisfies Record<string, Column>;

const START = Date.UTC(2026, 2, 28, 22, 30, 0, 250);

export const PLAIN_TABLE: Table = {
  title: 'Time spent',
  note: 'Overlaps count once.',
  timezone: 'Europe/Berlin',
  columns: COLUMNS,
  rows: [
    {
      user: 'ana',
      start: START,
      day: '2026-03-28',
      use: 25_200_000,
      sessions: 3,
      share: 0.125,
      elevated: true,
    },
    // Three hours later Berlin has moved its clocks forward.
    {
      user: 'Jürgen Müller, "JM"',
      start: START + 10_800_000,
      day: '2026-03-29',
      use: 90_061_500,
      sessions: 12_345,
      share: 1,
      elevated: false,
    },
    { user: '田中さくら', start: null, day: null, use: null, sessions: null, share: null, elevated: null },
  ],
};

/** Each is a value that some format could obey instead of show. */
export const HOSTILE_NAMES: readonly string[] = [
  '<script>alert(1)</script>',
  '=HYPERLINK("http://evil.example","click")',
  '+1+1|cmd',
  "-2+3+cmd|' /C calc'!A0",
  '@SUM(1,1)',
  '\t=1+1',
  '\r=1+1',
  ' =1+1',
  '＝1+1',
  '＠SUM(1)',
  'a;=1+1',
  'first\r\nsecond,"third"',
  '\u001b[31mred\u001b[0m \u001b]0;title\u0007',
  '\u009b31mred',
  'bell\u0007 null\u0000 backspace\b\u007f',
  'name\u202etxt.exe',
  'half \ud800 pair \udc00',
  '"quoted"',
  'C:\\Users\\ana',
  "'=already",
  '_x0041_ is no A',
  '&amp; ]]> &#0;',
  '\u2028line\u2029paragraph\ufeff',
  'x'.repeat(65_536),
];

export const HOSTILE_TABLE: Table = {
  title: 'Names */[from]: "logs" \u001b[31m',
  note: '<b>note</b>\u0007',
  columns: { name: { title: '=Name\u0007' }, count: { title: 'Count', unit: 'count' } },
  rows: HOSTILE_NAMES.map((name, index) => ({ name, count: index })),
};

/** Many rows, made while they are asked for; `onRow` sees each number. */
export function longTable(rows: number, onRow: (row: number) => void = () => {}): Table {
  function* generate(): Iterable<Readonly<Record<string, Cell>>> {
    for (let row = 0; row < rows; row++) {
      onRow(row);
      yield {
        user: `CORP\\user${row % 5000}`,
        start: START + row * 1000,
        day: '2026-03-28',
        use: row * 7,
        sessions: row,
        share: (row % 100) / 100,
        elevated: row % 7 === 0,
      };
    }
  }
  return {
    title: 'Long',
    note: 'Made up.',
    columns: COLUMNS,
    rows: { [Symbol.iterator]: () => generate()[Symbol.iterator]() },
  };
}

/** A sink that keeps everything, and what it kept. */
export function collector(): { readonly sink: ByteSink; bytes(): Uint8Array; text(): string } {
  const parts: Uint8Array[] = [];
  const bytes = () => {
    const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  };
  return {
    sink: (part) => void parts.push(part),
    bytes,
    text: () => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes()),
  };
}

/** The cells of a CSV text after RFC 4180; the last line must end. */
export function parsedCsv(text: string): string[][] {
  const rows: string[][] = [];
  let cells: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  while (field.lastIndex < text.length) {
    const at = field.lastIndex;
    const match = field.exec(text);
    if (match === null) throw new Error(`no CSV field at ${at}: ${JSON.stringify(text.slice(at, at + 40))}`);
    cells.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === ',') continue;
    rows.push(cells);
    cells = [];
  }
  return rows;
}

/** The parts of a ZIP archive as text; sizes and positions from its central directory. */
export function unzipped(bytes: Uint8Array): Record<string, string> {
  const file = Buffer.from(bytes);
  const end = file.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  const parts: Record<string, string> = {};
  let at = file.readUInt32LE(end + 16);
  for (let left = file.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = file.readUInt16LE(at + 28);
    const name = file.toString('utf8', at + 46, at + 46 + nameLength);
    const local = file.readUInt32LE(at + 42);
    const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    const packed = file.subarray(start, start + file.readUInt32LE(at + 20));
    parts[name] = (file.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed).toString('utf8');
    at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return parts;
}
