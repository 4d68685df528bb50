// The real driver meets the stand-in: who may come in, what goes over the wire, what becomes of transactions.
import { Connection, type ConnectionConfiguration, Request, TYPES } from 'tedious';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noPostgres } from './postgres.ts';
import type { TestServer } from './server.ts';
import { startSqlServer } from './sql-server.ts';

interface Person {
  readonly userName?: string;
  readonly password?: string;
  readonly database?: string;
  readonly encrypt?: boolean;
}

const absent = noPostgres();
if (absent !== null) test.skipIf(true)(`SQL Server (stand-in): ${absent.skipped}`, () => {});
else
  describe('the stand-in for SQL Server', () => {
    let server: TestServer;
    const open: Connection[] = [];
    const connect = ({ userName, password, database, encrypt = false }: Person = {}): Promise<Connection> => {
      const url = new URL(server.url);
      const config: ConnectionConfiguration = {
        server: url.hostname,
        authentication: {
          type: 'default',
          options: { userName: userName ?? url.username, password: password ?? url.password },
        },
        options: { port: server.port, database: database ?? url.pathname.slice(1), encrypt },
      };
      return new Promise((resolve, reject) => {
        const connection = new Connection(config);
        connection.on('error', () => {});
        connection.connect((error) => (error === undefined ? resolve(connection) : reject(error)));
        open.push(connection);
      });
    };
    const run = (on: Connection, text: string, ...values: readonly (string | number | null)[]) =>
      new Promise<unknown[][]>((resolve, reject) => {
        const rows: unknown[][] = [];
        const request = new Request(text, (error) => (error ? reject(error) : resolve(rows)));
        for (const [i, value] of values.entries())
          request.addParameter(String(i + 1), typeof value === 'number' ? TYPES.Int : TYPES.NVarChar, value);
        request.on('row', (cells: { value: unknown }[]) => rows.push(cells.map(({ value }) => value)));
        if (values.length > 0) on.execSql(request);
        else on.execSqlBatch(request);
      });

    beforeAll(async () => {
      server = await startSqlServer();
      const first = await connect();
      await run(first, 'create table [t] ([a] int not null primary key, [b] nvarchar(max))');
    });
    afterAll(async () => {
      for (const connection of open) connection.close();
      await server.stop();
    });

    test('only who knows the password comes in, to the one database, without encryption', async () => {
      await expect(connect({ password: 'wrong' })).rejects.toMatchObject({ code: 'ELOGIN' });
      await expect(connect({ database: 'master' })).rejects.toMatchObject({ code: 'ELOGIN' });
      await expect(connect({ encrypt: true })).rejects.toMatchObject({ code: 'EENCRYPT' });
    });

    test.each(['', 'x', 'Łódź 😀 \u202E', 'long '.repeat(9_000), null])(
      'a text comes back: %.12s',
      async (text) => {
        const on = await connect();
        await run(on, 'delete from t');
        await run(on, 'insert into t (a, b) values (@1, @2)', -7, text);
        expect(await run(on, 'select a, b from t')).toEqual([[-7, text]]);
      },
    );

    test('errors have the numbers of a SQL Server, and the connection goes on', async () => {
      const on = await connect();
      await run(on, 'delete from t');
      await run(on, 'insert into t (a) values (1)');
      const numbers: [string, number][] = [
        ['insert into t (a) values (1)', 2627],
        ['insert into t (a, b) values (null, null)', 515],
        ['select a from t limit 1', 102],
        ['select a from nowhere', 208],
        ['select nothing from t', 207],
        ['select a, count(*) from t', 8120],
        ['commit transaction', 3902],
      ];
      for (const [text, number] of numbers)
        await expect(run(on, text), text).rejects.toMatchObject({ number });
      expect(await run(on, 'select a from t')).toEqual([[1]]);
    });

    test('what is not committed is gone with its connection', async () => {
      const [one, two] = [await connect(), await connect()];
      await run(one, 'delete from t');
      await run(one, 'begin transaction');
      await run(one, 'insert into t (a) values (5)');
      expect(await run(two, 'select a from t')).toEqual([]);
      one.close();
      await expect.poll(() => run(two, 'insert into t (a) values (5)').then(() => 'in')).toBe('in');
    });

    test('of two who wait for each other one is told that it lost, and that its transaction is over', async () => {
      const [one, two] = [await connect(), await connect()];
      await run(one, 'delete from t');
      await run(one, 'insert into t (a) values (1), (2)');
      const take = (on: Connection, a: number) => run(on, 'update t set b = @2 where a = @1', a, 'x');
      for (const on of [one, two]) await run(on, 'begin transaction');
      await take(one, 1);
      await take(two, 2);
      const ends = await Promise.allSettled([take(one, 2), take(two, 1)]);
      const lost = ends.findIndex(({ status }) => status === 'rejected');
      expect(ends[lost]).toMatchObject({ reason: { number: 1205 } });
      const [loser, winner] = lost === 0 ? [one, two] : [two, one];
      await expect(run(loser, 'commit transaction')).rejects.toMatchObject({ number: 3902 });
      await run(winner, 'commit transaction');
    });
  });
