/** Sessions over HTTP: lists, totals, a session explained, who was where; equal to the core over the same log. */
import {
  certaintyOf,
  type LogonSession,
  overlaps,
  presenceAt,
  sessionToContract,
  whereWas,
  whoWasOn,
} from '@logonscope/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openReading } from '../../open-reading.ts';
import { type Ask, askingServer } from '../../questions/testdata/asking-server.ts';
import { type TwoCompanies, twoCompanies } from '../../questions/testdata/two-companies.ts';
import { sessionRoutes } from './routes.ts';

let stage: TwoCompanies;
let ask: Ask;
beforeAll(async () => {
  stage = await twoCompanies();
  ({ ask } = await askingServer(
    stage,
    sessionRoutes(
      { limit: stage.store.dialect.page },
      openReading(stage.store, { url: 'sqlite::memory:', folder: '.' }),
    ),
  ));
});
afterAll(() => stage.store.close());

const iso = (at: number) => new Date(at).toISOString();
const sum = (sessions: readonly LogonSession[], of: (session: LogonSession) => number) =>
  sessions.reduce((total, session) => total + of(session), 0);

describe('a list of sessions', () => {
  it('is that of the command line over the same log, page by page', async () => {
    const rows: unknown[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const { body } = await ask(stage.own, 'sessions', {
        order: 'asc',
        limit: 7,
        ...(cursor && { cursor }),
      });
      rows.push(...body.rows);
      cursor = body.next;
    }
    expect(rows).toEqual(stage.own.sessions.map(sessionToContract));
    expect(rows.length).toBeGreaterThan(20);
  });

  it('shifts nothing when a session begins between two pages', async () => {
    const first = (await ask(stage.own, 'sessions', { limit: 5 })).body;
    const [template] = stage.own.events.filter(({ signal }) => signal === 'logon');
    const event = {
      ...template!,
      computer: 'LATE-1',
      recordId: 1,
      logonType: 2,
      time: template!.time + 90 * 86_400_000,
    };
    await stage.store.events.append(stage.own.id, { events: [{ event, siteId: null }], receivedAt: 0 });
    const second = (await ask(stage.own, 'sessions', { limit: 5, cursor: first.next })).body;
    const newestFirst = stage.own.sessions.toSorted((a, b) => b.start - a.start || (a.id < b.id ? 1 : -1));
    expect(second.rows.map(({ id }: { id: string }) => id)).toEqual(
      newestFirst.slice(5, 10).map(({ id }) => id),
    );
  });

  it('has none of another company', async () => {
    const path = `../${stage.foreign.id}/sessions`;
    expect((await ask(stage.own, path)).status).toBe(404);
    const ids = new Set(stage.foreign.sessions.map(({ id }) => id));
    const { body } = await ask(stage.own, 'sessions', { limit: 1_000 });
    for (const { id } of body.rows) expect(ids).not.toContain(id);
  });
});

describe('totals', () => {
  it.each(['', 'dur:>4h', 'user:*a*', 'hours:outside', '-end:open', 'ip:10.*'])(
    'of "%s" add up what the list shows',
    async (filter) => {
      const until = Math.max(...stage.own.events.map(({ time }) => time)) + 1;
      const query = { filter, to: iso(until) };
      const { body: list } = await ask(stage.own, 'sessions', { ...query, limit: 1_000 });
      const ids = new Set(list.rows.map(({ id }: { id: string }) => id));
      const found = stage.own.sessions.filter(({ id }) => ids.has(id));
      const { body } = await ask(stage.own, 'sessions/totals', query);
      expect(body).toMatchObject({
        sessions: found.length,
        open: found.filter(({ endBy }) => endBy === 'open').length,
        useSeconds: sum(found, ({ useMs }) => useMs) / 1000,
        durationSeconds: sum(found, ({ durationMs }) => durationMs) / 1000,
        lockedSeconds: sum(found, ({ awayMs }) => awayMs.locked) / 1000,
        complete: true,
      });
    },
  );
});

