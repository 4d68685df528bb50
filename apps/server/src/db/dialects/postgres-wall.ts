/**
 * PostgreSQL's own wall between companies: row-level security. It holds for roles that do not own the tables; what a
 * connection may see stands in a setting of its own, `logonscope.company`: nothing, some companies, or all (`*`).
 */
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { type Dialect, type Kysely, PostgresDialect, type PostgresPool, sql } from 'kysely';
import type { Tables } from '../schema.ts';

const SETTING = 'logonscope.company';
const SET = `select set_config('${SETTING}', $1, false)`;

/** Whom a connection acts for, as the setting has it. */
export function wallText(companies: readonly number[] | 'all'): string {
  return companies === 'all' ? '*' : companies.join(',');
}

/** Makes rows of these tables visible only to who has entered their company; once more for those that have a wall. */
export async function raiseWall(db: Kysely<never>, tables: readonly string[]): Promise<void> {
  // Subqueries are answered once for a statement, not once for every row.
  const entered = sql`(select nullif(current_setting(${sql.lit(SETTING)}, true), ''))`;
  const everywhere = sql`(select coalesce(current_setting(${sql.lit(SETTING)}, true), '') = '*')`;
  const some = sql`company_id = any ((select string_to_array(nullif(${entered}, '*'), ',')::bigint[])::bigint[])`;
  for (const table of tables) {
    await sql`alter table ${sql.table(table)} enable row level security`.execute(db);
    await sql`drop policy if exists company on ${sql.table(table)}`.execute(db);
    await sql`create policy company on ${sql.table(table)} using (${everywhere} or ${some})`.execute(db);
  }
}

/** Whether the wall holds for the role that asks; not for owners and superusers, nor where there are no tables yet. */
export async function wallStands(db: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql<{ stands: boolean | null }>`
    select case when to_regclass('events') is null then false
      else row_security_active(to_regclass('events')::oid) end as stands`.execute(db);
  return rows[0]?.stands === true;
}

/** The same connections, each of which sees these companies while it is out, and none once it is back. */
export function insidePool(pool: PostgresPool, companies: readonly number[] | 'all'): Dialect {
  const text = wallText(companies);
  return new PostgresDialect({
    pool: {
      ...(pool as PostgresPool),
      async connect() {
        const client = await pool.connect();
        const giveBack = client.release.bind(client) as (broken?: Error) => void;
        const leave = () =>
          void client.query(SET, ['']).then(
            () => giveBack(),
            (error: Error) => giveBack(error),
          );
        try {
          await client.query(SET, [text]);
        } catch (error) {
          giveBack(error as Error);
          throw error;
        }
        return new Proxy(client, {
          get: (target, name) => {
            if (name === 'release') return leave;
            const value: unknown = Reflect.get(target, name);
            return typeof value === 'function' ? value.bind(target) : value;
          },
        });
      },
      // The pool is somebody else's to end.
      end: async () => {},
    },
  });
}

/** What PostgreSQL stores of a password (RFC 5803), so that the password itself is in no statement and no log. */
export function scramVerifier(password: string, salt: Buffer = randomBytes(16)): string {
  const rounds = 4_096;
  const salted = pbkdf2Sync(password.normalize('NFKC'), salt, rounds, 32, 'sha256');
  const keyed = (words: string) => createHmac('sha256', salted).update(words).digest();
  const stored = createHash('sha256').update(keyed('Client Key')).digest('base64');
  const server = keyed('Server Key').toString('base64');
  return `SCRAM-SHA-256$${rounds}:${salt.toString('base64')}$${stored}:${server}`;
}

/**
 * Lets the role of an address use the tables and nothing else: made at first sight, with the password of the address. As
 * the tables' owner. Throws for a role that the wall would not hold.
 */
export async function admitRole(db: Kysely<Tables>, url: string): Promise<void> {
  const { username, password } = new URL(url);
  const [role, secret] = [decodeURIComponent(username), decodeURIComponent(password)];
  const { rows } = await sql<{ above: boolean; own: boolean }>`
    select rolsuper or rolbypassrls as above, rolname = current_user as own
    from pg_roles where rolname = ${role}`.execute(db);
  const [known] = rows;
  if (known?.own || known?.above) {
    throw new Error(
      `The role ${role} of DATABASE_URL ${known.own ? 'is that of DATABASE_ADMIN_URL' : 'is above all walls'}; name another there.`,
    );
  }
  const named = sql.id(role);
  if (known === undefined) {
    const proof = secret === '' ? sql`` : sql` password ${sql.lit(scramVerifier(secret))}`;
    await sql`create role ${named} login${proof}`.execute(db);
  }
  const schema = sql.id(
    (await sql<{ name: string }>`select current_schema() as name`.execute(db)).rows[0]!.name,
  );
  await sql`grant usage on schema ${schema} to ${named}`.execute(db);
  await sql`grant select, insert, update, delete on all tables in schema ${schema} to ${named}`.execute(db);
}
