/** Remembers which events are wanted, so that the caller is asked once per provider and ID, not once per record. */

/** A power of two; collisions only cost a question. */
const SLOTS = 4_096;
/** Provider numbers share an int32 with the event ID. */
const MAX_PROVIDERS = 30_000;

export type Wanted = (provider: string, eventId: number) => boolean;

/** `wanted` with a memory of bounded size. */
export function rememberVerdicts(wanted: Wanted): Wanted {
  const numbers = new Map<string, number>();
  const keys = new Int32Array(SLOTS).fill(-1);
  const verdicts = new Uint8Array(SLOTS);
  let lastProvider = '';
  let lastNumber = -1;

  const numberOf = (provider: string): number => {
    let number = numbers.get(provider);
    if (number === undefined) {
      if (numbers.size >= MAX_PROVIDERS) {
        numbers.clear();
        keys.fill(-1);
      }
      number = numbers.size;
      numbers.set(provider, number);
    }
    return number;
  };

  return (provider, eventId) => {
    if (provider !== lastProvider || lastNumber < 0) {
      lastNumber = numberOf(provider);
      lastProvider = provider;
    }
    const key = (lastNumber << 16) | eventId;
    const slot = (eventId ^ Math.imul(lastNumber, 0x9e5)) & (SLOTS - 1);
    if (keys[slot] !== key) {
      keys[slot] = key;
      verdicts[slot] = wanted(provider, eventId) ? 1 : 0;
    }
    return verdicts[slot] === 1;
  };
}
