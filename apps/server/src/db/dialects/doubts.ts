/** Settings under which a database forgets what it has acknowledged; told at every start, since nothing else shows it. */
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../schema.ts';

/** PostgreSQL: what it does not write through, and what its standby may not have yet. */
export async function postgresDoubts(db: Kysely<Tables>): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string; setting: string }>`select name, setting from pg_settings
    where name in ('fsync', 'full_page_writes', 'synchronous_commit', 'synchronous_standby_names')`.execute(
    db,
  );
  const set = new Map(rows.map(({ name, setting }) => [name, setting]));
  const told: string[] = [];
  for (const name of ['fsync', 'full_page_writes'])
    if (set.get(name) === 'off')
      told.push(`PostgreSQL has ${name} = off: a power cut may cost the whole store.`);
  const commit = set.get('synchronous_commit');
  if (commit === 'off')
    told.push(
      'PostgreSQL has synchronous_commit = off: a crash loses events that agents were told are stored.',
    );
  const standby = set.get('synchronous_standby_names') ?? '';
  if (standby !== '' && (commit === 'local' || commit === 'remote_write'))
    told.push(`PostgreSQL has synchronous_commit = ${commit}: its standby may lack what was acknowledged.`);
  return told;
}

/** MariaDB and MySQL: a log that is written through once a second, or pages that may be torn. */
export async function mysqlDoubts(db: Kysely<Tables>): Promise<readonly string[]> {
  const { rows } = await sql<{ flush: number; pages: number | string }>`
    select @@innodb_flush_log_at_trx_commit as flush, @@innodb_doublewrite as pages`.execute(db);
  const [found] = rows;
  const told: string[] = [];
  if (Number(found?.flush) !== 1)
    told.push(
      `The database has innodb_flush_log_at_trx_commit = ${found?.flush}: a crash loses events that agents were told are stored. Set it to 1.`,
    );
  if (found?.pages === 0 || found?.pages === 'OFF')
    told.push('The database has innodb_doublewrite = OFF: a power cut may cost the whole store.');
  return told;
}
