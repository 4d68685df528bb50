/** The query fields that only reports have, as the core takes them. */
import type { ReportOptions } from '@logonscope/core';
import { type AskedFields, questionOf } from './question.ts';
import type { ReportWish } from './report-input.ts';

export interface ReportFields extends AskedFields {
  readonly dayStart: number;
  readonly groupBy?: ReportOptions['groupBy'] | undefined;
  readonly windowSeconds?: number | undefined;
  readonly threshold?: number | undefined;
  readonly allow?: readonly string[] | undefined;
  readonly at?: string | undefined;
  readonly computer?: string | undefined;
}

/** What is asked of a report; defaults are the report's own. */
export function reportWish(companyId: number, report: string, fields: ReportFields): ReportWish {
  const question = questionOf(companyId, fields);
  const { timezone: _, ...hours } = question.context;
  const options: ReportOptions = {
    ...hours,
    ...(fields.groupBy !== undefined && { groupBy: fields.groupBy }),
    ...(fields.windowSeconds !== undefined && { windowMs: fields.windowSeconds * 1000 }),
    ...(fields.threshold !== undefined && { threshold: fields.threshold }),
    ...(fields.allow !== undefined && { allow: fields.allow }),
    ...(fields.at !== undefined && { at: Date.parse(fields.at) }),
    ...(fields.computer !== undefined && { computer: fields.computer }),
  };
  return { report, question, dayStart: fields.dayStart, options };
}
