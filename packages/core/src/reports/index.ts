/** The reports over sessions; the order here is the order of menus, help and docs. */
import { concurrent } from './concurrent.ts';
import { coverage } from './coverage.ts';
import { daily } from './daily.ts';
import { elevation } from './elevation.ts';
import { failedLogons } from './failed-logons.ts';
import { firstLast } from './first-last.ts';
import { logonFrequency } from './logon-frequency.ts';
import { outOfHours } from './out-of-hours.ts';
import type { Report } from './report.ts';
import { timeSpent } from './time-spent.ts';

export const REPORTS: readonly Report[] = [
  timeSpent,
  daily,
  logonFrequency,
  failedLogons,
  firstLast,
  concurrent,
  outOfHours,
  elevation,
  coverage,
];
