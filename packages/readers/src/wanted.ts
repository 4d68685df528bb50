/** Which events a caller wants, as one question: every record, its own choice, or what the core's tables know. */
import { isWanted } from '@logonscope/core';
import type { ReadOptions } from './reader.ts';

export type Wanted = (provider: string, eventId: number) => boolean;

export function wantedBy(options: ReadOptions): Wanted {
  return options.everyRecord ? () => true : (options.wanted ?? isWanted);
}
