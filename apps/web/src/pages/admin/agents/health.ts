/** How an agent is doing, judged by what it said last. */
import { auditAdvice } from '@logonscope/core';
import type { listAgents } from '@logonscope/protocol';
import type { BodyOf } from '../../../data/source.ts';

export type Agent = BodyOf<typeof listAgents>['rows'][number];
export type AgentState = 'well' | 'behind' | 'silent';

const MINUTE_MS = 60_000;
/** Agents ask for the server's health every half an hour unless told otherwise; twice that and more is silence. */
const SILENT_MS = 75 * MINUTE_MS;
/** Older events that still wait mean that something keeps them back. */
const BEHIND_MS = 15 * MINUTE_MS;
/** A clock this far off shifts sessions visibly. */
const CLOCK_OFF_MS = MINUTE_MS;

export function stateOf({ lastSeen, oldestWaiting, backlog }: Agent, nowMs: number): AgentState {
  if (nowMs - Date.parse(lastSeen) > SILENT_MS) return 'silent';
  const waits = (backlog ?? 0) > 0 && oldestWaiting !== null;
  return waits && nowMs - Date.parse(oldestWaiting) > BEHIND_MS ? 'behind' : 'well';
}

/** `+2 min`, `−3 h`; null where the clock is right enough, or unknown. */
export function clockText(aheadMs: number | null): string | null {
  if (aheadMs === null || Math.abs(aheadMs) < CLOCK_OFF_MS) return null;
  const minutes = Math.round(Math.abs(aheadMs) / MINUTE_MS);
  const sign = aheadMs > 0 ? '+' : '−';
  return minutes < 120 ? `${sign}${minutes} min` : `${sign}${Math.round(minutes / 60)} h`;
}

/** Audit subcategories that the computer does not write although we need them, by name. */
export function missingAudit({ auditPolicy }: Agent): readonly string[] | null {
  if (auditPolicy === null) return null;
  const on = new Map(Object.entries(auditPolicy).map(([guid, value]) => [guid.toUpperCase(), value]));
  return auditAdvice()
    .filter(({ guid }) => !['success', 'both'].includes(on.get(guid.toUpperCase()) ?? 'none'))
    .map(({ subcategory }) => subcategory);
}
