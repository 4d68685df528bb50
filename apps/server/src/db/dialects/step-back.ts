/** Threads that read let the one that writes go first: whoever sends events waits for milliseconds, a report may take a second more. */
import { readlinkSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { basename } from 'node:path';

/** Lowers the priority of the calling thread alone. Linux counts threads as it counts processes; elsewhere nothing happens. */
export function stepBack(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(
      Number(basename(readlinkSync('/proc/thread-self'))),
      constants.priority.PRIORITY_BELOW_NORMAL,
    );
  } catch {
    // Without /proc it is a thread like the others.
  }
}
