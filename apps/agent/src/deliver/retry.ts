/** How long to wait before trying again: longer each time, never all agents at once. */

const FIRST_MS = 1_000;
const LONGEST_MS = 5 * 60_000;

/**
 * Half of a wait that doubles with each failure, and up to the same again by chance; never less than the server asked
 * for. `random` gives numbers from 0 to 1.
 */
export function pauseMs(failures: number, askedMs: number | null, random: () => number): number {
  const wait = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 20));
  const chance = random();
  if (askedMs !== null) return askedMs + chance * Math.min(wait, askedMs);
  return wait / 2 + (chance * wait) / 2;
}
