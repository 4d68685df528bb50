/** How long which class of data is kept: what a company says, else what the installation says. 0 is for ever. */
import type { Selectable } from 'kysely';
import type { Companies } from '../../db/index.ts';

/** Of the installation. */
export interface RetentionDefaults {
  readonly keepEventsDays: number;
  /** Null: sessions go with their events. */
  readonly keepSessionsDays: number | null;
  readonly keepTotalsDays: number;
  readonly keepAuditDays: number;
  readonly keepErrorLogDays: number;
}

type CompanyRow = Pick<
  Selectable<Companies>,
  'keep_events_days' | 'keep_sessions_days' | 'keep_totals_days' | 'keep_audit_days' | 'keep_errors_days'
>;

type Settings = Pick<Selectable<Companies>, 'settings'>;

const DAY_MS = 86_400_000;

/** From when on data is kept: a midnight (UTC), so that a computer is looked at once a day; null keeps all of it. */
export function cutOf(now: number, days: number): number | null {
  return days === 0 ? null : Math.floor((now - days * DAY_MS) / DAY_MS) * DAY_MS;
}

/** Sessions and totals are kept at least as long as the events they tell of. */
export function inForce(row: CompanyRow, defaults: RetentionDefaults) {
  const eventsDays = row.keep_events_days ?? defaults.keepEventsDays;
  const sessionsDays = row.keep_sessions_days ?? defaults.keepSessionsDays ?? eventsDays;
  return {
    eventsDays,
    sessionsDays: longer(eventsDays, sessionsDays),
    totalsDays: longer(eventsDays, row.keep_totals_days ?? defaults.keepTotalsDays),
    auditDays: row.keep_audit_days ?? defaults.keepAuditDays,
    errorLogDays: row.keep_errors_days ?? defaults.keepErrorLogDays,
  };
}

/** The longer of two spans; 0 is for ever. */
const longer = (a: number, b: number) => (a === 0 || b === 0 ? 0 : Math.max(a, b));

/** From when on events are still there, as the last run left it; null where none has deleted any. */
export function heldFromOf({ settings }: Settings): number | null {
  return settings === null ? null : ((JSON.parse(settings) as { heldFrom?: number }).heldFrom ?? null);
}

/** The company's settings with that instant moved on; it never goes back. */
export function withHeldFrom(row: Settings, cut: number): string {
  const others = row.settings === null ? {} : (JSON.parse(row.settings) as object);
  return JSON.stringify({ ...others, heldFrom: Math.max(heldFromOf(row) ?? cut, cut) });
}
