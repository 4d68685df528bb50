/** Where a translation stands in a batch, and what it has found out about the statement at hand. */
import type { Parameter } from '../call.ts';
import { ServerError } from '../tokens.ts';
import { syntaxError, type Token, tokensOf } from './lexer.ts';

/** A statement for the database behind, with the values that its `$1`, `$2` … stand for. */
export interface Query {
  readonly text: string;
  readonly values: readonly (string | number)[];
}

/** Rows out of JSON: the variable that holds it, and its columns with their types there. */
export interface JsonSource {
  readonly variable: string;
  readonly columns: ReadonlyMap<string, string>;
}

/** A column compared with a column for equality. */
interface Equality {
  readonly left: ColumnName;
  readonly right: ColumnName;
}
export interface ColumnName {
  readonly source: string | null;
  readonly column: string;
}

/** A value in the words of the database behind, and whose collation it has. */
export interface Value {
  readonly text: string;
  readonly collation: 'column' | 'json' | 'none';
  readonly column?: ColumnName;
}

export interface Selected {
  readonly text: string;
  /** The first column: what `in` compares with. */
  readonly first: Value;
  /** Tables whose rows are to be locked. */
  readonly locked: readonly string[];
}

const TYPE_BEHIND = { bigint: 'bigint', int: 'int', float: 'float8', nvarchar: 'text' } as const;

export class Parse {
  readonly variables = new Map<string, Parameter>();
  /** Of the statement at hand: */
  values: (string | number)[] = [];
  json = new Map<string, JsonSource>();
  /** Tables in which the places of missing keys are to be held. */
  held: { readonly alias: string; readonly table: string }[] = [];
  equalities: Equality[] = [];
  readonly #tokens: readonly Token[];
  #at = 0;

  /** A query within another statement; given from outside, since queries hold values and values hold queries. */
  readonly subselect: () => Selected;

  constructor(text: string, parameters: readonly Parameter[], subselect: (parse: Parse) => Selected) {
    this.subselect = () => subselect(this);
    this.#tokens = tokensOf(text);
    for (const parameter of parameters) this.variables.set(parameter.name.toLowerCase(), parameter);
  }

  beginStatement(): void {
    this.values = [];
    this.json = new Map();
    this.held = [];
    this.equalities = [];
  }

  get token(): Token {
    return this.#tokens[this.#at]!;
  }

  next(): Token {
    const { token } = this;
    if (token.is !== 'end') this.#at++;
    return token;
  }

  is(value: string, ahead = 0): boolean {
    const token = this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)]!;
    return (token.is === 'word' || token.is === 'sign') && token.value === value;
  }

  /** Goes past these words or signs if they come next. */
  takes(...values: readonly string[]): boolean {
    if (!values.every((value, i) => this.is(value, i))) return false;
    this.#at += values.length;
    return true;
  }

  expect(...values: readonly string[]): void {
    for (const value of values) if (!this.takes(value)) this.fail();
  }

  /** The server's own words for whatever is not understood. */
  fail(): never {
    throw syntaxError(this.token.value);
  }

  /** A name in brackets, or a word that is none of the language. */
  name(): string {
    const { is, value } = this.token;
    if (is !== 'name' && (is !== 'word' || RESERVED.has(value))) this.fail();
    this.next();
    return value;
  }

  list<T>(item: () => T): T[] {
    const items = [item()];
    while (this.takes(',')) items.push(item());
    return items;
  }

  inBrackets<T>(inside: () => T): T {
    this.expect('(');
    const result = inside();
    this.expect(')');
    return result;
  }

  /** Tries one reading; where it does not fit, nothing has happened. */
  attempt<T>(reading: () => T): T | null {
    const [at, values, equalities] = [this.#at, this.values.length, this.equalities.length];
    try {
      return reading();
    } catch (error) {
      if (!(error instanceof ServerError) || error.number !== 102) throw error;
      this.#at = at;
      this.values.length = values;
      this.equalities.length = equalities;
      return null;
    }
  }

  /** A variable as the database behind takes it, in its declared type. */
  variable(name: string): string {
    const parameter = this.variables.get(name);
    if (parameter === undefined) throw new ServerError(137, `Must declare the scalar variable "${name}".`);
    if (parameter.value === null) return 'null';
    this.values.push(parameter.value);
    return `$${this.values.length}::${TYPE_BEHIND[parameter.type]}`;
  }
}

/** A name as the database behind takes it. */
export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** Words that end a clause, or mean something of their own, and so are no names without brackets. */
const RESERVED: ReadonlySet<string> = new Set(
  `all alter and as begin between by case check collate column commit constraint create cross declare default delete
  desc distinct drop else end escape exec exists fetch for from full group having if in index inner insert into is join
  key left like merge not null of on option or order outer over primary right rollback rows save select set some
  table then top tran transaction union unique update user using values view when where while with`.split(
    /\s+/,
  ),
);
