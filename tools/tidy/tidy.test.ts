/** Each house rule is shown one thing it must find and one it must leave alone. */
import { describe, expect, test } from 'vitest';
import { tidy } from '../tidy.ts';
import { sourceFile } from './source.ts';

const HEADER = '/** Says what this file is for. */\n';
const ids = (...files: [path: string, text: string][]) =>
  tidy(files.map(([path, text]) => sourceFile(path, text))).map((line) => line.split('  ')[1]);
const inCore = (body: string) => ids(['packages/core/src/x.ts', `${HEADER}${body}`]);

describe('header', () => {
  test('a file that starts with code is found', () =>
    expect(ids(['packages/core/src/x.ts', 'export const x = 1;\n'])).toEqual(['header']));
  test('a word is not a sentence', () =>
    expect(ids(['packages/core/src/x.ts', '// sessions\n'])).toEqual(['header']));
  test('a sentence is enough', () => expect(inCore('export const x = 1;\n')).toEqual([]));
  test('a shebang may stand before it', () =>
    expect(ids(['apps/cli/bin/x.js', `#!/usr/bin/env node\n${HEADER}`])).toEqual([]));
});

describe('lengths', () => {
  const lines = (count: number) => 'void 0;\n'.repeat(count);
  test('501 lines are too many', () => expect(inCore(lines(500))).toEqual(['file-length']));
  test('500 lines are not', () => expect(inCore(lines(499))).toEqual([]));
  test('event tables may grow', () =>
    expect(ids(['packages/core/src/events/x.ts', HEADER + lines(600)])).toEqual([]));
  test('a function of 61 lines is found', () =>
    expect(inCore(`function f() {\n${lines(59)}}\n`)).toEqual(['function-length']));
  test('a function of 60 lines is not', () => expect(inCore(`function f() {\n${lines(58)}}\n`)).toEqual([]));
  test('so is a long method, arrow and generator', () =>
    expect(
      inCore(
        `class A {\n  *m() {\n${lines(60)}}\n}\nconst a = () => {\n${lines(60)}};\nconst g = { async *b() {\n${lines(60)}} };\n`,
      ),
    ).toEqual(['function-length', 'function-length', 'function-length']));
  test('functions declared inside are read by themselves', () => {
    const inner = `function g() {\n${lines(40)}}\n`;
    expect(inCore(`function f() {\n${inner}${lines(40)}}\n`)).toEqual([]);
    expect(inCore(`function f() {\n${inner}${lines(59)}}\n`)).toEqual(['function-length']);
    const tooLong = `function g() {\n${lines(70)}}\n`;
    expect(inCore(`function f() {\n${tooLong}}\n`)).toEqual(['function-length']);
  });
  test('the body of a describe is a chapter, not a function', () =>
    expect(
      ids(['packages/core/src/x.test.ts', `${HEADER}describe.each([1])('x', () => {\n${lines(80)}});\n`]),
    ).toEqual([]));
});

describe('event IDs', () => {
  test('a number is found', () => expect(inCore('export const x = 4624;\n')).toEqual(['event-id']));
  test('a string is found', () => expect(inCore("export const x = 'is 4800';\n")).toEqual(['event-id']));
  test('a comment may name one', () => expect(inCore('// 4647 comes before 4634.\n')).toEqual([]));
  test('the tables may hold them', () =>
    expect(ids(['packages/core/src/events/x.ts', `${HEADER}export const x = 4624;\n`])).toEqual([]));
  test('tests may hold them', () =>
    expect(ids(['packages/core/src/x.test.ts', `${HEADER}export const x = 4624;\n`])).toEqual([]));
  test('longer numbers are none', () => expect(inCore('export const x = 46240;\n')).toEqual([]));
});

describe('purity of core and readers', () => {
  const cases = [
    'Date.now()',
    'new Date()',
    'Math.random()',
    'performance.now()',
    "console.log('x')",
    'Date()',
  ];
  test.each(cases)('%s is found', (code) => expect(inCore(`export const x = ${code};\n`)).toEqual(['pure']));
  test('a date of an instant is fine', () => expect(inCore('export const x = new Date(0);\n')).toEqual([]));
  test('the command line may look at the clock', () =>
    expect(ids(['apps/cli/src/x.ts', `${HEADER}export const x = Date.now();\n`])).toEqual([]));
});

describe('names', () => {
  test('a SessionManager is found', () =>
    expect(inCore('export class SessionManager {}\n')).toEqual(['name']));
  test('a file of helpers is found', () =>
    expect(ids(['packages/core/src/time-utils.ts', HEADER])).toEqual(['name']));
  test('components of Windows keep their names', () =>
    expect(
      ids(['packages/core/src/local-session-manager.ts', `${HEADER}export const localSessionManager = 1;\n`]),
    ).toEqual([]));
  test('utilisation is a word', () => expect(inCore('export const utilisation = 1;\n')).toEqual([]));
});

describe('open ends and machine paths', () => {
  test('an open end is found', () => expect(inCore('// TODO: finish.\n')).toEqual(['open-end']));
  test('with an issue it is a plan', () => expect(inCore('// TODO(#7): finish.\n')).toEqual([]));
  test('a path of one machine is found, in text too', () =>
    expect(ids(['docs/x.md', 'Look at `/home/ana/logs`.\n'])).toEqual(['machine-path']));
  test('a path inside another is fine', () =>
    expect(ids(['docs/x.md', 'see apps/work/tmp/x\n'])).toEqual([]));
  test('a silent skip is found', () =>
    expect(ids(['packages/core/src/x.test.ts', `${HEADER}test.skip('x', () => {});\n`])).toEqual([
      'silenced',
    ]));
  test('a type import in passing is found', () =>
    expect(inCore("export type X = import('./y.ts').Y;\n")).toEqual(['inline-import-type']));
});

describe('lists', () => {
  const reader: [string, string] = [
    'packages/readers/src/new.ts',
    `${HEADER}export const newReader: Reader = {};\n`,
  ];
  test('a reader in no list is found', () =>
    expect(
      ids(reader, ['packages/readers/src/index.ts', `${HEADER}export const READERS = [other];\n`]),
    ).toEqual(['unlisted']));
  test('a listed reader is fine', () =>
    expect(
      ids(reader, ['packages/readers/src/index.ts', `${HEADER}export const READERS = [\n  newReader,\n];\n`]),
    ).toEqual([]));
  test('being imported is not being listed', () =>
    expect(
      ids(reader, ['packages/readers/src/index.ts', `${HEADER}export { newReader } from './new.ts';\n`]),
    ).toEqual(['unlisted']));
  test('a lock file with addresses is found', () =>
    expect(ids(['package-lock.json', '{ "resolved": "https://example.org/x.tgz" }'])).toEqual(['lock-file']));
  test('a lock file that leaves out a platform is found', () => {
    const named = { 'node_modules/x': { optionalDependencies: { 'x-darwin-arm64': '1.0.0' } } };
    const whole = { ...named, 'node_modules/x-darwin-arm64': { version: '1.0.0' } };
    expect(ids(['package-lock.json', JSON.stringify({ packages: named })])).toEqual(['lock-file-platforms']);
    expect(ids(['package-lock.json', JSON.stringify({ packages: whole })])).toEqual([]);
  });
});
