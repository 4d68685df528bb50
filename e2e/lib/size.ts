/** How much the proofs do: small by default, more for a soak (`LOGONSCOPE_PROOF_SIZE=4 npx vitest run e2e`). */

/** Factor for the number of simulated days. */
export const PROOF_SIZE = wholeNumber(process.env.LOGONSCOPE_PROOF_SIZE ?? '1');

/** The screen saver's delay, the same on all simulated computers. */
export const SCREENSAVER_DELAY_MS = 600_000;

function wholeNumber(text: string): number {
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  throw new RangeError(`LOGONSCOPE_PROOF_SIZE=${text}: expected a whole number from 1 to 99`);
}
