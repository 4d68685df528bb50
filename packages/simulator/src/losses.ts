/** Ways in which logs lose records. Numbers keep the gaps that reality would leave. */
import { SECURITY, SYSTEM } from './layouts/index.ts';
import { createRandom } from './random.ts';
import type { SimRecord } from './record.ts';

type Records = readonly SimRecord[];

/** Drops this share of the records at random, as an overloaded forwarder does. */
export function loseAtRandom(records: Records, share: number, seed: number): SimRecord[] {
  const random = createRandom(seed);
  return records.filter(() => !random.chance(share));
}

/** Keeps only some channels; all others were never collected. */
export function keepChannels(records: Records, channels: readonly string[]): SimRecord[] {
  return records.filter(({ layout }) => channels.includes(layout.channel));
}

/** The channels that are there without any audit policy. */
export const WITHOUT_AUDIT = [
  'System',
  'Microsoft-Windows-TerminalServices-LocalSessionManager/Operational',
] as const;

/** Events of an audit subcategory; without it Windows never writes them, so numbers close up. */
export const SUBCATEGORIES = {
  'Other Logon/Logoff Events': [
    SECURITY.locked,
    SECURITY.unlocked,
    SECURITY.screensaverOn,
    SECURITY.screensaverOff,
    SECURITY.reconnected,
    SECURITY.disconnected,
  ],
  Logoff: [SECURITY.logoff, SECURITY.logoffBegun],
  'Special Logon': [SECURITY.privileges],
  'Process Creation': [SECURITY.processCreated, SECURITY.processExited],
} as const;

/** The log of a computer on which a subcategory was never audited. */
export function withoutAudit(records: Records, subcategory: keyof typeof SUBCATEGORIES): SimRecord[] {
  const off = new Set<SimRecord['layout']>(SUBCATEGORIES[subcategory]);
  return renumbered(records.filter(({ layout }) => !off.has(layout)));
}

/** The oldest records of each channel were overwritten: only this many of the newest are left. */
export function wrapped(records: Records, perChannelMax: number): SimRecord[] {
  const newest = new Map<string, number>();
  for (const { layout, recordId } of records) newest.set(layout.channel, recordId);
  return records.filter(({ layout, recordId }) => recordId > newest.get(layout.channel)! - perChannelMax);
}

export interface Clearer {
  readonly sid: string;
  readonly name: string;
  readonly domain: string;
}

/**
 * Someone clears a channel at an instant: what was in it is gone, and its numbers begin again with the record that
 * tells who did it. Nothing changes if the channel has no record after that.
 */
export function cleared(
  records: Records,
  channel: 'Security' | 'System',
  at: number,
  by: Clearer,
): SimRecord[] {
  const first = records.find(({ time, layout }) => layout.channel === channel && time >= at);
  if (first === undefined) return [...records];
  const tell = {
    Security: { layout: SECURITY.cleared, values: [by.sid, by.name, by.domain, 0x3e7] },
    System: { layout: SYSTEM.systemCleared, values: [by.name, by.domain, channel, ''] },
  };
  const note: SimRecord = { ...first, time: at, userSid: null, ...tell[channel] };
  const kept = records.flatMap((record) => {
    if (record === first) return [note, record];
    return record.layout.channel === channel && record.recordId < first.recordId ? [] : [record];
  });
  return renumbered(kept, channel);
}

/** Numbers each channel, or only one, from 1. */
function renumbered(records: Records, only: string | null = null): SimRecord[] {
  const next = new Map<string, number>();
  return records.map((record) => {
    const { channel } = record.layout;
    if (only !== null && channel !== only) return record;
    const recordId = (next.get(channel) ?? 0) + 1;
    next.set(channel, recordId);
    return { ...record, recordId };
  });
}
