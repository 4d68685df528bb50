/** What a move tells: counts for each table of the original, and every row or value that is not as it was. */

/** Something of the original that was not taken over as it stood. */
export interface MoveProblem {
  readonly table: string;
  /** The row's `id`; null where the whole table is meant. */
  readonly row: number | null;
  readonly field: string | null;
  /** What stood there, shortened; null for nothing. */
  readonly found: string | null;
  readonly expected: string;
  /** The row is not taken over; or it is, but not as it stood. */
  readonly outcome: 'left-out' | 'changed';
}

/** Rows of one table of the original: each is counted once. */
export interface MoveCount {
  added: number;
  /** There already: from an earlier run, or told twice. */
  known: number;
  leftOut: number;
}

export type MoveCounts = Readonly<Record<string, Readonly<MoveCount>>>;

/** Where something stands in the original. */
export interface Place {
  readonly table: string;
  readonly row: number | null;
  readonly field: string | null;
}

export interface MoveReport {
  readonly counts: MoveCounts;
  count(table: string, what: 'added' | 'known', rows?: number): void;
  leaveOut(place: Place, found: unknown, expected: string, rows?: number): void;
  change(place: Place, found: unknown, expected: string): void;
}

const SHOWN_CHARS = 100;

/** A value as people may read it: bytes are not shown, long texts are cut. */
function shown(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  const text = [...String(value)];
  return text.length <= SHOWN_CHARS ? text.join('') : `${text.slice(0, SHOWN_CHARS).join('')}…`;
}

/** A report that hands every problem on as it comes. */
export function createReport(tell: (problem: MoveProblem) => void): MoveReport {
  const counts: Record<string, MoveCount> = {};
  const countOf = (table: string) => (counts[table] ??= { added: 0, known: 0, leftOut: 0 });
  return {
    counts,
    count(table, what, rows = 1) {
      countOf(table)[what] += rows;
    },
    leaveOut(place, found, expected, rows = 1) {
      countOf(place.table).leftOut += rows;
      tell({ ...place, found: shown(found), expected, outcome: 'left-out' });
    },
    change: (place, found, expected) => tell({ ...place, found: shown(found), expected, outcome: 'changed' }),
  };
}
