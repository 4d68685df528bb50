/** Sessions added up by the database give the minimap that reading each of them gives, on every database at hand. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeMinimap } from '@logonscope/protocol';
import {
  type NoServer,
  startAnyPostgres,
  startMariadb,
  startSqlServer,
  type TestServer,
} from '@logonscope/testkit';
import { describe, expect, test } from 'vitest';
import { questionOf } from '../../questions/question.ts';
import { type TwoCompanies, twoCompanies } from '../../questions/testdata/two-companies.ts';
import { drawMinimap } from './minimap.ts';

const DAY_MS = 86_400_000;

const DATABASES: readonly (readonly [string, () => Promise<TestServer | NoServer | null>])[] = [
  ['SQLite', async () => null],
  ['PostgreSQL', startAnyPostgres],
  ['MariaDB', startMariadb],
  ['SQL Server (stand-in)', startSqlServer],
];

async function comparedBy(stage: TwoCompanies, bins: number, cutMs: number, filter = '') {
  const { own } = stage;
  const times = own.sessions.flatMap(({ start, end, asOf }) => [start, end ?? asOf]);
  const range = { from: Math.min(...times) + cutMs, to: Math.max(...times) - cutMs };
  const question = { ...questionOf(own.id, { filter, timezone: 'UTC' }), ...range };
  const [each, sums] = [
    decodeMinimap(await drawMinimap(own.source, question, { bins, oneByOneMax: 1_000_000 })),
    decodeMinimap(await drawMinimap(own.source, question, { bins, oneByOneMax: 0 })),
  ];
  const total = (list: Uint32Array) => list.reduce((sum, one) => sum + one, 0);
  return { each, sums, total };
}

describe.each(DATABASES)('%s', (_, start) => {
  test('sessions were there as long, and in use as long', { timeout: 180_000 }, async ({ skip }) => {
    const server = await start();
    if (server !== null && 'skipped' in server) return skip(server.skipped);
    const folder = mkdtempSync(join(tmpdir(), 'minimap-'));
    const address = server === null ? {} : { url: server.url, folder };
    const stage = await twoCompanies({ days: 4, computers: 3, ...address });
    try {
      for (const [bins, cutMs, filter] of [
        [50, 0, ''],
        [7, DAY_MS, ''],
        [400, DAY_MS, ''],
        [30, 0, 'type:console'],
      ] as const) {
        const { each, sums, total } = await comparedBy(stage, bins, cutMs, filter);
        expect(total(each.present)).toBeGreaterThan(0);
        // Both round each bin up to thousandths of a session.
        expect(
          [...sums.present].map((at, bin) => Math.abs(at - each.present[bin]!)).filter((off) => off > 1),
        ).toEqual([]);
        if (cutMs === 0)
          expect(Math.abs(total(sums.inUse) - total(each.inUse))).toBeLessThanOrEqual(2 * bins);
        for (const [bin, used] of sums.inUse.entries())
          expect(used).toBeLessThanOrEqual(sums.present[bin]! + 1);
      }
    } finally {
      await stage.store.close();
      await server?.stop();
      rmSync(folder, { recursive: true });
    }
  });
});
