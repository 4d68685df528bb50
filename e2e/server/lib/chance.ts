/** Chance that can be repeated: the seed is printed with the result, and LOGONSCOPE_PROOF_SEED sets it. */

export const SEED = Number(process.env.LOGONSCOPE_PROOF_SEED ?? Date.now() % 1_000_000);

/** How many times the usual size a proof has; the long form is ten. */
export const SIZE = Number(process.env.LOGONSCOPE_PROOF_SIZE ?? 1);

/** Numbers from 0 to 1 by mulberry32, which is even enough for choosing moments. */
export function chance(seed = SEED): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
