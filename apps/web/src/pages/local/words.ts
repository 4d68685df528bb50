/** Counts and sizes in words. */

const NUMBERS = new Intl.NumberFormat('en-GB');
const UNITS = ['B', 'kB', 'MB', 'GB'] as const;

/** `1,284 sessions`, `1 session`. */
export function count(number: number, word: string): string {
  return `${NUMBERS.format(number)} ${word}${number === 1 ? '' : 's'}`;
}

/** `68 kB`, `1.2 GB`: thousands, as file sizes are told. */
export function bytesText(bytes: number): string {
  const unit = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1_000 ** unit;
  return `${value.toFixed(unit > 0 && value < 10 ? 1 : 0)} ${UNITS[unit]}`;
}
