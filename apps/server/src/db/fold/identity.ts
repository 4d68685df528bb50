/** What makes two deliveries of an event the same one, as a number that fits every database. */
import { hash } from 'node:crypto';
import type { SessionEvent } from '@logonscope/core';

/**
 * The first 52 bits of a SHA-256 over what identifies an event on its computer: channel, record number and time, or
 * the key of its delivery; where a source gives neither, all it says. Exact as a JavaScript number.
 */
export function identityHash(event: SessionEvent): number {
  return Number.parseInt(hash('sha256', identityText(event), 'hex').slice(0, 13), 16);
}

function identityText(event: SessionEvent): string {
  const { channel, recordId, identity, time } = event;
  if (recordId !== null) return `record\n${channel?.toLowerCase() ?? '?'}\n${recordId}\n${time}`;
  return identity === null ? `event\n${everything(event)}` : `key\n${identity}\n${time}`;
}

/** All that an event says, as JSON without nulls. */
function everything(event: SessionEvent): string {
  const present: Record<string, unknown> = {};
  for (const key in event) {
    const value = event[key as keyof SessionEvent];
    if (value !== null) present[key] = value;
  }
  return JSON.stringify(present);
}
