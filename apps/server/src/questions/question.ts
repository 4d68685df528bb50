/** What a caller asks of one company: filter, range, zone and working hours, checked once for all features. */
import {
  type Filter,
  type FilterChip,
  type FilterContext,
  type Instant,
  parseFilter,
  zoneProblem,
} from '@logonscope/core';
import { AppError } from '../app-error.ts';

/** The shared query fields, as the protocol has read them. */
export interface AskedFields {
  readonly filter: string;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly timezone: string;
  readonly workFrom?: number | undefined;
  readonly workTo?: number | undefined;
  readonly workDays?: readonly number[] | undefined;
}

export interface Question {
  readonly companyId: number;
  readonly filter: Filter;
  /** Half-open; null is unbounded. */
  readonly from: Instant | null;
  readonly to: Instant | null;
  readonly context: FilterContext & { readonly timezone: string };
}

/** Throws an `AppError` that names the field and the place where a filter or zone is not understood. */
export function questionOf(companyId: number, fields: AskedFields): Question {
  const { filter, problems } = parseFilter(fields.filter);
  const refused = problems.map(({ from, to, message }) => ({
    field: 'filter',
    expected: `characters ${from} to ${to}: ${message}`,
  }));
  const zone = zoneProblem(fields.timezone);
  if (zone !== null) refused.push({ field: 'timezone', expected: zone });
  if (refused.length > 0) {
    throw new AppError('invalid', 'http/invalid-query', 'The question is not understood.', {
      fields: refused,
    });
  }
  return {
    companyId,
    filter,
    from: fields.from === undefined ? null : Date.parse(fields.from),
    to: fields.to === undefined ? null : Date.parse(fields.to),
    context: {
      timezone: fields.timezone,
      ...(fields.workFrom !== undefined && { workFromHour: fields.workFrom }),
      ...(fields.workTo !== undefined && { workToHour: fields.workTo }),
      ...(fields.workDays !== undefined && { workDays: fields.workDays }),
    },
  };
}

/** A question with both ends of its range. */
export type BoundQuestion = Question & { readonly from: Instant; readonly to: Instant };

/** Two centuries of days; more is a slip of the finger, and the calendar of it would fill the memory. */
const RANGE_MAX_MS = 200 * 366 * 86_400_000;

/** A question whose range the protocol asks for; throws where it ends before it begins or is too long. */
export function boundQuestion(
  companyId: number,
  fields: AskedFields & { readonly from: string; readonly to: string },
): BoundQuestion {
  const [from, to] = [Date.parse(fields.from), Date.parse(fields.to)];
  if (to >= from && to - from <= RANGE_MAX_MS) return { ...questionOf(companyId, fields), from, to };
  throw new AppError('invalid', 'http/invalid-query', 'The range is not understood.', {
    fields: [{ field: 'to', expected: 'a time after `from`, at most 200 years later' }],
  });
}

/** Chips that had no say, as answers list them. */
export function ignoredChips(chips: readonly FilterChip[]): { key: string; value: string }[] {
  return chips.map(({ key, value }) => ({ key, value }));
}
