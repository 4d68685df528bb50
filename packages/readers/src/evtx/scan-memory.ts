/** The large tables that a scan needs, kept from file to file: a folder may hold hundreds of small logs. */
import { OffsetTable } from './binxml/offset-table.ts';
import type { Plan } from './binxml/plan.ts';
import { TextCache } from './binxml/text-cache.ts';

/** Only `texts` means something beyond one chunk, and it says the same of any file: bytes and their text. */
export interface ScanMemory {
  readonly texts: TextCache;
  readonly names: OffsetTable<string>;
  readonly plans: OffsetTable<Plan>;
}

export function createScanMemory(): ScanMemory {
  return { texts: new TextCache(), names: new OffsetTable(), plans: new OffsetTable() };
}
