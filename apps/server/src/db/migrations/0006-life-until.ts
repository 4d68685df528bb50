/** Computers tell how far imported logs go, so that nobody looks for spans of life where there are none. */
import type { ColumnKind } from '../table-def.ts';

export const SIXTH_COLUMNS: Readonly<Record<string, Readonly<Record<string, ColumnKind>>>> = {
  computers: { life_until: 'big?' },
};
