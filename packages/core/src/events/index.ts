/** Every Windows provider we know, and the way to a row: always by provider and ID, since IDs collide. */
import type { EventDefinition, ProviderTable } from './definition.ts';
import { eventlog } from './eventlog.ts';
import { kernelBoot } from './kernel-boot.ts';
import { kernelGeneral } from './kernel-general.ts';
import { kernelPower } from './kernel-power.ts';
import { localSessionManager } from './local-session-manager.ts';
import { powerTroubleshooter } from './power-troubleshooter.ts';
import { remoteConnectionManager } from './remote-connection-manager.ts';
import { securityAuditing } from './security-auditing.ts';
import { systemEventlog } from './system-eventlog.ts';
import { user32 } from './user32.ts';
import { winlogon } from './winlogon.ts';

export const PROVIDERS: readonly ProviderTable[] = [
  securityAuditing,
  localSessionManager,
  remoteConnectionManager,
  winlogon,
  user32,
  kernelGeneral,
  kernelBoot,
  kernelPower,
  powerTroubleshooter,
  systemEventlog,
  eventlog,
];

/** Finds what belongs to an event; a null provider falls back to the channel, where the ID is unique in it. */
export type Lookup<T> = (provider: string | null, eventId: number, channel?: string | null) => T | null;

/** Channel an event is written to: its own, or its provider's. */
export function channelOf(table: ProviderTable, event: EventDefinition): string {
  return event.channel ?? table.channel;
}

/** A lookup of whatever `make` builds from each row, made once. Names are compared without case. */
export function lookupOf<T>(make: (event: EventDefinition, table: ProviderTable) => T): Lookup<T> {
  const byProvider = new Map<string, Map<number, T>>();
  const byChannel = new Map<string, Map<number, T | null>>();
  for (const table of PROVIDERS) {
    const rows = new Map<number, T>();
    for (const name of [table.provider, ...(table.aliases ?? [])]) {
      // The usual spelling is kept beside the lower-case one, so that the common case folds no letters.
      byProvider.set(name, rows).set(name.toLowerCase(), rows);
    }
    for (const event of table.events) {
      const row = make(event, table);
      rows.set(event.id, row);
      const channel = channelOf(table, event).toLowerCase();
      const inChannel = byChannel.get(channel) ?? new Map<number, T | null>();
      inChannel.set(event.id, inChannel.has(event.id) ? null : row);
      byChannel.set(channel, inChannel);
    }
  }
  return (provider, eventId, channel = null) => {
    if (provider !== null) {
      const rows = byProvider.get(provider) ?? byProvider.get(provider.toLowerCase());
      return rows?.get(eventId) ?? null;
    }
    return channel === null ? null : (byChannel.get(channel.toLowerCase())?.get(eventId) ?? null);
  };
}

/** The row of an event, or null if it is no session evidence. */
export const findDefinition: Lookup<EventDefinition> = lookupOf((event) => event);

/** True if the tables know the event; readers skip all others unread. */
export function isWanted(provider: string, eventId: number): boolean {
  return findDefinition(provider, eventId) !== null;
}
