/** Statements that write: insert, update, delete. */
import { ServerError } from '../tokens.ts';
import { condition, value } from './expressions.ts';
import { type Parse, quoted } from './parse.ts';
import { select } from './select.ts';
import { type Source, sources, tableName } from './sources.ts';

export function insert(parse: Parse): string {
  parse.expect('insert', 'into');
  const table = tableName(parse).map(quoted).join('.');
  const columns = parse.inBrackets(() => parse.list(() => quoted(parse.name()))).join(', ');
  if (!parse.takes('values')) return `insert into ${table} (${columns}) ${select(parse)}`;
  const rows = parse.list(
    () => `(${parse.inBrackets(() => parse.list(() => value(parse).text)).join(', ')})`,
  );
  if (rows.length > ROWS_MAX)
    throw new ServerError(10738, 'The number of row value expressions exceeds 1000.');
  return `insert into ${table} (${columns}) values ${rows.join(', ')}`;
}

const ROWS_MAX = 1_000;

export function update(parse: Parse): string {
  parse.expect('update');
  const target = tableName(parse);
  parse.expect('set');
  const changes = parse.list(() => {
    const column = quoted(parse.name());
    parse.expect('=');
    return `${column} = ${value(parse).text}`;
  });
  const { table, others, where } = concerned(parse, target);
  const from = others.length === 0 ? '' : ` from ${others.join(', ')}`;
  return `update ${table} set ${changes.join(', ')}${from}${where}`;
}

export function remove(parse: Parse): string {
  parse.expect('delete', 'from');
  const { table, others, where } = concerned(parse, tableName(parse));
  const using = others.length === 0 ? '' : ` using ${others.join(', ')}`;
  return `delete from ${table}${using}${where}`;
}

interface Concerned {
  readonly table: string;
  readonly others: readonly string[];
  readonly where: string;
}

/** The table that changes, what it is joined to, and the conditions of the joins and of the statement together. */
function concerned(parse: Parse, target: readonly string[]): Concerned {
  const from = parse.takes('from') ? sources(parse) : [];
  const conditions = from.flatMap(({ on }) => (on === null ? [] : [`(${on})`]));
  if (parse.takes('where')) conditions.push(`(${condition(parse)})`);
  const where = conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`;
  if (from.length === 0) return { table: target.map(quoted).join('.'), others: [], where };
  const own = from.find(({ alias }) => alias === target[0]);
  if (own === undefined) throw new ServerError(208, `Invalid object name '${target.join('.')}'.`);
  const others = from.filter((one) => one !== own);
  if (from.some(({ join }) => join === 'left')) parse.fail();
  return { table: own.text, others: others.map(({ text }: Source) => text), where };
}
