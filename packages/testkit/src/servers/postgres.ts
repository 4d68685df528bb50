/** A throw-away PostgreSQL. */
import { join } from 'node:path';
import { absence, type NoServer, type ServerRecipe, startServer, type TestServer } from './server.ts';

/** Its superuser, who needs no password. */
export const POSTGRES_USER = 'logonscope';

/** How one is set up and started with these settings. */
export function postgresRecipe(settings: readonly string[]): ServerRecipe {
  return {
    name: 'PostgreSQL',
    binaries: ['initdb', 'postgres', 'pg_isready', 'createdb'],
    async prepare({ folder }, run) {
      const data = join(folder, 'data');
      await run('initdb', [
        '-D',
        data,
        '-U',
        POSTGRES_USER,
        '-A',
        'trust',
        '-E',
        'UTF8',
        '--locale=C',
        '--no-sync',
      ]);
    },
    command: ({ folder, port }) => ({
      binary: 'postgres',
      args: [
        ...['-D', join(folder, 'data'), '-p', String(port), '-h', '127.0.0.1', '-k', ''],
        ...['shared_buffers=64MB', 'max_connections=60', ...settings].flatMap((setting) => ['-c', setting]),
      ],
    }),
    async ready({ port }, run) {
      await run('pg_isready', ['-q', '-h', '127.0.0.1', '-p', String(port), '-d', 'postgres']);
    },
    url: ({ port }) => `postgresql://${POSTGRES_USER}@127.0.0.1:${port}/postgres`,
    stopSignal: 'SIGINT',
  };
}

/** Starts PostgreSQL; `settings` as on its command line, `fsync=off` for tests that need no durability. */
export function startPostgres(settings: readonly string[] = []): Promise<TestServer | NoServer> {
  return startServer(postgresRecipe(settings));
}

/** Why there is none here; null where one can be started. */
export const noPostgres = () => absence(postgresRecipe([]));
