/** The query fields that all questions about a company share: range, filter, zone, working hours. */
import { z } from 'zod';
import { isoInstant, paging, rowId } from '../shapes.ts';

export const companyParams = z.object({ companyId: rowId });

/** Longer filters are nobody's; the parser has the same limit. */
const FILTER_CHARS_MAX = 4_000;

export const filterText = z.string().max(FILTER_CHARS_MAX).default('').meta({
  description:
    'Such as `user:ana*,bob host:PC-0* dur:>12h -user:svc_*`: commas and repeated keys are alternatives, `-` negates, `*` is anything.',
});

const hour = z.coerce.number().int().min(0).max(24);

/** Half-open: from ≤ t < to. Without them all there is. */
export const range = { from: isoInstant.optional(), to: isoInstant.optional() };

export const zone = z
  .string()
  .min(1)
  .max(64)
  .default('UTC')
  .meta({ description: 'IANA zone, Europe/London' });

/** Lists as one text with commas, as `1,2,3`. */
export const dayList = z
  .string()
  .regex(/^[1-7](,[1-7])*$/, 'days from 1 (Monday) to 7 with commas between')
  .transform((text) => text.split(',').map(Number));

export const workingTime = {
  timezone: zone,
  workFrom: hour.max(23).optional(),
  workTo: hour.optional(),
  workDays: dayList.optional(),
};

/** What every list and total takes. */
export const asking = { filter: filterText, ...range, ...workingTime };
export const askingPage = { ...asking, ...paging };

export const direction = z.enum(['asc', 'desc']).default('desc');

/** A condition that has no say here, such as `dur:>8h` of events. */
export const ignoredChip = z.object({ key: z.string(), value: z.string() });

/** What every answer to a filtered question says about itself. */
export const answered = {
  ignored: z.array(ignoredChip).meta({ description: 'Conditions that cannot be asked here.' }),
};

/** Totals that had to be counted one by one stop somewhere; `complete` says whether they reached the end. */
export const complete = z.boolean().meta({ description: 'False: at least as much; narrow the range.' });
