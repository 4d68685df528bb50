/** Figures as the proofs print them. */

/** `0.0031` as `0.31 %`. */
export const percent = (share: number): string => `${(100 * share).toFixed(share < 0.001 ? 4 : 2)} %`;

/** The middle value; of an even number of values the upper of the two in the middle. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