describe('facets', () => {
  it.each(['', 'dur:>4h', 'user:*a*', 'hours:outside'])('of "%s" count the list', async (filter) => {
    const { body: list } = await ask(stage.own, 'sessions', { filter, limit: 1_000 });
    const { status, body } = await ask(stage.own, 'sessions/facets', { filter, values: 50 });
    expect(status).toBe(200);
    const counted = (of: (row: Record<string, never>) => string) => {
      const counts: Record<string, number> = {};
      for (const row of list.rows) counts[of(row)] = (counts[of(row)] ?? 0) + 1;
      return counts;
    };
    const facet = (key: string) =>
      Object.fromEntries(
        body.facets
          .find((one: { key: string }) => one.key === key)
          .values.map(({ value, sessions }: { value: string; sessions: number }) => [value, sessions]),
      );
    expect(facet('type')).toEqual(counted(({ kind }) => kind!));
    expect(facet('end')).toEqual(counted(({ endBy }) => endBy!));
    expect(facet('cert')).toEqual(counted((row) => certaintyOf(row as never)));
    expect(facet('elevated')).toEqual(counted(({ elevated }) => (elevated ? 'yes' : 'no')));
    expect(facet('user')).toEqual(counted(({ user }) => String(user).toLowerCase()));
    expect(facet('host')).toEqual(counted(({ computer }) => computer!));
    expect(Object.keys(facet('site'))).toEqual(['Head office']);
  });

  it('are the most frequent values, and say when there are more', async () => {
    const { body } = await ask(stage.own, 'sessions/facets', { values: 1 });
    const hosts = body.facets.find(({ key }: { key: string }) => key === 'host');
    expect(hosts).toMatchObject({ complete: false, values: [{ value: expect.any(String) }] });
    const every = (await ask(stage.own, 'sessions/facets')).body.facets;
    const counts = every
      .find(({ key }: { key: string }) => key === 'host')
      .values.map(({ sessions }: { sessions: number }) => sessions);
    expect(hosts.values[0].sessions).toBe(Math.max(...counts));
  });

  it('find what they count when a value becomes a condition', async () => {
    const { body } = await ask(stage.own, 'sessions/facets');
    for (const { key, values } of body.facets) {
      for (const { value, sessions } of values) {
        const filter = `${key}:"${value}"`;
        expect((await ask(stage.own, 'sessions/totals', { filter })).body.sessions, filter).toBe(sessions);
      }
    }
  });
});

describe('one session', () => {
  it('comes with its ledger, which adds up, and the events that tell of it', async () => {
    const away = stage.own.sessions.find(({ ledger, endBy }) => ledger.length > 1 && endBy === 'logoff')!;
    const { status, body } = await ask(stage.own, `sessions/${away.id}`);
    expect(status).toBe(200);
    const counted = body.ledger.reduce(
      (total: number, one: { countedSeconds: number }) => total + one.countedSeconds,
      0,
    );
    expect(counted).toBeCloseTo(body.durationSeconds - body.useSeconds, 6);
    const records = new Set(
      body.told.map((e: { channel: string; recordId: number }) => `${e.channel}:${e.recordId}`),
    );
    for (const evidence of [
      away.startEvidence,
      away.endEvidence,
      ...away.ledger.flatMap((one) => one.evidence),
    ]) {
      if (evidence !== null) expect(records).toContain(evidence);
    }
  });

  it('of another company is as absent as one that never was', async () => {
    const foreign = await ask(stage.own, `sessions/${stage.foreign.sessions[0]!.id}`);
    const missing = await ask(stage.own, 'sessions/0123456789abcdef');
    expect([foreign.status, missing.status]).toEqual([404, 404]);
    expect(foreign.body.code).toBe(missing.body.code);
  });
});

describe('who was where', () => {
  const moments = () =>
    stage.own.sessions
      .slice(0, 12)
      .flatMap(({ start, end, asOf }) => [start, Math.round((start + (end ?? asOf)) / 2)]);
  const brief = ({
    session,
    state,
    certainty,
  }: {
    session: { id: string };
    state: string;
    certainty: string;
  }) => ({
    id: session.id,
    state,
    certainty,
  });

  it('on a computer', async () => {
    const { computer } = stage.own.sessions[0]!;
    for (const at of moments()) {
      const { body } = await ask(stage.own, 'who', {
        computer: `${computer.toLowerCase()}.corp.example`,
        at: iso(at),
      });
      expect(body.rows.map(brief)).toEqual(whoWasOn(stage.own.sessions, computer, at).map(brief));
    }
    expect(moments().some((at) => presenceAt(stage.own.sessions[0]!, at) !== null)).toBe(true);
  });

  it('a user', async () => {
    const { user, sid } = stage.own.sessions[0]!;
    for (const asked of sid === null ? [user] : [user, sid]) {
      for (const at of moments()) {
        const { body } = await ask(stage.own, 'where', { user: asked, at: iso(at) });
        expect(body.rows.map(brief)).toEqual(whereWas(stage.own.sessions, asked, at).map(brief));
      }
    }
  });

  it.each(['yes', 'no'] as const)('and who was there at the same time (anywhere: %s)', async (anywhere) => {
    const { user } = stage.own.sessions[0]!;
    const times = stage.own.events.map(({ time }) => time);
    const [from, to] = [Math.min(...times), Math.max(...times)];
    const { body } = await ask(stage.own, 'overlaps', { user, anywhere, from: iso(from), to: iso(to) });
    const expected = overlaps(stage.own.sessions, user, { from, to, anywhere: anywhere === 'yes' });
    expect(
      body.rows.map((row: { sessionId: string; otherSessionId: string }) => [
        row.sessionId,
        row.otherSessionId,
      ]),
    ).toEqual(expected.map(({ session, otherSession }) => [session.id, otherSession.id]));
  });
});
