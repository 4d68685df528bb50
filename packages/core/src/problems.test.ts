/** The table of problems and findings, and that nobody reports a code it does not explain. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { FINDING_CODES } from './model.ts';
import { PROBLEMS } from './problems.ts';

const REPOSITORY = resolve(import.meta.dirname, '../../..');

test('every finding has its row, and every other code names its reader', () => {
  const codes = Object.keys(PROBLEMS);
  expect(codes).toEqual(expect.arrayContaining([...FINDING_CODES]));
  const problems = codes.filter((code) => !(FINDING_CODES as readonly string[]).includes(code));
  for (const code of problems) expect(code).toMatch(/^[a-z]+\/[a-z-]+$/);
});

test.each(Object.entries(PROBLEMS))('%s is explained in sentences', (_, { sentence, advice }) => {
  expect(sentence).toMatch(/^[A-Z].*\.$/);
  if (advice !== null) expect(advice).toMatch(/^[A-Z].*[.a-z]$/);
});

/** The first words of codes; a quoted text like these with a slash is a code, not a path. */
const CODE = /'((?:archive|csv|evtx|file|json|text|xml)\/[a-z-]+)'/g;

test('every code that the sources report has a row', () => {
  const sources = globSync('{packages/readers,apps/cli}/src/**/*.ts', { cwd: REPOSITORY });
  expect(existsSync(join(REPOSITORY, 'packages/readers/src'))).toBe(true);
  const used = sources
    .filter((path) => !path.endsWith('.test.ts'))
    .flatMap((path) =>
      [...readFileSync(join(REPOSITORY, path), 'utf8').matchAll(CODE)].map((match) => match[1]!),
    );
  expect(used.length).toBeGreaterThan(10);
  expect([...new Set(used)].filter((code) => !(code in PROBLEMS))).toEqual([]);
});
