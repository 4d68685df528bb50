/** The working hours of a company as they are kept: part of its settings, completed where nobody has said anything. */
import { type WorkingHours, workingHours } from '@logonscope/protocol';

/** The usual week, as reports take it who are told nothing; only the zone is the installation's. */
const USUAL = { fromHour: 7, toHour: 19, days: [1, 2, 3, 4, 5] };

type Kept = Readonly<Record<string, unknown>>;

/** A text that is no longer understood counts as not set. */
function keptIn(settings: string | null): Kept {
  try {
    const kept: unknown = JSON.parse(settings ?? '{}');
    return typeof kept === 'object' && kept !== null && !Array.isArray(kept) ? (kept as Kept) : {};
  } catch {
    return {};
  }
}

/** What stands in the company's settings, and what holds. */
export function hoursIn(settings: string | null, timezone: string) {
  const parsed = workingHours.safeParse(keptIn(settings).workingHours);
  const own = parsed.success ? parsed.data : null;
  return { own, inForce: own ?? { timezone, ...USUAL, days: [...USUAL.days] } };
}

/** The settings with these hours instead; everything else in them stays. */
export function withHours(settings: string | null, own: WorkingHours | null): string {
  const { workingHours: _, ...others } = keptIn(settings);
  const sorted = own === null ? {} : { workingHours: { ...own, days: [...new Set(own.days)].sort() } };
  return JSON.stringify({ ...others, ...sorted });
}
