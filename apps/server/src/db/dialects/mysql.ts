/** MySQL 8 and MariaDB 10.6 and later. */
import { MysqlDialect, sql } from 'kysely';
import type { ColumnTypes, Row, RowColumns, StoreDialect } from './dialect.ts';
import { mysqlDoubts } from './doubts.ts';
import { columnList, rowColumnList } from './upserts.ts';

/** Both servers know this one; it pads, which is why names are kept without trailing blanks. */
const BY_CODE_POINT = 'character set utf8mb4 collate utf8mb4_bin';

const TYPES: ColumnTypes = {
  big: 'bigint',
  int: 'int',
  flag: 'smallint',
  text: `longtext ${BY_CODE_POINT}`,
  key: (length) => `varchar(${length}) ${BY_CODE_POINT}`,
  tableEnding: () => sql`engine = InnoDB`,
};

const SPELLED = { big: 'bigint', int: 'int', text: 'longtext' } as const;
const DUPLICATE = 1062;
/** Deadlock, lock wait timeout, and MariaDB's record changed since last read. */
const TRANSIENT = new Set([1213, 1205, 1020]);

const numberOf = (error: unknown) => (error as { errno?: number } | null)?.errno ?? 0;

function rowsOf(columns: RowColumns, rows: readonly Row[]) {
  const paths = Object.entries(columns).map(
    ([name, type], i) => sql`${sql.id(name)} ${sql.raw(SPELLED[type])} path ${sql.lit(`$[${i}]`)}`,
  );
  return sql`json_table(${JSON.stringify(rows)}, '$[*]' columns(${sql.join(paths)})) as r`;
}

export const MYSQL: StoreDialect = {
  name: 'mysql',
  types: TYPES,
  async open(url, { poolSize = 10 }) {
    const { createPool } = await import('mysql2');
    const pool = createPool({
      uri: url.replace(/^(mysql|mariadb)(\+\w+)?:/, 'mysql:'),
      connectionLimit: poolSize,
      charset: 'utf8mb4_bin',
      supportBigNumbers: true,
      bigNumberStrings: false,
      decimalNumbers: true,
    });
    return { dialect: new MysqlDialect({ pool: pool as never }) };
  },
  rows: rowsOf,
  lockHint: sql``,
  joinToRows: sql`join`,
  lockClause: sql`for update`,
  comparable: (text) => sql`${text} collate utf8mb4_bin`,
  async insertRows(db, table, columns, rows) {
    await sql`insert into ${sql.table(table)} (${columnList(columns)})
      select ${rowColumnList(columns)} from ${rowsOf(columns, rows)}`.execute(db);
  },
  async insertAbsent(db, table, columns, rows, key) {
    // Unlike `insert ignore`, this lets no text be cut off in silence.
    const same = sql.ref(`${table}.${key[0]}`);
    await sql`insert into ${sql.table(table)} (${columnList(columns)})
      select ${rowColumnList(columns)} from ${rowsOf(columns, rows)}
      on duplicate key update ${sql.ref(key[0]!)} = ${same}`.execute(db);
  },
  async upsert(db, table, columns, rows, _key, change) {
    const changes = Object.entries(change).map(([name, how]) => {
      const old = sql.ref(`${table}.${name}`);
      const fresh = sql`values(${sql.ref(name)})`;
      if (how === 'add') return sql`${sql.ref(name)} = ${old} + ${fresh}`;
      return how === 'set'
        ? sql`${sql.ref(name)} = ${fresh}`
        : sql`${sql.ref(name)} = greatest(${old}, ${fresh})`;
    });
    await sql`insert into ${sql.table(table)} (${columnList(columns)})
      select ${rowColumnList(columns)} from ${rowsOf(columns, rows)}
      on duplicate key update ${sql.join(changes)}`.execute(db);
  },
  async deleteRows(db, table, companyId, columns, rows) {
    const same = Object.entries(columns).map(([name, type]) => {
      const given = type === 'text' ? sql`${sql.ref(`r.${name}`)} collate utf8mb4_bin` : sql.ref(`r.${name}`);
      return sql`${sql.ref(`t.${name}`)} = ${given}`;
    });
    await sql`delete t from ${sql.table(table)} as t
      join ${rowsOf(columns, rows)} on ${sql.join(same, sql` and `)}
      where t.company_id = ${companyId}`.execute(db);
  },
  doubts: mysqlDoubts,
  isTransient: (error) => TRANSIENT.has(numberOf(error)),
  isDuplicate: (error) => numberOf(error) === DUPLICATE,
  page: (limit) => sql` limit ${limit}`,
};
