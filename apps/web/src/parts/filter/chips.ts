/** Chips and text of a filter as two views of one thing: every change of a chip is a change of the text. */
import {
  FILTER_KEYS,
  type FilterChip,
  type FilterKey,
  type FilterProblem,
  parseFilter,
  printFilter,
} from '@logonscope/core';

/** A chip with what a person reads of it. */
export interface ShownChip {
  readonly chip: FilterChip;
  /** `User`, or nothing for a free word. */
  readonly label: string;
  /** `not ana*`, `longer than 8h`. */
  readonly words: string;
  /** The chip alone as text, for editing it. */
  readonly text: string;
}

/** What each key is called, an example that can be typed over, and when it is of use. Order of the menu. */
// biome-ignore format: a table reads better in rows
const KEY_WORDS: Readonly<Record<Exclude<FilterKey, 'text'>, { readonly label: string; readonly example: string }>> = {
  user:     { label: 'User', example: 'user:ana*' },
  host:     { label: 'Computer', example: 'host:PC-0*' },
  site:     { label: 'Site', example: 'site:"Head office"' },
  type:     { label: 'Kind of logon', example: 'type:remote' },
  dur:      { label: 'Length', example: 'dur:>8h' },
  use:      { label: 'Use time', example: 'use:<30m' },
  away:     { label: 'Away', example: 'away:>1h' },
  state:    { label: 'State', example: 'state:locked>30m' },
  end:      { label: 'End', example: 'end:crash' },
  cert:     { label: 'Certainty', example: 'cert:<exact' },
  start:    { label: 'Start', example: 'start:first-seen' },
  hours:    { label: 'Working hours', example: 'hours:outside' },
  elevated: { label: 'Elevated', example: 'elevated:yes' },
  finding:  { label: 'Finding', example: 'finding:log-gap' },
  ip:       { label: 'Address', example: 'ip:10.1.0.0/16' },
  event:    { label: 'Event', example: 'event:logonFailed' },
};

const OPERATOR_WORDS = { '=': '', '>': 'more than ', '>=': 'at least ', '<': 'less than ', '<=': 'at most ' };

/** The keys that can be asked of a subject, for a menu: what to call them and what may follow their colon. */
export function filterChoices(subject: 'session' | 'event') {
  return FILTER_KEYS.flatMap(({ key, of, expects }) =>
    key === 'text' || !of.includes(subject) ? [] : [{ key, expects, ...KEY_WORDS[key] }],
  );
}

/** The chips of a text in order, and what of it was not understood. */
export function shownChips(text: string): {
  readonly chips: readonly ShownChip[];
  readonly problems: readonly FilterProblem[];
} {
  const { filter, problems } = parseFilter(text);
  return { chips: filter.chips.map(shown), problems };
}

function shown(chip: FilterChip): ShownChip {
  const label = chip.key === 'text' ? '' : KEY_WORDS[chip.key].label;
  const words = `${chip.negated ? 'not ' : ''}${OPERATOR_WORDS[chip.op]}${chip.value}`;
  return { chip, label, words, text: printFilter({ chips: [chip] }) };
}

/** The text with one chip changed by a function; null takes it away. */
export function changedChip(
  text: string,
  index: number,
  change: (chip: FilterChip) => FilterChip | null,
): string {
  const { chips } = parseFilter(text).filter;
  const changed = chips.flatMap((chip, i) => {
    if (i !== index) return [chip];
    const next = change(chip);
    return next === null ? [] : [next];
  });
  return printFilter({ chips: changed });
}

export const negated = (text: string, index: number): string =>
  changedChip(text, index, (chip) => ({ ...chip, negated: !chip.negated }));

export const paused = (text: string, index: number): string =>
  changedChip(text, index, (chip) => ({ ...chip, paused: !chip.paused }));

export const withoutChip = (text: string, index: number): string => changedChip(text, index, () => null);

/** The text with one chip replaced by what was typed instead, which may be several. */
export function replacedChip(text: string, index: number, typed: string): string {
  const { chips } = parseFilter(text).filter;
  return printFilter({
    chips: [...chips.slice(0, index), ...parseFilter(typed).filter.chips, ...chips.slice(index + 1)],
  });
}

/** The text with more chips at its end; those it has already are not added again. */
export function withChips(text: string, more: string): string {
  const { chips } = parseFilter(text).filter;
  const known = new Set(chips.map((chip) => JSON.stringify(chip)));
  const added = parseFilter(more).filter.chips.filter((chip) => !known.has(JSON.stringify(chip)));
  return printFilter({ chips: [...chips, ...added] });
}

/** A condition `key:value` for a value of any content; quotes go around it where it needs them. */
export function condition(key: FilterKey, value: string): string {
  return printFilter({ chips: [{ key, op: '=', value, negated: false, paused: false }] });
}

/** Whether a text holds exactly this condition, asked and not negated. */
export function holdsCondition(text: string, key: FilterKey, value: string): boolean {
  return parseFilter(text).filter.chips.some(
    (chip) =>
      chip.key === key &&
      !chip.negated &&
      !chip.paused &&
      chip.value.toLowerCase() === value.toLowerCase() &&
      chip.op === '=',
  );
}

/** Adds a condition, or takes it away where it is there already. */
export function toggledCondition(text: string, key: FilterKey, value: string): string {
  if (!holdsCondition(text, key, value)) return withChips(text, condition(key, value));
  const { chips } = parseFilter(text).filter;
  const isIt = (chip: FilterChip) =>
    chip.key === key && !chip.negated && chip.value.toLowerCase() === value.toLowerCase();
  return printFilter({ chips: chips.filter((chip) => !isIt(chip)) });
}
