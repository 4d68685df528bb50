/** Lengths of time as filters write them: `90s`, `30m`, `12h`, `1h30m`, `2d`. */
import type { DurationMs } from '../model.ts';
import type { FilterOperator, Measure, Predicate } from './chip.ts';

const UNIT_MS: Readonly<Record<string, DurationMs>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds; null if the text is no length of time. A number needs its unit. */
export function lengthOf(text: string): DurationMs | null {
  if (!/^(\d+(\.\d+)?[smhd])+$/i.test(text)) return null;
  let ms = 0;
  for (const [, number, unit] of text.matchAll(/(\d+(?:\.\d+)?)([smhd])/gi)) {
    ms += Math.round(Number(number) * UNIT_MS[unit!.toLowerCase()]!);
  }
  return Number.isSafeInteger(ms) ? ms : null;
}

/** `>8h`, or `8h..12h` with both ends included; null if it is neither. */
export function lengthPredicate(of: Measure, op: FilterOperator, value: string): Predicate | null {
  const [least = '', most] = value.split('..', 2);
  const ms = lengthOf(least);
  if (ms === null) return null;
  if (most === undefined) return op === '=' ? null : { is: 'length', of, op, ms, upToMs: null };
  const upToMs = lengthOf(most);
  return op !== '=' || upToMs === null ? null : { is: 'length', of, op: '>=', ms, upToMs };
}

// biome-ignore format: a table reads better in rows
const COMPARE: Readonly<Record<FilterOperator, (one: number, other: number) => boolean>> = {
  '=': (one, other) => one === other,
  '>': (one, other) => one > other,
  '>=': (one, other) => one >= other,
  '<': (one, other) => one < other,
  '<=': (one, other) => one <= other,
};

/** Whether one amount is greater, less … than another. */
export function compares(one: number, op: FilterOperator, other: number): boolean {
  return COMPARE[op](one, other);
}
