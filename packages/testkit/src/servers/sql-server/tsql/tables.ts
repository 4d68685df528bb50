/** Statements that make tables and indexes. */

import { ServerError } from '../tokens.ts';
import { BY_CODE_POINT } from './expressions.ts';
import { type Parse, quoted } from './parse.ts';
import { typeOf } from './types.ts';

export function create(parse: Parse): string {
  parse.expect('create');
  if (parse.takes('table')) return createTable(parse);
  const unique = parse.takes('unique') ? 'unique ' : '';
  parse.expect('index');
  const name = quoted(parse.name());
  parse.expect('on');
  const table = quoted(parse.name());
  return `create ${unique}index ${name} on ${table} (${names(parse)})`;
}

export function alter(parse: Parse): string {
  parse.expect('alter', 'table');
  const table = quoted(parse.name());
  parse.expect('add');
  return `alter table ${table} add column ${columnOf(parse)}`;
}

export function drop(parse: Parse): string {
  parse.expect('drop');
  if (parse.takes('table')) return `drop table ${quoted(parse.name())}`;
  parse.expect('index');
  const name = quoted(parse.name());
  // An index belongs to its table here; behind, its name is enough.
  parse.expect('on');
  parse.name();
  return `drop index ${name}`;
}

function createTable(parse: Parse): string {
  const table = quoted(parse.name());
  const parts = parse.inBrackets(() =>
    parse.list(() => (parse.is('constraint') ? constraint(parse) : columnOf(parse))),
  );
  return `create table ${table} (${parts.join(', ')})`;
}

const names = (parse: Parse) => parse.inBrackets(() => parse.list(() => quoted(parse.name()))).join(', ');

function constraint(parse: Parse): string {
  parse.expect('constraint');
  const name = quoted(parse.name());
  parse.expect('primary', 'key');
  return `constraint ${name} primary key (${names(parse)})`;
}

/** `name type [collate …] [not null | null] [default n] [primary key]`. */
function columnOf(parse: Parse): string {
  let text = quoted(parse.name());
  const type = typeOf(parse);
  text += ` ${type}`;
  if (parse.takes('collate')) {
    const { value } = parse.next();
    if (value !== BY_CODE_POINT) throw new ServerError(448, `Invalid collation '${value}'.`);
    text += ' collate "C"';
  }
  for (;;) {
    if (parse.takes('not', 'null')) text += ' not null';
    else if (parse.takes('null')) text += ' null';
    else if (parse.takes('primary', 'key')) text += ' primary key';
    else if (parse.takes('default')) text += ` default ${Number(parse.next().value)}`;
    else return text;
  }
}
