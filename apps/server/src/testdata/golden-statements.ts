/** Statements as a person reads them: numbers and lists taken out, each once, in order; and what none of them may hold. */

/** One statement on one line, whatever the values and however many there were. */
export function normalised(statement: string): string {
  return statement
    .replace(/\s+/g, ' ')
    .replace(/@\d+/g, '@p')
    .replace(/\(@p(?:, @p)+\)/g, '(@p, …)')
    .replace(/(\(@p, …\))(?:, \(@p, …\))+/g, '$1, …')
    .replace(/\b\d{4,}\b/g, 'N')
    .trim();
}

/** Words that begin a new line, where they stand in no brackets. */
const BEGINS_LINE = /^(?:from|where|inner|left|order|group|having|union|select|values|update|insert|on) /;

/** A statement in lines, for people. */
export function laidOut(statement: string): string {
  let depth = 0;
  let text = '';
  for (const [i, character] of [...statement].entries()) {
    if (character === '(') depth++;
    if (character === ')') depth--;
    const breaks = character === ' ' && depth === 0 && BEGINS_LINE.test(statement.slice(i + 1));
    text += breaks ? '\n  ' : character;
  }
  return text;
}

export const inOrder = (statements: Iterable<string>): string[] => [...new Set(statements)].sort();

interface Rule {
  readonly says: string;
  readonly broken: (statement: string) => boolean;
}

/** A statement without its texts in quotes and its names in brackets: words and signs of the language alone. */
const bare = (statement: string) => statement.replace(/'[^']*'/g, "''").replace(/\[[^\]]*\]/g, '[]');
const holds = (pattern: RegExp) => (statement: string) => pattern.test(bare(statement));

/** Texts that may stand in a statement: the place of a value in its row, the sign that escapes, a lock's name. */
const PLAIN_TEXT = /'(?:\$\[\d+\]|!|[a-z_-]+|Exclusive|Session)'/g;
const WALLED = /\[?\b(?:computers|agent_cursors|events|sessions|day_totals)\b\]?/;
const OF_ONE_COMPANY = /company_id\]? (?:=|in) |^insert into \[\w+\] \(\[company_id\]/;
const MAKES_TABLES = /^(?:create|alter|drop) /;

const RULES: readonly Rule[] = [
  { says: 'pages are `offset … fetch`', broken: holds(/\blimit\b|\btop\b/i) },
  { says: 'a page has an order', broken: (one) => / offset /.test(one) && !/ order by .* offset /.test(one) },
  {
    says: 'no words of other dialects',
    broken: holds(/on conflict|on duplicate|returning|for update|::|\|\|/i),
  },
  { says: 'no merge', broken: holds(/\bmerge\b/i) },
  { says: 'names in brackets, or bare', broken: holds(/["`]/) },
  { says: 'no truth values', broken: holds(/\b(?:true|false)\b/i) },
  { says: 'no reading of what is not committed', broken: holds(/nolock|uncommitted/i) },
  { says: 'no text of anybody in a statement', broken: (one) => one.replace(PLAIN_TEXT, '').includes("'") },
  {
    says: 'a text column says how it compares',
    broken: (one) => /^create table/.test(one) && /nvarchar\((?:\d+|max)\) (?!collate)/.test(one),
  },
];

/** What a statement does that none may do; empty for a good one. */
export const faultsOf = (statement: string): string[] =>
  RULES.filter(({ broken }) => broken(statement)).map(({ says }) => says);

/** Whether it is about what computers sent, which always is one company's. */
export const isAboutEvidence = (statement: string): boolean =>
  WALLED.test(statement) && !MAKES_TABLES.test(statement);

/** Whether it says whose rows it is about. */
export const namesCompany = (statement: string): boolean => OF_ONE_COMPANY.test(statement);
