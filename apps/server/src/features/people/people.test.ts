/** People and their figures are those of their sessions, page by page, and of nobody else's company. */
import { accountKey, isPersonal, type LogonSession, personTime } from '@logonscope/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ask, askingServer } from '../../questions/testdata/asking-server.ts';
import { type TwoCompanies, twoCompanies } from '../../questions/testdata/two-companies.ts';
import { peopleRoutes } from './routes.ts';

let stage: TwoCompanies;
let ask: Ask;
beforeAll(async () => {
  stage = await twoCompanies();
  ({ ask } = await askingServer(stage, peopleRoutes({ limit: stage.store.dialect.page })));
});
afterAll(() => stage.store.close());

const iso = (at: number) => new Date(at).toISOString();
function sessionsByAccount(): Map<string, LogonSession[]> {
  const found = new Map<string, LogonSession[]>();
  for (const session of stage.own.sessions.filter(isPersonal)) {
    const key = accountKey(session);
    found.set(key, [...(found.get(key) ?? []), session]);
  }
  return found;
}
const sum = (own: readonly LogonSession[], of: (session: LogonSession) => number) =>
  own.reduce((total, session) => total + of(session), 0);

describe('people', () => {
  it('each once, by name, with the figures of their sessions', async () => {
    const rows: Record<string, unknown>[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const { status, body } = await ask(stage.own, 'people', { limit: 3, ...(cursor && { cursor }) });
      expect(status).toBe(200);
      rows.push(...body.rows);
      cursor = body.next;
    }
    const names = rows.map(({ user }) => user as string);
    expect(names).toEqual(names.toSorted());
    const accounts = sessionsByAccount();
    expect(rows.map(({ id }) => id).sort()).toEqual([...accounts.keys()].sort());
    for (const row of rows) {
      const own = accounts.get(row.id as string)!;
      expect(row).toMatchObject({
        sessions: own.length,
        computers: new Set(own.map(({ computer }) => computer)).size,
        useSeconds: sum(own, ({ useMs }) => useMs) / 1000,
        elevations: own.filter(({ elevated }) => elevated).length,
        firstSeen: iso(Math.min(...own.map(({ start }) => start))),
        lastSeen: iso(Math.max(...own.map(({ end, asOf }) => end ?? asOf))),
        failedLogons: stage.own.events.filter(
          ({ signal, user }) => signal === 'logonFailed' && user?.toLowerCase() === row.user,
        ).length,
      });
    }
  });

  it('are found by part of their name', async () => {
    const { user } = stage.own.sessions.find(isPersonal)!;
    const { body } = await ask(stage.own, 'people', { search: user.slice(1, 4) });
    expect(body.rows.map((row: { user: string }) => row.user)).toContain(user.toLowerCase());
    expect((await ask(stage.own, 'people', { search: '100%' })).body.rows).toEqual([]);
  });

  it('one, with the union of use over computers', async () => {
    for (const [id, own] of sessionsByAccount()) {
      const { status, body } = await ask(stage.own, `people/${encodeURIComponent(id)}`);
      expect(status).toBe(200);
      expect(body.useUnionSeconds).toBe(personTime(own, id).useUnionMs / 1000);
      expect(sum(own, () => 1)).toBe(
        body.seenOn.reduce((n: number, one: { sessions: number }) => n + one.sessions, 0),
      );
    }
  });

  it('of another company are as absent as people who never were', async () => {
    const own = sessionsByAccount();
    const foreign = stage.foreign.sessions
      .filter(isPersonal)
      .find((session) => !own.has(accountKey(session)))!;
    for (const id of [accountKey(foreign), 'nobody']) {
      expect((await ask(stage.own, `people/${encodeURIComponent(id)}`)).status).toBe(404);
    }
    expect((await ask(stage.own, `../${stage.foreign.id}/people`)).status).toBe(404);
  });
});
