/** Small list functions that queries, reports and analytics share; all independent of locale and of input order. */

/** Items by key; groups in order of first appearance, items in their own order. */
export function groupBy<T>(items: Iterable<T>, keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** Text in code unit order: the same everywhere, unlike `localeCompare`. */
export function compareText(a: string | null, b: string | null): number {
  const [one, other] = [a ?? '', b ?? ''];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Each text once, sorted; null and empty left out. */
export function distinct(texts: Iterable<string | null>): string[] {
  const found = new Set<string>();
  for (const text of texts) if (text !== null && text !== '') found.add(text);
  return [...found].sort(compareText);
}

/** The smallest value, or null of none; unlike `Math.min` it takes lists of any length. */
export function least(values: Iterable<number>): number | null {
  let found: number | null = null;
  for (const value of values) if (found === null || value < found) found = value;
  return found;
}

/** The greatest value, or null of none. */
export function greatest(values: Iterable<number>): number | null {
  let found: number | null = null;
  for (const value of values) if (found === null || value > found) found = value;
  return found;
}

/** The sum over the items, 0 of none. */
export function sumOf<T>(items: Iterable<T>, amountOf: (item: T) => number): number {
  let sum = 0;
  for (const item of items) sum += amountOf(item);
  return sum;
}
