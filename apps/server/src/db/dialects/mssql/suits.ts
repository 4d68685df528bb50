/** What a database on a SQL Server must be set to before a store can live in it. */
import { type Kysely, sql } from 'kysely';

interface Facts {
  readonly name: string;
  readonly compatibility_level: number;
  readonly snapshot_isolation_state: number;
  readonly is_read_committed_snapshot_on: unknown;
}

/** The first level that reads JSON: that of SQL Server 2016. */
const READS_JSON = 130;

/**
 * Throws with the statements that an administrator has to run. Readers must not wait for writers, nor they for readers,
 * and a copy needs one moment of the whole database: both are read from versions of rows, which a database keeps only
 * when told to.
 */
export async function mustSuit(db: Kysely<never>): Promise<void> {
  const { rows } = await sql<Facts>`
    select name, compatibility_level, snapshot_isolation_state, is_read_committed_snapshot_on
    from sys.databases where name = db_name()`.execute(db);
  const [facts] = rows;
  if (facts === undefined) throw new Error('The SQL Server does not say which database this is.');
  const wanted: string[] = [];
  if (facts.compatibility_level < READS_JSON) wanted.push(`compatibility_level = ${READS_JSON}`);
  if (Number(facts.is_read_committed_snapshot_on) !== 1) wanted.push('read_committed_snapshot on');
  if (facts.snapshot_isolation_state !== 1) wanted.push('allow_snapshot_isolation on');
  if (wanted.length === 0) return;
  const name = `[${facts.name.replaceAll(']', ']]')}]`;
  const statements = wanted.map((setting) => `alter database ${name} set ${setting};`).join(' ');
  throw new Error(`The database has to be set up first, while nobody uses it: ${statements}`);
}
