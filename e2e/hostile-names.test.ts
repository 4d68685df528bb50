/** Names from logs are hostile: whatever stands in them, every output shows it and none obeys it. */
import { readFileSync } from 'node:fs';
import { openSources } from '@logonscope/readers';
import { evtxBytes, keepChannels, type SimRecord, simulateFleet } from '@logonscope/simulator';
import { HOSTILE_NAMES } from '@logonscope/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Folder, folderWith, logonscope } from './lib/command-line.ts';
import { csvCells } from './lib/csv-cells.ts';
import { jsonLines, winlogbeatLine } from './lib/json-lines.ts';

/** More of what terminals, browsers and spreadsheets would act upon. */
const NAMES = [
  ...HOSTILE_NAMES,
  '<script>alert(document.cookie)</script>',
  '=HYPERLINK("http://evil.example","click")',
  '@SUM(1+1)*cmd|"/C calc"!A0',
  '+1-1',
  '-2+3',
  '\u001b]0;owned\u0007\u001b[2J\u001b[1;31m',
  '\u009b31m\u0085next',
  '$(reboot)`reboot`',
];
/** A chunk of an EVTX file has room for 64 kB altogether, and its texts cannot hold half a character. */
const IN_EVTX = NAMES.filter((name) => name.length < 1_000);

const [SIMULATED] = [
  ...simulateFleet({ seed: 19, computers: 1, days: 2, noise: 0, processes: 0, accidents: 0 }),
];

/** The simulated computer's Security log with a hostile name for its people, their domain, and where they come from. */
function logOf(name: string, number: number): SimRecord[] {
  const people = new Set(SIMULATED!.spec.people.map((person) => person.name));
  return keepChannels(SIMULATED!.records, ['Security']).map((record) => ({
    ...record,
    computer: `PC${number}`,
    values: record.values.map((value) => (value === 'CONTOSO' || people.has(value as string) ? name : value)),
  }));
}

const computerOf = (number: number): string => `PC${number}`;

let folder: Folder;
beforeAll(() => {
  folder = folderWith([
    ['names.ndjson', jsonLines(NAMES.flatMap(logOf), winlogbeatLine)],
    ['names.evtx', evtxBytes(IN_EVTX.flatMap(logOf))],
  ]);
});
afterAll(() => folder.remove());

const FILES = [
  ['names.ndjson', NAMES],
  ['names.evtx', IN_EVTX],
] as const;
const COMMANDS = ['sessions', 'events'] as const;
const CASES = FILES.flatMap(([file, names]) => COMMANDS.map((command) => ({ file, names, command })));

/** Everything a terminal acts upon but the line feed. */
const OBEYED = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

describe.each(CASES)('$command of $file', ({ file, names, command }) => {
  const output = (format: string) => logonscope([command, folder.path(file), '--format', format]);
  const values = async (): Promise<Record<string, unknown>[]> => JSON.parse((await output('json')).out);

  test('json: every name comes back letter by letter', async () => {
    const rows = await values();
    for (const [number, name] of names.entries()) {
      const own = rows.filter(({ computer }) => computer === computerOf(number));
      expect(own.length).toBeGreaterThan(0);
      const users = new Set(own.map(({ user }) => user).filter((user) => user !== null));
      expect([...users]).toContain(name);
    }
  });

  test('json and ndjson: nothing in them that a terminal obeys, and the same values', async () => {
    const { out } = await output('json');
    expect(OBEYED.test(out)).toBe(false);
    const lines = (await output('ndjson')).out.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(await values());
  });

  test('table: one line for each row, and nothing in it that a terminal obeys', async () => {
    const rows = await values();
    for (const widthColumns of [null, 100]) {
      const { out } = await logonscope([command, folder.path(file), '--format', 'table'], widthColumns);
      expect(OBEYED.test(out)).toBe(false);
      const lines = out.split('\n').filter((line) => /\bPC\d+\b/.test(line));
      expect(lines.length).toBe(rows.length);
    }
  });

  test('csv: no cell begins a formula, no row breaks, nothing rings a bell', async () => {
    const { out } = await output('csv');
    const [header, ...rows] = csvCells(out);
    expect(rows.length).toBe((await values()).length);
    for (const cells of rows) {
      expect(cells.length).toBe(header!.length);
      for (const cell of cells) expect(cell).not.toMatch(/^[\s\u200b-\u200f]*[=+\-@](?!\d+(\.\d+)?$)/);
    }
    expect(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/.test(out)).toBe(false);
  });

  test('xlsx: text is text, and there is no formula, link or macro', async () => {
    const target = folder.path(`${command}.xlsx`);
    const { status } = await logonscope([command, folder.path(file), '-o', target]);
    expect(status).toBe(0);
    const parts = await partsOf(target);
    for (const [name, xml] of parts) {
      expect(name).not.toMatch(/vba|macro|externalLink|activeX/i);
      expect(xml).not.toMatch(/<f[ >]|<hyperlink|TargetMode="External"|<script/);
      expect(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(xml)).toBe(false);
    }
    expect([...parts.values()].join('')).toContain('&lt;script&gt;alert(document.cookie)');
  });
});

test.each(['pdf', 'parquet'])('sessions as %s are written', async (format) => {
  for (const [file] of FILES) {
    const { status, outBytes } = await logonscope(['sessions', folder.path(file), '--format', format]);
    expect(status).toBe(0);
    expect(outBytes.length).toBeGreaterThan(1_000);
  }
});

test('a ledger, and what a problem quotes, show names and obey none', async () => {
  const explained = await logonscope([
    'sessions',
    folder.path('names.ndjson'),
    '--explain',
    '--format',
    'table',
  ]);
  expect(OBEYED.test(explained.out)).toBe(false);
  const broken = folderWith([['\u001b[2Jbad.csv', '<script>\u001b]0;owned\u0007</script>,=1+1\n']]);
  const { error, status } = await logonscope(['sessions', broken.path('\u001b[2Jbad.csv')]);
  broken.remove();
  expect(status).toBeGreaterThan(0);
  expect(OBEYED.test(error)).toBe(false);
});

// A backslash, an at sign, a star and a comma mean something in a filter; no shell can pass a NUL.
test('a hostile name as a filter finds its own sessions and no other', async () => {
  for (const [number, name] of NAMES.entries()) {
    if (/[\\*@,\0]/.test(name)) continue;
    const { out } = await logonscope([
      'sessions',
      folder.path('names.ndjson'),
      '--user',
      name,
      '--format',
      'json',
    ]);
    const computers = new Set(JSON.parse(out).map(({ computer }: { computer: string }) => computer));
    expect([...computers]).toEqual([computerOf(number)]);
  }
});

/** The files inside a workbook, as text. */
async function partsOf(path: string): Promise<Map<string, string>> {
  const bytes = readFileSync(path);
  let at = 0;
  const whole = {
    name: 'workbook.zip',
    sizeBytes: bytes.length,
    read(into: Uint8Array): number {
      const piece = bytes.subarray(at, at + into.length);
      into.set(piece);
      at += piece.length;
      return piece.length;
    },
  };
  const parts = new Map<string, string>();
  const sink = { record: () => {}, problem: () => {} };
  for await (const part of openSources(whole, sink)) {
    const chunks: Uint8Array[] = [];
    for (;;) {
      const chunk = new Uint8Array(65_536);
      const length = await part.read(chunk);
      if (length === 0) break;
      chunks.push(chunk.subarray(0, length));
    }
    parts.set(part.name, Buffer.concat(chunks).toString('utf8'));
  }
  return parts;
}
