/** Classes of data with a rule of their own, people of a sign-in provider, and what imported logs tell of life. */
import type { Kysely } from 'kysely';
import type { ColumnTypes } from '../dialects/dialect.ts';
import { addColumns, type ColumnKind, createIndex, createTable, type TableDef } from '../table-def.ts';

/** Columns that tables of before get; all may be null, so that rows of before need no words of their own. */
export const SECOND_COLUMNS: Readonly<Record<string, Readonly<Record<string, ColumnKind>>>> = {
  companies: { keep_audit_days: 'int?', keep_errors_days: 'int?' },
  computers: { kept_until: 'big?' },
  sessions: { kept_since: 'big?' },
};

export const SECOND_TABLES: readonly TableDef[] = [
  {
    name: 'provider_accounts',
    columns: {
      digest: 'key 64',
      user_id: 'big',
      issuer: 'key 255',
      subject: 'key 255',
      created_at: 'big',
      last_login_at: 'big?',
    },
    key: ['digest'],
    indexes: [['user_id']],
  },
  {
    name: 'spent_tokens',
    columns: { digest: 'key 64', expires_at: 'big' },
    key: ['digest'],
    indexes: [['expires_at']],
  },
  {
    name: 'life_spans',
    columns: {
      company_id: 'big',
      computer_id: 'big',
      channel: 'key 100',
      from_at: 'big',
      to_at: 'big',
      first_record: 'big',
      last_record: 'big',
    },
    key: ['company_id', 'computer_id', 'channel', 'from_at', 'to_at', 'first_record', 'last_record'],
    clustered: true,
  },
];

export async function addOwnClasses(db: Kysely<never>, types: ColumnTypes): Promise<void> {
  for (const [table, columns] of Object.entries(SECOND_COLUMNS)) await addColumns(db, types, table, columns);
  for (const table of SECOND_TABLES) await createTable(db, types, table);
  await createIndex(db, 'audit_trail', ['company_id', 'user_id', 'seq']);
  await createIndex(db, 'error_log', ['company_id', 'at'], { name: 'error_log_of_company' });
}
