/** Queries: what is read, from where, in which order, and which rows are locked for it. */
import { condition, value } from './expressions.ts';
import { type Parse, quoted, type Selected, type Value } from './parse.ts';
import { type Source, sources } from './sources.ts';

/** A query within another statement: neither sorted nor locking. */
export function subselect(parse: Parse): Selected {
  const inner = core(parse);
  if (inner.locked.length > 0) parse.fail();
  return inner;
}

/** A whole query. */
export function select(parse: Parse): string {
  const first = core(parse);
  let { text } = first;
  while (parse.takes('union', 'all')) text += ` union all ${core(parse).text}`;
  if (parse.takes('order', 'by'))
    text += ` order by ${parse.list(() => sorted(parse)).join(', ')}${page(parse)}`;
  if (first.locked.length > 0) text += ` for update of ${first.locked.map(quoted).join(', ')}`;
  return text;
}

function core(parse: Parse): Selected {
  parse.expect('select');
  const distinct = parse.takes('distinct') ? 'distinct ' : '';
  const list = parse.list(() => item(parse));
  let text = `select ${distinct}${list.map((one) => one.text).join(', ')}`;
  const from = parse.takes('from') ? sources(parse) : [];
  if (from.length > 0) text += ` from ${from.map(joinedText).join(' ')}`;
  if (parse.takes('where')) text += ` where ${condition(parse)}`;
  if (parse.takes('group', 'by')) text += ` group by ${parse.list(() => value(parse).text).join(', ')}`;
  if (parse.takes('having')) text += ` having ${condition(parse)}`;
  const locked = from.filter((one) => one.locked).map(({ alias }) => alias);
  return { text, first: knownNow(parse, list[0]!.value), locked };
}

/** Only behind `from` it is known which columns come out of JSON. */
function knownNow(parse: Parse, first: Value): Value {
  const { source = null, column = '' } = first.column ?? {};
  const isJsonText =
    first.collation === 'column' && parse.json.get(source ?? '')?.columns.get(column) === 'text';
  return isJsonText ? { ...first, collation: 'json' } : first;
}

const NOTHING: Value = { text: '*', collation: 'none' };

function item(parse: Parse): { readonly text: string; readonly value: Value } {
  if (parse.takes('*')) return { text: '*', value: NOTHING };
  const all = parse.attempt(() => {
    const source = parse.name();
    parse.expect('.', '*');
    return `${quoted(source)}.*`;
  });
  if (all !== null) return { text: all, value: NOTHING };
  const found = value(parse);
  return { text: parse.takes('as') ? `${found.text} as ${quoted(parse.name())}` : found.text, value: found };
}

export function joinedText({ text, join, on }: Source): string {
  return join === 'first' ? text : `${join} join ${text} on ${on}`;
}

/** Nothing comes before everything, as on the server. */
function sorted(parse: Parse): string {
  const { text } = value(parse);
  const falling = parse.takes('desc');
  if (!falling) parse.takes('asc');
  return `${text} ${falling ? 'desc nulls last' : 'asc nulls first'}`;
}

function page(parse: Parse): string {
  if (!parse.takes('offset')) return '';
  const from = value(parse).text;
  parse.expect('rows', 'fetch', 'next');
  const count = value(parse).text;
  parse.expect('rows', 'only');
  return ` offset ${from} limit ${count}`;
}
