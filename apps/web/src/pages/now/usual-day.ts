/** Today beside the usual day: how many sessions are in use at each time of day, and how many mostly are. */
import type { Minimap } from '@logonscope/protocol';
import { localDate, wallClock } from '../../app/local-time.ts';
import { weekdayOf } from '../../parts/charts/days.ts';
import { quantile } from '../../parts/charts/scale.ts';

export const SLOT_MINUTES = 30;
const SLOTS = (24 * 60) / SLOT_MINUTES;
const MINUTE_MS = 60_000;

/** One half hour of the day; null where there is nothing to compare with, or where today has not come so far. */
export interface Slot {
  /** Minutes since midnight. */
  readonly minute: number;
  readonly today: number | null;
  readonly usual: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

const isWorkday = (date: string): boolean => weekdayOf(date) <= 5;

/**
 * Sessions in use by time of day. The usual is the median of earlier days of the same sort (working days or weekends),
 * the band reaches from the lowest tenth to the highest. Days before the first with data are no days of rest.
 */
export function usualDay({ fromMs, binMs, inUse }: Minimap, zone: string, nowMs: number): Slot[] {
  const today = localDate(zone, nowMs);
  const days = new Map<string, (number | null)[]>();
  for (const [bin, thousandths] of inUse.entries()) {
    const at = fromMs + bin * binMs;
    if (at > nowMs) break;
    const date = localDate(zone, at);
    const minutes = Math.floor((wallClock(zone, at) / MINUTE_MS) % (24 * 60));
    const slots = days.get(date) ?? Array.from({ length: SLOTS }, () => null);
    days.set(date, slots);
    const slot = Math.floor(minutes / SLOT_MINUTES);
    slots[slot] = Math.max(slots[slot] ?? 0, thousandths / 1_000);
  }
  const dates = [...days.keys()].sort();
  const firstWithData = dates.find((date) => days.get(date)!.some((value) => (value ?? 0) > 0)) ?? today;
  const earlier = dates.filter(
    (date) => date >= firstWithData && date < today && isWorkday(date) === isWorkday(today),
  );
  return Array.from({ length: SLOTS }, (_, slot) => {
    const values = earlier.flatMap((date) => days.get(date)![slot] ?? []);
    return {
      minute: slot * SLOT_MINUTES,
      today: days.get(today)?.[slot] ?? null,
      usual: quantile(values, 0.5),
      low: quantile(values, 0.1),
      high: quantile(values, 0.9),
    };
  });
}
