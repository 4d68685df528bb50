/**
 * A stand-in for a SQL Server, since none can be had here: speaks its protocol (TDS 7.4) to the real driver, reads the
 * part of Transact-SQL that the store writes, refuses all else, and has PostgreSQL do it.
 */
import { createServer, type Socket } from 'node:net';
import pg from 'pg';
import { startAnyPostgres } from './any-postgres.ts';
import { listening } from './listening.ts';
import type { TestServer } from './server.ts';
import { appLocks } from './sql-server/app-locks.ts';
import { catalogStatements, DATABASE, type DatabaseFacts } from './sql-server/catalog.ts';
import { openSession, PASSWORD, USER } from './sql-server/session.ts';

export interface SqlServerOptions {
  /** How the database is set up; as the store wants it, unless told otherwise. */
  readonly facts?: DatabaseFacts;
  /** Hears every statement that arrives. */
  readonly heard?: (statement: string) => void;
}

/** Starts it in this process; `crash` cuts all connections, and what was not committed is gone. */
export async function startSqlServer({
  facts = {},
  heard = () => {},
}: SqlServerOptions = {}): Promise<TestServer> {
  const behind = await startAnyPostgres();
  console.log('used: the stand-in for SQL Server, never one of Microsoft’s');
  const client = new pg.Client({ connectionString: behind.url });
  await client.connect();
  await client.query(catalogStatements(facts));
  await client.end();
  const sockets = new Set<Socket>();
  const place = { behindUrl: behind.url, locks: appLocks(), heard };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.once('close', () => sockets.delete(socket));
    openSession(socket, place);
  });
  const port = await listening(server, 0);
  const cut = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    url: `mssql://${USER}:${PASSWORD}@127.0.0.1:${port}/${DATABASE}?encrypt=no`,
    port,
    pid: process.pid,
    crash: cut,
    restart: async () => void (await listening(server, port)),
    async stop() {
      await cut();
      await behind.stop();
    },
  };
}
