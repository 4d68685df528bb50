/** What words on the command line lead to which files. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expandInputs } from './inputs.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'logonscope-inputs-'));
  mkdirSync(join(folder, 'pc2', 'deep'), { recursive: true });
  for (const name of ['b.evtx', 'a.EVTX', 'notes.md', '[odd].csv', 'pc2/deep/c.csv', 'pc2/readme']) {
    writeFileSync(join(folder, name), 'x');
  }
  symlinkSync(join(folder, 'b.evtx'), join(folder, 'pc2', 'linked.evtx'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const EXTENSIONS = new Set(['.evtx', '.csv']);
const expand = (...words: string[]) => {
  const { inputs, missing } = expandInputs(
    words.map((w) => (w === '-' ? w : join(folder, w))),
    EXTENSIONS,
  );
  return { names: inputs.map(({ name }) => relative(folder, name)), missing };
};

test('a folder means the logs in it and below, sorted, each once', () => {
  expect(expand('.')).toEqual({
    names: ['[odd].csv', 'a.EVTX', 'b.evtx', 'pc2/deep/c.csv'],
    missing: [],
  });
});

test('a file that is named is read, whatever it is called', () => {
  expect(expand('notes.md', 'b.evtx', 'b.evtx').names).toEqual(['b.evtx', 'notes.md']);
});

test('globs, also over folders; a name with brackets that exists is a name', () => {
  expect(expand('*.evtx').names).toEqual(['b.evtx']);
  expect(expand('**/*.csv').names).toEqual(['[odd].csv', 'pc2/deep/c.csv']);
  expect(expand('[odd].csv').names).toEqual(['[odd].csv']);
  expect(expand('pc*').names).toEqual(['pc2/deep/c.csv', 'pc2/linked.evtx']);
});

test('what leads nowhere says why', () => {
  const { names, missing } = expand('gone.evtx', '*.nope', 'b.evtx');
  expect(names).toEqual(['b.evtx']);
  expect(missing).toEqual([
    `${join(folder, 'gone.evtx')}: no such file or folder`,
    `${join(folder, '*.nope')}: matches no file`,
  ]);
});

test('a folder without logs says so', () => {
  mkdirSync(join(folder, 'empty'), { recursive: true });
  expect(expand('empty').missing[0]).toContain('no log files in this folder');
  rmSync(join(folder, 'empty'), { recursive: true });
});

test('standard input has no size and comes last', () => {
  const { inputs } = expandInputs(['-', join(folder, 'b.evtx')], EXTENSIONS);
  expect(inputs.map(({ path, sizeBytes }) => [path === null, sizeBytes])).toEqual([
    [false, 1],
    [true, null],
  ]);
});
