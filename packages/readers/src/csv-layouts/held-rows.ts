/** Rows held back while a file shows enough of itself to be understood. */
import { LOOKAHEAD_CHARS, LOOKAHEAD_ROWS } from '../text-limits.ts';

export interface HeldRow {
  readonly cells: readonly string[];
  readonly line: number;
}

/**
 * A queue of rows: `push` holds a copy and returns the oldest row once more than the limit is held, else null;
 * `drain` returns the others in order.
 */
export function heldRows(): { push(row: HeldRow, chars: number): HeldRow | null; drain(): HeldRow[] } {
  let queue: HeldRow[] = [];
  let sizes: number[] = [];
  let head = 0;
  let held = 0;
  return {
    push({ cells, line }, chars) {
      queue.push({ cells: cells.slice(), line });
      sizes.push(chars);
      held += chars;
      if (queue.length - head <= LOOKAHEAD_ROWS && held <= LOOKAHEAD_CHARS) return null;
      held -= sizes[head]!;
      const oldest = queue[head++]!;
      if (head > LOOKAHEAD_ROWS) {
        queue = queue.slice(head);
        sizes = sizes.slice(head);
        head = 0;
      }
      return oldest;
    },
    drain() {
      const rest = queue.slice(head);
      queue = [];
      sizes = [];
      head = 0;
      held = 0;
      return rest;
    },
  };
}
