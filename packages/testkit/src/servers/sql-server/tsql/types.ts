/** Types of columns, as the database behind spells them. */
import { ServerError } from '../tokens.ts';
import type { Parse } from './parse.ts';

const LENGTH_MAX = 4_000;
const SAME: Readonly<Record<string, string>> = {
  bigint: 'bigint',
  int: 'integer',
  integer: 'integer',
  smallint: 'smallint',
};

/** Reads a type; a text is told its collation by who reads the column. */
export function typeOf(parse: Parse): string {
  const { value } = parse.next();
  const same = SAME[value];
  if (same !== undefined) return same;
  if (value !== 'nvarchar' && value !== 'varchar') {
    throw new ServerError(2715, `Cannot find data type ${value}.`);
  }
  return parse.inBrackets(() => {
    if (parse.takes('max')) return 'text';
    const length = Number(parse.next().value);
    if (!(length >= 1 && length <= LENGTH_MAX))
      throw new ServerError(131, `The size (${length}) is too large.`);
    return `varchar(${length})`;
  });
}
