/** What a filter asks of sessions or of events: chips sorted into clauses that must all hold. */
import type { Filter, FilterChip, FilterKey, FilterSubject, Predicate } from './chip.ts';
import { filterKey } from './keys.ts';

/** One of `any` must hold; or, negated, none of them may. */
export interface Clause {
  readonly negated: boolean;
  readonly any: readonly Predicate[];
}

export interface Condition {
  /** All must hold; none asks nothing. */
  readonly all: readonly Clause[];
  /** Chips that cannot be asked of this subject, so that a page can say that they have no say. */
  readonly ignored: readonly FilterChip[];
}

/**
 * The condition behind a filter. Chips of one key are alternatives, free words and keys must all hold. Paused chips
 * ask nothing. Chips come from `parseFilter`; one that nobody could have parsed throws a RangeError.
 */
export function conditionOf(filter: Filter, subject: FilterSubject): Condition {
  const ignored: FilterChip[] = [];
  const all: Clause[] = [];
  const alternatives = new Map<FilterKey, Predicate[]>();
  for (const chip of filter.chips) {
    const { read, of } = filterKey(chip.key);
    if (chip.paused) continue;
    if (!of.includes(subject)) {
      ignored.push(chip);
      continue;
    }
    const predicate = read(chip.op, chip.value);
    if (predicate === null) throw new RangeError(`${chip.key}: "${chip.op}${chip.value}" is no condition`);
    const known = chip.negated || chip.key === 'text' ? undefined : alternatives.get(chip.key);
    if (known !== undefined) {
      known.push(predicate);
      continue;
    }
    const any = [predicate];
    if (!chip.negated && chip.key !== 'text') alternatives.set(chip.key, any);
    all.push({ negated: chip.negated, any });
  }
  return { all, ignored };
}
