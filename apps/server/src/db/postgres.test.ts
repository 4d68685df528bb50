// What PostgreSQL does beyond the others: a wall between companies, news across processes, statements that divide.
import { type SessionEvent, sessionize } from '@logonscope/core';
import { noPostgres, startPostgres, type TestServer } from '@logonscope/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scramVerifier } from './dialects/postgres-wall.ts';
import type { StoreChange } from './ports.ts';
import { openStore, type Store } from './store.ts';
import { said, storedSessions } from './testdata/conformance.ts';
import { addCompany, openTestStore } from './testdata/open.ts';

const absent = noPostgres();
const WALLED = /"?\b(computers|agent_cursors|events|sessions|day_totals)\b"?/;

if (absent !== null) test.skipIf(true)(`PostgreSQL: ${absent.skipped}`, () => {});
else
  describe('PostgreSQL', () => {
    let server: TestServer;
    let owner: Store;
    let app: Store;
    const statements: string[] = [];
    const send = (store: Store, companyId: number, events: readonly SessionEvent[]) =>
      store.events.append(companyId, {
        events: events.map((event) => ({ event, siteId: null })),
        receivedAt: 1,
      });

    beforeAll(async () => {
      server = (await startPostgres(['fsync=off'])) as TestServer;
      owner = await openTestStore(server.url);
      const url = server.url.replace('logonscope@', 'app@');
      await owner.dialect.admitRole!(owner.db, url);
      app = await openStore(url, {
        folder: '.',
        log: (event) => void statements.push(event.query.sql.replace(/\s+/g, ' ')),
      });
    });
    afterAll(async () => {
      await app.close();
      await owner.close();
      await server.stop();
    });

    test('the database itself shows no row of another company, and none without a company', async () => {
      const one = await addCompany(owner, 'one');
      const two = await addCompany(owner, 'two');
      await send(app, one.companyId, [said('logon', 0), said('logoff', 9)]);
      const count = (companyId: number, table: 'events' | 'sessions' | 'computers' | 'day_totals') =>
        app.reports.read(companyId, (db) => db.selectFrom(table).selectAll().execute());
      for (const table of ['events', 'sessions', 'computers', 'day_totals'] as const) {
        expect((await count(one.companyId, table)).length).toBeGreaterThan(0);
        expect(await count(two.companyId, table)).toEqual([]);
        expect(await app.db.selectFrom(table).selectAll().execute()).toEqual([]);
      }
      await expect(
        app.reports.read(two.companyId, (db) =>
          db
            .insertInto('day_totals')
            .values({ company_id: one.companyId, site_id: 0, day: 1, signal: 'lock', events: 1 })
            .execute(),
        ),
      ).rejects.toThrow(/row-level security/);
    });

    test('the wall stands for the role of the server, and not for the owner', async () => {
      expect([app.walled(), owner.walled()]).toEqual([true, false]);
      // Letting it in again changes nothing; who owns the tables, or is above all walls, is not let in.
      await owner.dialect.admitRole!(owner.db, server.url.replace('logonscope@', 'app@'));
      await expect(owner.dialect.admitRole!(owner.db, server.url)).rejects.toThrow(
        /that of DATABASE_ADMIN_URL/,
      );
      await sql`create role above superuser`.execute(owner.db);
      await expect(
        owner.dialect.admitRole!(owner.db, server.url.replace('logonscope@', 'above@')),
      ).rejects.toThrow(/above all walls/);
    });

    test('who belongs to companies sees theirs, however he asks, and his connection goes back seeing none', async () => {
      const [one, two, three] = [
        await addCompany(owner, 'in one'),
        await addCompany(owner, 'in two'),
        await addCompany(owner, 'in three'),
      ];
      for (const { companyId } of [one, two, three]) await send(app, companyId, [said('logon', 0)]);
      const seen = async (companies: readonly number[] | 'all') =>
        new Set(
          (await app.inside(companies).selectFrom('events').select('company_id').execute()).map(
            ({ company_id }) => company_id,
          ),
        );
      expect(await seen([one.companyId])).toEqual(new Set([one.companyId]));
      expect(await seen([one.companyId, three.companyId])).toEqual(new Set([one.companyId, three.companyId]));
      expect(await seen([])).toEqual(new Set());
      expect((await seen('all')).size).toBeGreaterThanOrEqual(3);
      const many = Array.from({ length: 40 }, (_, i) => seen([i % 2 === 0 ? one.companyId : two.companyId]));
      for (const [i, companies] of (await Promise.all(many)).entries())
        expect(companies).toEqual(new Set([i % 2 === 0 ? one.companyId : two.companyId]));
      const failing = app
        .inside('all')
        .selectFrom('events')
        .select('nothing' as never)
        .execute();
      await expect(failing).rejects.toThrow(/nothing/);
      const plain = Array.from({ length: 20 }, () => app.db.selectFrom('events').selectAll().execute());
      for (const rows of await Promise.all(plain)) expect(rows).toEqual([]);
    });

    test('a password is handed over as PostgreSQL itself would keep it', async () => {
      await sql`create role secretive password 'pässword: 1'`.execute(owner.db);
      const { rows } = await sql<{ kept: string }>`
        select rolpassword as kept from pg_authid where rolname = 'secretive'`.execute(owner.db);
      const salt = Buffer.from(/^SCRAM-SHA-256\$4096:([^$]+)\$/.exec(rows[0]!.kept)![1]!, 'base64');
      expect(scramVerifier('pässword: 1', salt)).toBe(rows[0]!.kept);
    });

    test('what one process commits is heard in another', async () => {
      const { companyId } = await addCompany(owner, 'heard');
      const heard: StoreChange[] = [];
      const end = owner.live.subscribe(companyId, (change) => heard.push(change));
      await send(app, companyId, [said('logon', 0)]);
      await expect.poll(() => heard.map(({ is }) => is)).toEqual(['event', 'session']);
      end();
    });

    test('two servers append in turn for one computer: each sees that the other was there', async () => {
      const { companyId } = await addCompany(owner, 'by turns');
      const other = await openStore(server.url.replace('logonscope@', 'app@'), { folder: '.' });
      const day = (n: number) =>
        (['logon', 'lock', 'unlock', 'logoff'] as const).map((signal, i) => said(signal, n * 1440 + 120 * i));
      const days = Array.from({ length: 15 }, (_, n) => day(n)).flat();
      for (const [i, event] of days.entries()) {
        const first = i < 20 || (i > 30 && i % 2 === 0) ? app : other;
        expect((await send(first, companyId, [event])).outcomes).toEqual(['stored']);
        if (i % 3 === 0) expect((await send(app, companyId, [event])).outcomes).toEqual(['known']);
      }
      // Both at once, each with its part: whoever waits for the lock goes on from what the other wrote.
      const more = Array.from({ length: 8 }, (_, n) => day(15 + n));
      await Promise.all(more.map((part, n) => send(n % 2 === 0 ? app : other, companyId, part)));
      expect(await storedSessions(owner, companyId)).toEqual(sessionize([...days, ...more.flat()]).sessions);
      expect(await owner.events.rebuild(1, companyId)).toMatchObject({ corrected: 0 });
      await other.close();
    });

    test('every statement that touches a company’s rows names the company and goes to one place', async () => {
      const { companyId } = await addCompany(owner, 'divided');
      statements.length = 0;
      const day = [said('logon', 0), said('lock', 5), said('unlock', 9), said('logoff', 60)];
      await send(app, companyId, day.slice(2));
      await send(app, companyId, day);
      for (let i = 1; i < 9; i++)
        await send(app, companyId, [said('logon', i * 2000), said('logoff', i * 2000 + 9)]);
      await send(app, companyId, [said('lock', 2001, { identity: 'late' })]);
      await app.events.rebuild(1, companyId);
      const ours = statements.filter((text) => WALLED.test(text));
      expect(ours.length).toBeGreaterThan(20);
      for (const text of ours) {
        expect(text).toMatch(/company_id"? = \$\d|select \$\d+::bigint, /);
        // Citus refuses correlated subqueries over a subquery or CTE, and merges.
        expect(text).not.toMatch(/\bexists\b|\bmerge\b|\bwith\b/i);
      }
    });
  });
