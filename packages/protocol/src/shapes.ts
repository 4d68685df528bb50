/** The shapes that many endpoints share: times, cursors, pages and problems. */
import { z } from 'zod';
import { PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX } from './limits.ts';

/** An instant on the wire: ISO 8601 with a zone. Answers are always UTC with milliseconds. */
export const isoInstant = z.iso
  .datetime({ offset: true })
  .meta({ description: 'ISO 8601 with zone, such as 2026-03-01T08:00:00.000Z' });

/** Where the next page begins: opaque to clients, made of the keys of the last row, so that new rows shift nothing. */
export const cursor = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,512}$/, 'a cursor that an earlier answer gave as `next`')
  .meta({ description: 'Opaque; take it from `next` of the answer before.' });

/** The query fields of everything that comes in pages. */
export const paging = {
  cursor: cursor.optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_ROWS_MAX).default(PAGE_ROWS_DEFAULT),
};

/** A page of rows; `next` is null on the last one. */
export function page<R extends z.ZodType>(row: R) {
  return z.object({ rows: z.array(row), next: cursor.nullable() });
}

/** A number that stands for one thing, in paths and bodies. */
export const rowId = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

/** One field that was refused: where it stands, and what was expected there. */
export const fieldProblem = z.object({ field: z.string(), expected: z.string() });

/** RFC 9457: every refusal has this shape, whatever went wrong. */
export const problem = z
  .object({
    type: z.string().meta({ description: 'What kind of problem, as a stable address.' }),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional(),
    code: z.string().meta({ description: 'The same as type, short: `company/not-found`.' }),
    requestId: z.string().meta({ description: 'Find it in the error log.' }),
    errors: z.array(fieldProblem).optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.output<typeof problem>;

export const PROBLEM_TYPE = 'application/problem+json';
