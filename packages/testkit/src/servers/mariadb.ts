/** A throw-away MariaDB. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { absence, type NoServer, type ServerRecipe, startServer, type TestServer } from './server.ts';

const FIRST_STATEMENTS = `CREATE DATABASE IF NOT EXISTS logonscope CHARACTER SET utf8mb4;
CREATE USER IF NOT EXISTS 'logonscope'@'%' IDENTIFIED BY 'logonscope';
CREATE USER IF NOT EXISTS 'logonscope'@'localhost' IDENTIFIED BY 'logonscope';
GRANT ALL ON *.* TO 'logonscope'@'%';
GRANT ALL ON *.* TO 'logonscope'@'localhost';
`;

const RECIPE: ServerRecipe = {
  name: 'MariaDB',
  binaries: ['mariadb-install-db', 'mariadbd', 'mariadb-admin'],
  async prepare({ folder }, run) {
    writeFileSync(join(folder, 'first.sql'), FIRST_STATEMENTS, { mode: 0o644 });
    await run('mariadb-install-db', [
      '--no-defaults',
      `--datadir=${join(folder, 'data')}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      '--skip-name-resolve',
    ]);
  },
  command: ({ folder, port }) => ({
    binary: 'mariadbd',
    args: [
      '--no-defaults',
      `--datadir=${join(folder, 'data')}`,
      `--socket=${join(folder, 'mariadb.sock')}`,
      `--pid-file=${join(folder, 'mariadb.pid')}`,
      `--init-file=${join(folder, 'first.sql')}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      '--innodb-buffer-pool-size=64M',
      '--skip-log-bin',
    ],
  }),
  async ready({ port }, run) {
    const who = ['-h', '127.0.0.1', '-P', String(port), '--protocol=tcp', '-u', 'logonscope'];
    await run('mariadb-admin', ['--no-defaults', ...who, '-plogonscope', 'ping']);
  },
  url: ({ port }) => `mysql://logonscope:logonscope@127.0.0.1:${port}/logonscope`,
  stopSignal: 'SIGTERM',
};

export function startMariadb(): Promise<TestServer | NoServer> {
  return startServer(RECIPE);
}

/** Why there is none here; null where one can be started. */
export const noMariadb = () => absence(RECIPE);
