/** Two throw-away PostgreSQL, one of which copies the other: a commit is acknowledged once both have it. */
import { join } from 'node:path';
import { POSTGRES_USER, postgresRecipe } from './postgres.ts';
import {
  absence,
  type NoServer,
  runProgram,
  type ServerRecipe,
  startServer,
  type TestServer,
} from './server.ts';

export interface PostgresPair {
  /** Address of both, for `openStore`. */
  readonly url: string;
  /** Addresses of each alone: the one that takes writes, and the one that copies it. */
  readonly primary: string;
  readonly standby: string;
  /** Kills the primary and lets the standby take its place; the dead one stays dead. */
  failOver(): Promise<void>;
  /** The standby takes the primary's place while that one goes on as if nothing had happened. */
  promote(): Promise<void>;
  /** A new standby in the place of the dead one, in step with the primary. */
  renew(): Promise<void>;
  stop(): Promise<void>;
}

/** What the standby calls itself towards the primary. */
const STANDBY = 'standby';
const IN_STEP_WITHIN_MS = 60_000;
const ASK_EVERY_MS = 50;
/** `remote_apply` would also wait until the standby shows it to readers, of which it has none. */
const PRIMARY_SETTINGS = ['wal_level=replica', 'max_wal_senders=8', 'synchronous_commit=on'];

/** Starts both; the standby is made of the primary by `pg_basebackup`. */
export async function startPostgresPair(): Promise<PostgresPair | NoServer> {
  const absent = noPostgresPair();
  if (absent !== null) return absent;
  let primary = (await startServer(postgresRecipe(PRIMARY_SETTINGS))) as TestServer;
  let standby = await copyOf(primary);
  const promote = async () => {
    await ask(standby, 'select pg_promote()');
    [primary, standby] = [standby, primary];
    // It is alone now: with the settings it copied it would wait for a standby of its own.
    await configure(primary, 'alter system reset synchronous_standby_names');
  };
  return {
    url: `postgresql://${POSTGRES_USER}@127.0.0.1:${primary.port},127.0.0.1:${standby.port}/postgres?target_session_attrs=read-write`,
    get primary() {
      return primary.url;
    },
    get standby() {
      return standby.url;
    },
    async failOver() {
      await primary.crash();
      await promote();
    },
    promote,
    async renew() {
      await standby.stop();
      standby = await copyOf(primary, standby.port);
    },
    async stop() {
      await Promise.all([primary.stop(), standby.stop()]);
    },
  };
}

/** Why there is none here; null where one can be started. */
export function noPostgresPair(): NoServer | null {
  const recipe = postgresRecipe([]);
  return absence({ ...recipe, binaries: [...recipe.binaries, 'pg_basebackup', 'psql'] });
}

async function copyOf(primary: TestServer, port?: number): Promise<TestServer> {
  const standby = (await startServer(standbyRecipe(primary, port))) as TestServer;
  await configure(primary, `alter system set synchronous_standby_names = '${STANDBY}'`);
  const until = performance.now() + IN_STEP_WITHIN_MS;
  while ((await ask(primary, 'select sync_state from pg_stat_replication')).trim() !== 'sync') {
    if (performance.now() > until) throw new Error('The standby does not come into step.');
    await new Promise((resume) => setTimeout(resume, ASK_EVERY_MS));
  }
  return standby;
}

function standbyRecipe(primary: TestServer, port?: number): ServerRecipe {
  const from = `host=127.0.0.1 port=${primary.port} user=${POSTGRES_USER} application_name=${STANDBY}`;
  return {
    ...postgresRecipe([...PRIMARY_SETTINGS, `primary_conninfo=${from}`]),
    ...(port !== undefined && { port }),
    async prepare({ folder }, run) {
      const target = ['-D', join(folder, 'data'), '--write-recovery-conf', '--checkpoint=fast', '--no-sync'];
      await run('pg_basebackup', [
        '-h',
        '127.0.0.1',
        '-p',
        String(primary.port),
        '-U',
        POSTGRES_USER,
        ...target,
      ]);
    },
  };
}

async function configure(server: TestServer, statement: string): Promise<void> {
  await ask(server, statement);
  await ask(server, 'select pg_reload_conf()');
}

const ask = (server: TestServer, statement: string) =>
  runProgram('psql', ['-X', '-A', '-t', '-q', '-d', server.url, '-c', statement]);
