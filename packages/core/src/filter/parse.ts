/** Filter text to chips: `user:ana* host:PC-0* dur:>12h -user:svc_*`. What is not understood is told with its place. */
import type { Filter, FilterChip, FilterOperator, FilterProblem } from './chip.ts';
import { FILTER_KEYS, type FilterKeyDefinition, filterKey, findFilterKey } from './keys.ts';
import { readTerms, type Term, type TermValue } from './terms.ts';

/** Longer texts are no filter of a person; what follows is left out with a problem. */
const TEXT_MAX = 4_000;
/** More chips than this would make one query too large for some databases. */
const CHIPS_MAX = 100;

/**
 * Reads a filter. Never throws: a term that is not understood gives a problem instead of a chip, and all others
 * still count.
 *
 *     term     [~] [-] key ":" value {"," value}  |  [~] [-] word
 *     value    [">" | ">=" | "<" | "<="] text, where text with blanks, commas or quotes stands in "…", `""` for `"`
 *
 * `-` negates, `~` pauses. Values with commas between, and keys given again, are alternatives.
 */
export function parseFilter(text: string): {
  readonly filter: Filter;
  readonly problems: readonly FilterProblem[];
} {
  const problems: FilterProblem[] = [];
  const chips: FilterChip[] = [];
  if (text.length > TEXT_MAX) {
    problems.push({
      from: TEXT_MAX,
      to: text.length,
      message: `A filter has at most ${TEXT_MAX} characters.`,
    });
  }
  for (const term of readTerms(text.slice(0, TEXT_MAX), problems)) {
    for (const read of chipsOf(term)) {
      if ('message' in read) problems.push(read);
      else if (chips.length < CHIPS_MAX) chips.push(read);
      else problems.push({ ...placeOf(term), message: `A filter has at most ${CHIPS_MAX} conditions.` });
    }
  }
  return { filter: { chips }, problems: problems.sort((a, b) => a.from - b.from) };
}

function chipsOf(term: Term): (FilterChip | FilterProblem)[] {
  const key = term.key === null ? filterKey('text') : findFilterKey(term.key);
  if (key !== undefined) return term.values.map((value) => chipOf(key, value, term));
  const keys = FILTER_KEYS.filter((known) => known.key !== 'text').map((known) => known.key);
  const message = `"${term.key}" is no key of a filter; expected one of ${keys.join(', ')}, or quotes around the text.`;
  return [{ ...placeOf(term), message }];
}

function chipOf(key: FilterKeyDefinition, value: TermValue, term: Term): FilterChip | FilterProblem {
  const op = value.op as FilterOperator;
  if (key.read(op, value.text) === null) {
    const found = value.text === '' && op === '=' ? 'nothing' : `"${op === '=' ? '' : op}${value.text}"`;
    const message = `${key.key}: ${found} was given; expected ${key.expects}.`;
    return { from: value.from, to: value.to, message };
  }
  return { key: key.key, op, value: value.text, negated: term.negated, paused: term.paused };
}

const placeOf = ({ from, to }: Term) => ({ from, to });
