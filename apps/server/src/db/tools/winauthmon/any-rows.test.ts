/** Whatever the rows of an original hold: each is counted once, nothing throws, and a second run adds nothing. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestStore } from '../../testdata/open.ts';
import { checkStore } from '../check.ts';
import { moveIn } from './move.ts';
import { openOriginal } from './original.ts';
import type { MoveProblem } from './report.ts';
import { makeOriginal } from './testdata/original-database.ts';

const NOW = Date.UTC(2026, 2, 2, 8);
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'any-rows-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const odd = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.double({ noNaN: true }),
  fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes)),
  fc.constantFrom('', ' ', "' or 1=1 --", '\u0000', 'x'.repeat(400), '2025-10-26 01:30:00', '9'.repeat(40)),
);
const mostly = <T>(usual: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: usual }, { weight: 1, arbitrary: odd });
/** Different also for a database, which keeps 0 and -0 as one text. */
const different = (maxLength: number) => ({ maxLength, selector: String });
const company = mostly(fc.constantFrom(1, 2, 3, null));
const rowsOf = <T>(row: fc.Arbitrary<T>) => fc.array(row, { maxLength: 8 });

const anyOriginal = fc.record({
  app_auth_companies: fc
    .uniqueArray(mostly(fc.constantFrom('A', 'a', 'B', 'a (2)')), different(4))
    .map((names) => names.map((name) => ({ name, created_at: 'x' }))),
  app_auth_users: fc
    .uniqueArray(mostly(fc.constantFrom('ana', 'Ana', 'bob', 'superadmin')), different(4))
    .map((names) =>
      names.map((username, i) => ({ username, email: `u${i}@example.com`, password: 'x', role: username })),
    ),
  app_auth_user_companies: rowsOf(
    fc.record({
      user_id: mostly(fc.nat(4)),
      company_id: mostly(fc.nat(4)),
      role: mostly(fc.constant('User')),
    }),
  ),
  app_auth_api_keys: fc
    .uniqueArray(mostly(fc.constantFrom('a'.repeat(64), 'B'.repeat(64))), different(3))
    .chain((keys) =>
      fc.tuple(
        ...keys.map((key) =>
          fc.record({ company_id: company, description: odd }).map((row) => ({ ...row, key, created_at: 1 })),
        ),
      ),
    ),
  api_logs: rowsOf(
    fc.record({
      event_type: mostly(fc.constantFrom('Logon', 'LOCK', 'Sign-Out')),
      user_name: mostly(fc.constant('ana')),
      computer_name: mostly(fc.constant('PC-1')),
      timestamp: mostly(
        fc.constantFrom('2025-06-02 09:00:00.000000', '2025-03-30 01:30:00', '2025-02-31 00:00:00'),
      ),
      retry: mostly(fc.nat(3)),
      company_id: company,
      api_key_id: mostly(fc.nat(3)),
    }),
  ),
});

test('every row is added, known or left out; again nothing is added', async () => {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(anyOriginal, async (tables) => {
      const file = join(folder, `${runs++}.db`);
      const filled = makeOriginal(file);
      for (const [table, rows] of Object.entries(tables)) {
        filled.add(table, ...rows.map((row, i) => ({ id: i + 1, ...row })));
      }
      filled.close();
      const store = await openTestStore();
      const original = await openOriginal(file, folder);
      const problems: MoveProblem[] = [];
      const options = {
        ...{ store, original, timezone: 'Europe/London', clock: () => NOW },
        ...{ seal: (secret: string) => secret, tell: (problem: MoveProblem) => void problems.push(problem) },
      };
      try {
        const first = await moveIn(options);
        const told = problems.filter(({ outcome }) => outcome === 'left-out');
        for (const [table, rows] of Object.entries(tables)) {
          const { added, known, leftOut } = first[table] ?? { added: 0, known: 0, leftOut: 0 };
          expect([table, added + known + leftOut]).toEqual([table, rows.length]);
          expect([table, told.filter((problem) => problem.table === table).length]).toEqual([table, leftOut]);
        }
        const second = await moveIn(options);
        expect(Object.values(second).filter(({ added }) => added > 0)).toEqual([]);
        expect(await checkStore(store)).toEqual([]);
      } finally {
        await original.close();
        await store.close();
      }
    }),
    { numRuns: 12 },
  );
}, 60_000);
