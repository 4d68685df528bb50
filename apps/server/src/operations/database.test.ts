/** A server with two roles on PostgreSQL: one owns the tables, the other serves behind the wall between companies. */
import { noPostgres, startPostgres, type TestServer } from '@logonscope/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { openStore } from '../db/index.ts';
import { said } from '../db/testdata/conformance.ts';
import { runRetention } from '../features/retention/run.ts';
import { readServerSettings, wrongSettingsText } from '../settings.ts';
import { keyIn, passwordIn, post, type Started, startedServers } from '../testdata/started.ts';
import { migrateDatabase } from './database.ts';

const absent = noPostgres();
const { start, config, path } = startedServers();

describe('the two roles', () => {
  const wrong = (lines: string) => {
    config(`[database]\n${lines}\n`);
    const loaded = readServerSettings({ folder: path('.') });
    return loaded.ok ? '' : wrongSettingsText(loaded.wrong);
  };

  it.each([
    ['DATABASE_ADMIN_URL = postgresql://owner@db/logs'],
    ['DATABASE_URL = mysql://app@db/logs\nDATABASE_ADMIN_URL = mysql://owner@db/logs'],
    ['DATABASE_URL = postgresql://owner:a@db/logs\nDATABASE_ADMIN_URL = postgresql://owner:b@db/logs'],
    ['DATABASE_URL = postgresql://db/logs\nDATABASE_ADMIN_URL = postgresql://owner:b@db/logs'],
  ])('are two, on PostgreSQL: %j is wrong', (lines) => {
    const told = wrong(lines);
    expect(told).toContain('DATABASE_ADMIN_URL');
    expect(told).not.toContain('owner:b');
  });
});

if (absent !== null) test.skipIf(true)(`PostgreSQL: ${absent.skipped}`, () => {});
else
  describe('a server on PostgreSQL', () => {
    let server: TestServer;
    beforeAll(async () => {
      server = (await startPostgres(['fsync=off'])) as TestServer;
    });
    afterAll(() => server.stop());
    const as = (role: string, database: string) =>
      server.url.replace('logonscope@', `${role}@`).replace(/[^/]*$/, database);
    const newDatabase = async (name: string) => {
      const store = await openStore(server.url, { folder: '.' });
      await sql`create database ${sql.id(name)}`.execute(store.db);
      await store.close();
    };

    /** Asks as the administrator of a first start. */
    async function asker({ address, said }: Started) {
      const login = await fetch(`${address}/api/v1/account/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ login: 'superadmin', password: passwordIn(said) }),
      });
      const cookie = login.headers.getSetCookie()[0]!.split(';')[0]!;
      const { csrfToken } = (await login.json()) as { csrfToken: string };
      return async (at: string, method = 'GET', payload?: object) => {
        const answer = await fetch(`${address}/api/v1/${at}`, {
          method,
          headers: { cookie, 'x-csrf-token': csrfToken, 'content-type': 'application/json' },
          ...(payload === undefined ? {} : { body: JSON.stringify(payload) }),
        });
        const text = await answer.text();
        const isLines = text.includes('}\n{');
        return { status: answer.status, body: text.startsWith('{') && !isLines ? JSON.parse(text) : text };
      };
    }

    it('serves behind the wall: everything works that works without it', async () => {
      await newDatabase('walled');
      config(
        `[database]\nDATABASE_URL = ${as('serving:secret', 'walled')}\nDATABASE_ADMIN_URL = ${as('logonscope', 'walled')}\n`,
      );
      const started = await start();
      expect(started.said).not.toContain('wall between companies is down');
      const stored = await Promise.all(post(started.address, keyIn(started.said), 3));
      expect(stored.map((answer) => answer?.status)).toEqual([201, 201, 201]);
      const ask = await asker(started);
      const [company] = (await ask('companies')).body.rows;
      const inCompany = `companies/${company.id}`;
      expect((await ask(`${inCompany}/events`)).body.rows).toHaveLength(3);
      for (const list of ['sessions', 'people', 'computers'])
        expect((await ask(`${inCompany}/${list}`)).body.rows.length, list).toBeGreaterThan(0);
      const report = await ask(`${inCompany}/reports/time-spent`);
      expect([report.status, report.body.rows.length > 0]).toEqual([200, true]);
      const [person] = (await ask(`${inCompany}/people`)).body.rows;
      const data = await ask(`${inCompany}/people/${encodeURIComponent(person.id)}/data`);
      expect(data.body.split('\n').length).toBeGreaterThan(3);

      // A company that holds evidence cannot be deleted, which the serving role has to see.
      expect((await ask(inCompany, 'DELETE')).body.code).toBe('company/not-empty');
      const headers = { 'x-api-key': keyIn(started.said) };
      const health = await fetch(`${started.address}/api/health`, { method: 'POST', headers });
      expect(health.status).toBe(200);
      expect((await ask(`${inCompany}/people/${encodeURIComponent(person.id)}`, 'DELETE')).status).toBe(200);
      expect((await ask(`${inCompany}/events`)).body.rows).toEqual([]);
    });

    it('deletes old data behind the wall', async () => {
      await newDatabase('old');
      config(
        `[database]\nDATABASE_URL = ${as('serving:secret', 'old')}\nDATABASE_ADMIN_URL = ${as('logonscope', 'old')}\n`,
      );
      await start();
      const store = await openStore(as('serving', 'old'), { folder: '.' });
      const { id } = await store.db.selectFrom('companies').select('id').executeTakeFirstOrThrow();
      const events = [said('logon', 0), said('logoff', 60)].map((event) => ({ event, siteId: null }));
      await store.events.append(id, { events, receivedAt: Date.now() });
      expect(await store.inside([id]).selectFrom('sessions').select('id').execute()).toHaveLength(1);
      const inFuture = Date.now() + 400 * 86_400_000;
      const days = { keepEventsDays: 30, keepSessionsDays: null, keepTotalsDays: 30, keepAuditDays: 0 };
      const defaults = { ...days, keepErrorLogDays: 0 };
      const run = { store, clock: () => inFuture, defaults, owner: 'test', stopping: () => false };
      expect(await runRetention(run)).toBe(true);
      for (const table of ['events', 'sessions', 'day_totals'] as const)
        expect(await store.inside('all').selectFrom(table).selectAll().execute(), table).toEqual([]);
      await store.close();
    });

    it('starts without the owner once its tables are there, and not before', async () => {
      await newDatabase('alone');
      const place = {
        databaseUrl: as('serving:secret', 'alone'),
        databaseAdminUrl: as('logonscope', 'alone'),
        instanceFolder: '.',
      };
      expect(await migrateDatabase(place)).toContain('0001-first-tables');
      expect(await migrateDatabase(place)).toEqual([]);
      config(`[database]\nDATABASE_URL = ${place.databaseUrl}\n`);
      const started = await start();
      expect(started.said).not.toContain('wall between companies is down');
      expect((await Promise.all(post(started.address, keyIn(started.said), 1)))[0]?.status).toBe(201);
    });

    it('says so where its role owns the tables', async () => {
      await newDatabase('owned');
      config(`[database]\nDATABASE_URL = ${as('logonscope', 'owned')}\n`);
      expect((await start()).said).toContain("PostgreSQL's own wall between companies is down");
    });
  });
