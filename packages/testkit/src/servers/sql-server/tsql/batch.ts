/** A batch of Transact-SQL as steps for the database behind. All of it is read before any of it is done. */
import type { Parameter } from '../call.ts';
import { ServerError } from '../tokens.ts';
import { insert, remove, update } from './changes.ts';
import { Parse, type Query, quoted, type Parse as Reading } from './parse.ts';
import { select, subselect } from './select.ts';
import { jsonRows } from './sources.ts';
import { alter, create, drop } from './tables.ts';

export type Step =
  /** `holds` comes first, in the same transaction: it waits for the places of keys. */
  | { readonly is: 'query'; readonly query: Query; readonly holds: readonly Query[] }
  | { readonly is: 'isolation'; readonly level: Isolation }
  | { readonly is: 'begin' | 'commit' | 'rollback' | 'rollback-if-begun' }
  | { readonly is: 'lock' | 'unlock'; readonly resource: string };

export type Isolation = 'read committed' | 'repeatable read' | 'serializable' | 'snapshot';

/** Throws a `ServerError` for whatever the stand-in does not know. */
export function stepsOf(text: string, parameters: readonly Parameter[]): Step[] {
  const parse = new Parse(text, parameters, subselect);
  const steps: Step[] = [];
  while (parse.token.is !== 'end') {
    if (parse.takes(';')) continue;
    const step = statement(parse);
    if (step !== null) steps.push(step);
  }
  return steps;
}

const QUERIES: Readonly<Record<string, (parse: Reading) => string>> = {
  select,
  insert,
  update,
  delete: remove,
  create,
  alter,
  drop,
};

/** Null for what only sets the connection up. */
function statement(parse: Reading): Step | null {
  parse.beginStatement();
  const read = parse.token.is === 'word' ? QUERIES[parse.token.value] : undefined;
  if (read !== undefined) {
    const text = read(parse);
    return { is: 'query', query: { text, values: parse.values }, holds: holdsOf(parse) };
  }
  if (parse.takes('begin', 'transaction')) return { is: 'begin' };
  if (parse.takes('commit', 'transaction')) return { is: 'commit' };
  if (parse.takes('rollback', 'transaction')) return { is: 'rollback' };
  if (parse.takes('declare')) return declare(parse);
  if (parse.takes('set')) return setting(parse);
  if (parse.takes('exec')) return applicationLock(parse);
  if (parse.takes('if')) return ifBegun(parse);
  return parse.fail();
}

/** `declare @name nvarchar(max) = @1`. */
function declare(parse: Reading): null {
  const name = parse.next();
  parse.expect('nvarchar', '(', 'max', ')', '=');
  const given = parse.variables.get(parse.next().value);
  if (name.is !== 'variable' || given === undefined) return parse.fail();
  parse.variables.set(name.value, { ...given, name: name.value });
  return null;
}

/** What drivers set as they connect; of no consequence behind, or as it is there anyway. */
const SETTINGS = new Set(
  `ansi_nulls ansi_null_dflt_on ansi_padding ansi_warnings arithabort concat_null_yields_null cursor_close_on_commit
  datefirst dateformat implicit_transactions language numeric_roundabort quoted_identifier textsize xact_abort`.split(
    /\s+/,
  ),
);

function setting(parse: Reading): Step | null {
  if (parse.takes('transaction', 'isolation', 'level')) return { is: 'isolation', level: isolation(parse) };
  const { value } = parse.next();
  if (!SETTINGS.has(value)) throw new ServerError(195, `'${value}' is not a recognized SET option.`);
  parse.next();
  return null;
}

function isolation(parse: Reading): Isolation {
  if (parse.takes('read', 'committed')) return 'read committed';
  if (parse.takes('repeatable', 'read')) return 'repeatable read';
  if (parse.takes('serializable')) return 'serializable';
  return parse.takes('snapshot') ? 'snapshot' : parse.fail();
}

function applicationLock(parse: Reading): Step {
  const { value } = parse.next();
  const is = value === 'sp_getapplock' ? 'lock' : value === 'sp_releaseapplock' ? 'unlock' : null;
  if (is === null) throw new ServerError(2812, `Could not find stored procedure '${value}'.`);
  const given = new Map(
    parse.list(() => {
      const name = parse.next().value;
      parse.expect('=');
      return [name, parse.next().value] as const;
    }),
  );
  if (given.get('@lockowner') !== 'Session')
    throw new ServerError(50000, 'Only locks of sessions are known.');
  return { is, resource: given.get('@resource') ?? '' };
}

function ifBegun(parse: Reading): Step {
  if (parse.next().value !== '@@trancount') return parse.fail();
  parse.expect('>');
  if (parse.next().value !== '0') return parse.fail();
  parse.expect('rollback', 'transaction');
  return { is: 'rollback-if-begun' };
}

/**
 * `holdlock` keeps others from inserting a key that is not there. Behind, a lock named after table and key does the
 * same among all who ask for it.
 */
function holdsOf(parse: Reading): Query[] {
  return parse.held.map(({ alias, table }) => {
    const pairs = parse.equalities.flatMap(({ left, right }) => {
      const [own, given] = left.source === alias ? [left, right] : [right, left];
      const isGiven = given.source !== null && parse.json.has(given.source);
      return own.source === alias && isGiven
        ? [{ column: own.column, source: given.source!, from: given.column }]
        : [];
    });
    const [first] = pairs;
    if (first === undefined) throw new ServerError(50000, `Nothing says which keys of ${table} to hold.`);
    const key = [...pairs].sort((a, b) => (a.column < b.column ? -1 : 1));
    const names = `${table} ${key.map(({ column }) => column).join(' ')}`.replaceAll("'", "''");
    const cells = key.map(({ from }) => quoted(from)).join(', ');
    parse.values = [];
    const rows = jsonRows(parse, parse.json.get(first.source)!);
    const hashes = `select distinct hashtextextended(concat_ws(chr(31), '${names}', ${cells}), 0) as place from ${rows} as r`;
    const text = `select count(pg_advisory_xact_lock(place)) from (${hashes} order by 1) as places`;
    return { text, values: parse.values };
  });
}
