/** A figure of the bench: what was measured, the value, the target. Parts print them, run.ts gathers them. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

export interface Figure {
  readonly part: string;
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** What the value must not exceed (`most`) or fall below (`least`); absent: shown for information. */
  readonly most?: number;
  readonly least?: number;
}

/** Names the file in which a part leaves its figures for the run that started it. */
export const FIGURES_FILE = 'LOGONSCOPE_BENCH_FIGURES';

export function meets({ value, most, least }: Figure): boolean {
  return value <= (most ?? Number.POSITIVE_INFINITY) && value >= (least ?? Number.NEGATIVE_INFINITY);
}

/** Prints one figure and, within `npm run bench`, hands it on to the final table. */
export function tell(figure: Figure): void {
  console.log(line(figure));
  const file = process.env[FIGURES_FILE];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(figure)}\n`);
}

export function readFigures(file: string): Figure[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((text) => JSON.parse(text) as Figure);
}

/** One row of the table, e.g. `ok    end to end   1 GB: CPU against sha256sum   0.62 ×   (at most 1)`. */
export function line(figure: Figure): string {
  const { part, what, value, unit, most, least } = figure;
  const judged = most !== undefined || least !== undefined;
  const verdict = judged ? (meets(figure) ? 'ok' : 'MISS') : '';
  const target = [
    most === undefined ? '' : `at most ${most}`,
    least === undefined ? '' : `at least ${least}`,
  ].filter(Boolean);
  return [
    verdict.padEnd(4),
    part.padEnd(10),
    what.padEnd(58),
    `${rounded(value).padStart(9)} ${unit}`.padEnd(22),
    target.length > 0 ? `(${target.join(', ')})` : '',
  ]
    .join('  ')
    .trimEnd();
}

/** Three digits that matter, and never an exponent. */
function rounded(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
  return value.toFixed(Math.min(digits, 4));
}
