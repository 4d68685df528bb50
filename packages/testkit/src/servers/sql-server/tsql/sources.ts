/** What rows come from: tables, joins of them, and rows out of JSON. */
import { ServerError } from '../tokens.ts';
import { condition } from './expressions.ts';
import { type Parse, quoted } from './parse.ts';
import { typeOf } from './types.ts';

export interface Source {
  /** As it stands behind `from`. */
  readonly text: string;
  readonly alias: string;
  /** Its rows are to be locked until the transaction ends. */
  readonly locked: boolean;
  /** How it is joined to what stands before it. */
  readonly join: 'first' | 'inner' | 'left';
  readonly on: string | null;
}

/** All that follows `from`, up to `where`. */
export function sources(parse: Parse): Source[] {
  const list = [source(parse, 'first')];
  for (;;) {
    const join = joined(parse);
    if (join === null) return list;
    list.push(source(parse, join));
  }
}

function joined(parse: Parse): 'inner' | 'left' | null {
  // The hint says how to look rows up, which only the server itself could follow.
  if (parse.takes('inner', 'loop', 'join') || parse.takes('inner', 'join') || parse.takes('join'))
    return 'inner';
  return parse.takes('left', 'join') || parse.takes('left', 'outer', 'join') ? 'left' : null;
}

function source(parse: Parse, join: Source['join']): Source {
  const { text, alias, locked } = parse.is('openjson') ? json(parse) : table(parse);
  if (join === 'first') return { text, alias, locked, join, on: null };
  parse.expect('on');
  return { text, alias, locked, join, on: condition(parse) };
}

function table(parse: Parse): Pick<Source, 'text' | 'alias' | 'locked'> {
  const name = tableName(parse);
  const named = parse.takes('as') || parse.token.is === 'name' || isAlias(parse);
  const alias = named ? parse.name() : name.at(-1)!;
  const hints = parse.takes('with') ? parse.inBrackets(() => parse.list(() => parse.next().value)) : [];
  const unknown = hints.find((hint) => !HINTS.has(hint));
  if (unknown !== undefined)
    throw new ServerError(321, `"${unknown}" is not a recognized table hints option.`);
  const holds = hints.includes('holdlock');
  if (holds) parse.held.push({ alias, table: name.at(-1)! });
  const text = `${name.map(quoted).join('.')} as ${quoted(alias)}`;
  return { text, alias, locked: !holds && hints.includes('updlock') };
}

const HINTS: ReadonlySet<string> = new Set(['updlock', 'holdlock', 'rowlock']);

/** A word that names the table anew: any that could be a name. */
function isAlias(parse: Parse): boolean {
  return parse.token.is === 'word' && !ENDS_A_TABLE.has(parse.token.value);
}

const ENDS_A_TABLE = new Set(
  'with on inner left join where group order having union set values select update insert delete offset'.split(
    ' ',
  ),
);

/** `name`, or `schema.name`; the usual schema has another name behind. */
export function tableName(parse: Parse): string[] {
  const first = parse.name();
  if (!parse.takes('.')) return [first];
  const names = [first, parse.name()];
  return names[0] === 'dbo' ? names.slice(1) : names;
}

function json(parse: Parse): Pick<Source, 'text' | 'alias' | 'locked'> {
  parse.next();
  const { is, value } = parse.inBrackets(() => parse.next());
  if (is !== 'variable') throw new ServerError(50000, 'The stand-in reads JSON out of variables only.');
  parse.expect('with');
  const columns = new Map<string, string>();
  parse.inBrackets(() => parse.list(() => jsonColumn(parse, columns)));
  parse.expect('as');
  const alias = parse.name();
  const found = { variable: value, columns };
  parse.json.set(alias, found);
  return { text: `${jsonRows(parse, found)} as ${quoted(alias)}`, alias, locked: false };
}

/** `name type '$[n]'`, in the order of the array's values. */
function jsonColumn(parse: Parse, columns: Map<string, string>): void {
  const name = parse.name();
  const type = typeOf(parse);
  const path = parse.next();
  if (path.is !== 'text' || path.value !== `$[${columns.size}]`) {
    throw new ServerError(13607, `JSON path is not properly formatted: ${path.value}`);
  }
  columns.set(name, type);
}

/** The rows as a subquery of the database behind. */
export function jsonRows(
  parse: Parse,
  { variable, columns }: { variable: string; columns: ReadonlyMap<string, string> },
) {
  const cells = [...columns].map(([name, type], i) => `(e.value ->> ${i})::${type} as ${quoted(name)}`);
  return `(select ${cells.join(', ')} from jsonb_array_elements(${parse.variable(variable)}::jsonb) as e(value))`;
}
