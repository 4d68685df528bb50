/** Lets only so many expensive works run at once and turns the rest away before memory runs out. */

export interface Turnstile {
  /** Runs `work` when a place is free; rejects with `Crowded` if too many wait already. */
  pass<T>(work: () => Promise<T>): Promise<T>;
}

/** Thrown to those who would have to wait too long. */
export class Crowded extends Error {
  constructor() {
    super('too many at once');
    this.name = 'Crowded';
  }
}

/** @param places how many run at once; @param waiting how many may wait for a place */
export function turnstile({ places, waiting }: { places: number; waiting: number }): Turnstile {
  const queue: (() => void)[] = [];
  let inside = 0;

  return {
    async pass(work) {
      if (inside >= places) {
        if (queue.length >= waiting) throw new Crowded();
        await new Promise<void>((go) => queue.push(go));
      } else {
        inside++;
      }
      try {
        return await work();
      } finally {
        // The place is handed on, so `inside` stays as it is while anyone waits.
        const next = queue.shift();
        if (next) next();
        else inside--;
      }
    },
  };
}
