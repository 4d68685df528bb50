/** Statements of Transact-SQL taken apart into words and signs; what no such statement holds is an error. */
import { ServerError } from '../tokens.ts';

export interface Token {
  readonly is: 'word' | 'name' | 'number' | 'text' | 'variable' | 'sign' | 'end';
  /** Words in lower case, names without brackets, texts without quotes. */
  readonly value: string;
}

/** In this order: a sign of two characters before its first one. */
const PATTERNS: readonly (readonly [Token['is'] | 'space', RegExp])[] = [
  ['space', /\s+/y],
  ['variable', /@@?[a-z0-9_]+/iy],
  ['number', /\d+/y],
  ['text', /N?'(?:[^']|'')*'/y],
  ['name', /\[(?:[^\]]|\]\])+\]/y],
  ['word', /[a-z_][a-z0-9_]*/iy],
  ['sign', /<>|<=|>=|!=|[=<>+\-*/%(),.;]/y],
];

/** Throws the server's syntax error for a double quote, a backtick, `||`, a comment and the like. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const found = next(text, at);
    if (found === null) throw syntaxError(text.slice(at, at + 12));
    const [is, raw] = found;
    at += raw.length;
    if (is !== 'space') tokens.push({ is, value: meaning(is, raw) });
  }
  tokens.push({ is: 'end', value: 'the end' });
  return tokens;
}

function next(text: string, at: number): readonly [Token['is'] | 'space', string] | null {
  for (const [is, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) return [is, found];
  }
  return null;
}

function meaning(is: Token['is'], raw: string): string {
  if (is === 'text') return raw.replace(/^N?'|'$/g, '').replaceAll("''", "'");
  if (is === 'name') return raw.slice(1, -1).replaceAll(']]', ']');
  return is === 'word' || is === 'variable' ? raw.toLowerCase() : raw;
}

export const syntaxError = (near: string) => new ServerError(102, `Incorrect syntax near '${near}'.`);
