/** The map of promises names every promise once, and tests that exist. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const REPOSITORY = join(import.meta.dirname, '..');
const PAGE = readFileSync(join(REPOSITORY, 'docs/promises.md'), 'utf8');

interface Promised {
  readonly id: string;
  readonly text: string;
  /** References, or `open: …`. */
  readonly shownBy: string;
}

const ROWS: readonly Promised[] = PAGE.split('\n').flatMap((line) => {
  const [, id = '', text = '', shownBy = ''] = /^\| ([A-Z]+-\d+) \| (.+?) \| (.+) \|$/.exec(line) ?? [];
  return id === '' ? [] : [{ id, text, shownBy }];
});

const numbers = (series: string, from: number, to: number, digits = 2) =>
  Array.from({ length: to - from + 1 }, (_, i) => `${series}-${String(from + i).padStart(digits, '0')}`);

/** What has to be on the page; rows of other series may stand there as well. */
const PROMISED = [
  ...numbers('SV', 1, 35, 1),
  ...numbers('C', 11, 30),
  ...numbers('U', 1, 17),
  ...numbers('W', 1, 24),
  ...numbers('A', 1, 31),
];

/** Texts that a call of a test's source begins with: titles of tests and of their chapters. */
function titlesIn(source: string): ReadonlySet<string> {
  const titles = new Set<string>();
  for (const [, , literal = ''] of source.matchAll(/\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1\s*,/g))
    titles.add(literal.replaceAll(/\\(['"`\\])/g, '$1'));
  return titles;
}

/** What is wrong with one reference, or null. */
function wrongWith(reference: string): string | null {
  const [path = '', title] = reference.split(' › ');
  const file = join(REPOSITORY, path);
  if (!existsSync(file)) return `there is no ${path}`;
  if (title === undefined) return path.includes('/scenarios/') ? null : `no title is named in ${path}`;
  if (!/\.(test|wine)\.ts$/.test(path)) return `${path} is no test`;
  return titlesIn(readFileSync(file, 'utf8')).has(title) ? null : `${path} has no test “${title}”`;
}

test('every promise stands there once', () => {
  const ids = ROWS.map(({ id }) => id);
  expect(PROMISED.filter((id) => !ids.includes(id))).toEqual([]);
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
});

describe('each is shown by tests that exist, or says what is open', () => {
  test.each(ROWS.map(({ id, shownBy }) => [id, shownBy] as const))('%s', (_, shownBy) => {
    if (/^open: \S.{10,}\.$/.test(shownBy)) return;
    const references = [...shownBy.matchAll(/`([^`]+)`/g)].map(([, reference = '']) => reference);
    expect(references.length).toBeGreaterThan(0);
    expect(references.map((reference) => `\`${reference}\``).join('<br>')).toBe(shownBy);
    expect(references.flatMap((reference) => wrongWith(reference) ?? [])).toEqual([]);
  });
});

test('a title that is gone would be noticed', () => {
  expect(wrongWith('e2e/promises.test.ts › every promise stands there once')).toBe(null);
  expect(wrongWith('e2e/promises.test.ts › every promise stands there twice')).toMatch(/has no test/);
  expect(wrongWith('e2e/gone.test.ts › every promise stands there once')).toMatch(/there is no/);
});
