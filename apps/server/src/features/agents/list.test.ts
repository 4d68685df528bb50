/** Agents of a company with what they said last, page by page; of no other company. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { noteAgentHealth } from '../../db/index.ts';
import { type Ask, askingServer } from '../../questions/testdata/asking-server.ts';
import { type TwoCompanies, twoCompanies } from '../../questions/testdata/two-companies.ts';
import { agentListRoute } from './list.ts';

const NOW = Date.UTC(2026, 1, 1);
const HEALTH = {
  clockAheadMs: -3_000,
  backlog: 12,
  oldestWaiting: '2026-01-31T10:00:00.000Z',
  auditPolicy: { '{0CCE9215-69AE-11D9-BED3-505054503030}': 'both' },
};
let stage: TwoCompanies;
let ask: Ask;
beforeAll(async () => {
  stage = await twoCompanies({ days: 1, computers: 2 });
  ({ ask } = await askingServer(stage, [agentListRoute({ limit: stage.store.dialect.page })]));
  for (const [company, computer] of [
    [stage.own, 'PC-A'],
    [stage.own, 'PC-B'],
    [stage.foreign, 'PC-X'],
  ] as const)
    await noteAgentHealth(stage.store, {
      ...{ companyId: company.id, siteId: company.id * 10, computer, version: '1.2.3', now: NOW },
      ...{ health: JSON.stringify(HEALTH), spoolEpoch: null },
    });
});
afterAll(() => stage.store.close());

it('those that told of themselves, and what they told', async () => {
  const { body } = await ask(stage.own, 'agents');
  expect(body.rows.map(({ computer }: { computer: string }) => computer)).toEqual(['PC-A', 'PC-B']);
  expect(body.rows[0]).toEqual({
    ...{ computer: 'PC-A', site: 'Head office', version: '1.2.3', lastSeen: new Date(NOW).toISOString() },
    ...HEALTH,
  });
  expect(body.next).toBe(null);
});

it('a page after the other', async () => {
  const first = (await ask(stage.own, 'agents', { limit: 1 })).body;
  const second = (await ask(stage.own, 'agents', { limit: 1, cursor: first.next })).body;
  expect(
    [first, second].flatMap(({ rows }) => rows.map((row: { computer: string }) => row.computer)),
  ).toEqual(['PC-A', 'PC-B']);
  expect(second.next).toBe(null);
});

it('nobody asks about another company', async () => {
  expect((await ask(stage.own, `../${stage.foreign.id}/agents`)).status).toBe(404);
});
