/** Every event the simulator can write, by a name of our own. */
import type { EventLayout } from './layout.ts';
import { SECURITY } from './security.ts';
import { SYSTEM } from './system.ts';
import { TERMINAL } from './terminal.ts';

export { SECURITY, SYSTEM, TERMINAL };
export const LAYOUTS: readonly EventLayout[] = [SECURITY, SYSTEM, TERMINAL].flatMap((table) =>
  Object.values(table),
);
