/** Values and conditions. Transact-SQL keeps them apart: no condition is a value, and no value is a condition. */
import { ServerError } from '../tokens.ts';
import { type Parse, quoted, type Value } from './parse.ts';
import { typeOf } from './types.ts';

const plain = (text: string): Value => ({ text, collation: 'none' });

export function value(parse: Parse): Value {
  let left = product(parse);
  for (;;) {
    const sign = parse.takes('+') ? '+' : parse.takes('-') ? '-' : null;
    if (sign === null) return left;
    left = plain(`${left.text} ${sign} ${product(parse).text}`);
  }
}

function product(parse: Parse): Value {
  let left = collated(parse);
  for (;;) {
    const sign = ['*', '/', '%'].find((one) => parse.takes(one));
    if (sign === undefined) return left;
    left = plain(`${left.text} ${sign} ${collated(parse).text}`);
  }
}

function collated(parse: Parse): Value {
  const inner = primary(parse);
  if (!parse.takes('collate')) return inner;
  const { value: collation } = parse.next();
  if (collation !== BY_CODE_POINT) throw new ServerError(448, `Invalid collation '${collation}'.`);
  return { ...inner, text: `${inner.text} collate "C"`, collation: 'none' };
}

export const BY_CODE_POINT = 'latin1_general_100_bin2';

function primary(parse: Parse): Value {
  const { is, value: word } = parse.token;
  if (is === 'number') return plain(parse.next().value);
  if (is === 'text') return plain(`'${parse.next().value.replaceAll("'", "''")}'`);
  if (is === 'variable') return plain(parse.variable(parse.next().value));
  if (parse.takes('-')) return plain(`-${primary(parse).text}`);
  if (parse.takes('null')) return plain('null');
  if (parse.takes('case')) return chosen(parse);
  if (parse.takes('cast')) return parse.inBrackets(() => cast(parse));
  if (parse.is('(')) return parse.inBrackets(() => bracketed(parse));
  if (is === 'word' && parse.is('(', 1)) return called(parse, word);
  return column(parse);
}

function bracketed(parse: Parse): Value {
  const inner = parse.is('select') ? parse.subselect().text : value(parse).text;
  return plain(`(${inner})`);
}

function cast(parse: Parse): Value {
  const { text } = value(parse);
  parse.expect('as');
  return plain(`cast(${text} as ${typeOf(parse)})`);
}

function chosen(parse: Parse): Value {
  let text = 'case';
  while (parse.takes('when')) {
    text += ` when ${condition(parse)}`;
    parse.expect('then');
    text += ` then ${value(parse).text}`;
  }
  if (parse.takes('else')) text += ` else ${value(parse).text}`;
  parse.expect('end');
  return plain(`${text} end`);
}

/** Functions that statements of the store use, with the type that the server gives them. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  count: '::int',
  sum: '::bigint',
  min: '',
  max: '',
  upper: '',
  lower: '',
  coalesce: '',
  db_name: '',
};

function called(parse: Parse, name: string): Value {
  const type = FUNCTIONS[name];
  if (type === undefined) throw new ServerError(195, `'${name}' is not a recognized built-in function name.`);
  parse.next();
  const given = parse.inBrackets(() => {
    if (parse.is(')')) return '';
    if (name === 'count' && parse.takes('*')) return '*';
    const distinct = parse.takes('distinct') ? 'distinct ' : '';
    return distinct + parse.list(() => value(parse).text).join(', ');
  });
  return plain(`${name === 'db_name' ? 'sys.db_name' : name}(${given})${type}`);
}

function column(parse: Parse): Value {
  const names = [parse.name()];
  while (parse.takes('.')) names.push(parse.name());
  const [name = '', source = null] = names.toReversed();
  const json = source === null ? undefined : parse.json.get(source);
  const type = json?.columns.get(name);
  if (json !== undefined && type === undefined) throw new ServerError(207, `Invalid column name '${name}'.`);
  const collation = json === undefined ? 'column' : type === 'text' ? 'json' : 'none';
  return { text: names.map(quoted).join('.'), collation, column: { source, column: name } };
}

/** Conditions: `or` of `and` of `not`. */
export function condition(parse: Parse): string {
  const parts = [conjunction(parse)];
  while (parse.takes('or')) parts.push(conjunction(parse));
  return parts.join(' or ');
}

function conjunction(parse: Parse): string {
  const parts = [test(parse)];
  while (parse.takes('and')) parts.push(test(parse));
  return parts.join(' and ');
}

function test(parse: Parse): string {
  if (parse.takes('not')) return `not ${test(parse)}`;
  if (parse.takes('exists')) return `exists (${parse.inBrackets(() => parse.subselect().text)})`;
  if (parse.is('(')) {
    const inner = parse.attempt(() => {
      const text = parse.inBrackets(() => condition(parse));
      // `(a + b) = c` begins like a condition in brackets.
      if (COMPARISONS.some((sign) => parse.is(sign))) parse.fail();
      return `(${text})`;
    });
    if (inner !== null) return inner;
  }
  return comparison(parse);
}

const COMPARISONS = ['=', '<>', '!=', '<=', '>=', '<', '>'];

function comparison(parse: Parse): string {
  const left = value(parse);
  if (parse.takes('is')) return `${left.text} is ${parse.takes('not') ? 'not ' : ''}${isNull(parse)}`;
  const not = parse.takes('not') ? 'not ' : '';
  if (parse.takes('in')) return `${left.text} ${not}in (${parse.inBrackets(() => among(parse, left))})`;
  if (parse.takes('like')) return `${left.text} ${not}${pattern(parse)}`;
  const sign = not === '' ? COMPARISONS.find((one) => parse.takes(one)) : undefined;
  if (sign === undefined) parse.fail();
  const right = value(parse);
  mustNotClash(left, right);
  if (sign === '=' && left.column !== undefined && right.column !== undefined) {
    parse.equalities.push({ left: left.column, right: right.column });
  }
  return `${left.text} ${sign} ${right.text}`;
}

function isNull(parse: Parse): string {
  parse.expect('null');
  return 'null';
}

function among(parse: Parse, left: Value): string {
  if (!parse.is('select')) return parse.list(() => value(parse).text).join(', ');
  const { text, first } = parse.subselect();
  mustNotClash(left, first);
  return text;
}

function pattern(parse: Parse): string {
  const { is, value: name } = parse.token;
  const given = String((is === 'variable' ? parse.variables.get(name)?.value : null) ?? '');
  const { text } = value(parse);
  const sign = parse.takes('escape') ? parse.next().value : '';
  // Brackets are a class of characters to this server alone, and a backslash is a sign only behind.
  const plain = sign === '' ? given : given.replaceAll(`${sign}[`, '');
  if (plain.includes('[') || (sign === '' && plain.includes('\\'))) {
    throw new ServerError(50000, 'A pattern that databases read differently: escape what stands for itself.');
  }
  return `like ${text} escape '${sign.replaceAll("'", "''")}'`;
}

/** Two collations that nobody chose between: the server refuses to compare. */
function mustNotClash(left: Value, right: Value): void {
  if ([left, right].some(({ collation }) => collation === 'json') && left.collation !== right.collation) {
    if ([left, right].some(({ collation }) => collation === 'column')) {
      throw new ServerError(468, 'Cannot resolve the collation conflict in the equal to operation.');
    }
  }
}
