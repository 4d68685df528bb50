/** Computers and their figures are those of their sessions, page by page, and of no other company's computer. */
import { isPersonal } from '@logonscope/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ask, askingServer } from '../../questions/testdata/asking-server.ts';
import { type TwoCompanies, twoCompanies } from '../../questions/testdata/two-companies.ts';
import { computerRoutes } from './routes.ts';

let stage: TwoCompanies;
let ask: Ask;
beforeAll(async () => {
  stage = await twoCompanies();
  ({ ask } = await askingServer(stage, computerRoutes({ limit: stage.store.dialect.page })));
});
afterAll(() => stage.store.close());

describe('computers', () => {
  it('each once, by name, with the figures of their sessions', async () => {
    const rows: Record<string, unknown>[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const { status, body } = await ask(stage.own, 'computers', { limit: 3, ...(cursor && { cursor }) });
      expect(status).toBe(200);
      rows.push(...body.rows);
      cursor = body.next;
    }
    const names = [...new Set(stage.own.events.map(({ computer }) => computer))].sort();
    expect(rows.map(({ name }) => name)).toEqual(names);
    for (const row of rows) {
      const own = stage.own.sessions.filter((one) => one.computer === row.name && isPersonal(one));
      expect(row).toMatchObject({
        site: 'Head office',
        sessions: own.length,
        openSessions: own.filter(({ endBy }) => endBy === 'open').length,
        useSeconds: own.reduce((sum, { useMs }) => sum + useMs, 0) / 1000,
        failedLogons: stage.own.events.filter(
          ({ signal, computer }) => signal === 'logonFailed' && computer === row.name,
        ).length,
      });
    }
  });

  it('one by its short or full name, with the people seen there', async () => {
    const [session] = stage.own.sessions;
    for (const name of [session!.computer, `${session!.computer.toLowerCase()}.corp.example`]) {
      const { status, body } = await ask(stage.own, `computers/${name}`);
      expect(status).toBe(200);
      expect(body.seen.map(({ user }: { user: string }) => user)).toContain(session!.user.toLowerCase());
      expect(body.seen).toHaveLength(body.people);
    }
  });

  it('of another company are as absent as those that never were', async () => {
    const own = new Set(stage.own.events.map(({ computer }) => computer));
    const foreign = stage.foreign.events.find(({ computer }) => !own.has(computer));
    expect((await ask(stage.own, `computers/${foreign?.computer ?? 'NEVER'}`)).status).toBe(404);
    expect((await ask(stage.own, `../${stage.foreign.id}/computers`)).status).toBe(404);
  });
});
