/** The few catalogue views of a SQL Server that are read, as views of the database behind. */

export const DATABASE = 'logonscope';

/** What an administrator sets, and the store insists on. */
export interface DatabaseFacts {
  readonly compatibilityLevel?: number;
  readonly readCommittedSnapshot?: boolean;
  readonly allowSnapshotIsolation?: boolean;
}

const SCHEMA_ID = 1;
/** Tables and views of the usual schema, under the numbers they have behind. */
const relations = (view: string, kind: string, type: string) => `
  create view sys.${view} as select c.oid::int as object_id, ${SCHEMA_ID} as schema_id, c.relname::text as name,
    '${type}'::text as type from pg_class c where c.relkind = '${kind}' and c.relnamespace = 'public'::regnamespace;`;

/** Statements that make them in an empty database. */
export function catalogStatements({
  compatibilityLevel = 160,
  readCommittedSnapshot = true,
  allowSnapshotIsolation = true,
}: DatabaseFacts): string {
  return `
  create schema sys;
  create function sys.db_name() returns text language sql immutable as $$ select '${DATABASE}' $$;
  create view sys.databases as select '${DATABASE}'::text as name, ${compatibilityLevel}::smallint as compatibility_level,
    ${allowSnapshotIsolation ? 1 : 0}::smallint as snapshot_isolation_state,
    ${readCommittedSnapshot} as is_read_committed_snapshot_on;
  create view sys.schemas as select ${SCHEMA_ID} as schema_id, 'dbo'::text as name;
  ${relations('tables', 'r', 'U ')}
  ${relations('views', 'v', 'V ')}
  create view sys.columns as select a.attrelid::int as object_id, a.attnum::int as column_id, a.attname::text as name,
    a.atttypid::int as user_type_id, 0 as default_object_id, 'NOT_APPLICABLE'::text as generated_always_type_desc,
    false as is_computed, false as is_identity, not a.attnotnull as is_nullable, false as is_rowguidcol
    from pg_attribute a where a.attnum > 0 and not a.attisdropped;
  create view sys.types as select t.oid::int as user_type_id, t.typname::text as name, ${SCHEMA_ID} as schema_id,
    true as is_nullable from pg_type t;
  create view sys.extended_properties as select 0 as major_id, 0 as minor_id, ''::text as name, ''::text as value
    where false;`;
}
