/** Buckets in the memory of this process: exact for one process, and bounded whoever knocks. */
import { type Clock, SECOND_MS } from '../clock.ts';
import { type Bucket, type Limiter, type LimitRule, takeFrom } from './limiter.ts';

/** About 15 MB. More callers than this within one period are an attack, whose oldest buckets may be forgotten. */
const BUCKETS_MAX = 100_000;
/** Room made at once, so that an attack does not pay for making room with each request. */
const ROOM = 0.1;

interface Kept extends Bucket {
  /** From then on the bucket is full, which is how a forgotten one begins. */
  readonly fullAtMs: number;
}

export interface MemoryLimiter extends Limiter {
  take(key: string, rule: LimitRule, cost?: number): ReturnType<typeof takeFrom>['taken'];
  /** How many buckets are kept now. */
  size(): number;
}

export function memoryLimiter(clock: Clock, bucketsMax = BUCKETS_MAX): MemoryLimiter {
  // A Map keeps the order of insertion; a bucket that is used is put at its end, so the first ones are the oldest.
  const buckets = new Map<string, Kept>();

  function makeRoom(nowMs: number): void {
    for (const [key, { fullAtMs }] of buckets) if (fullAtMs <= nowMs) buckets.delete(key);
    const keep = bucketsMax * (1 - ROOM);
    for (const key of buckets.keys()) {
      if (buckets.size <= keep) return;
      buckets.delete(key);
    }
  }

  return {
    take(key, rule, cost = 1) {
      const nowMs = clock();
      const { bucket, taken } = takeFrom(buckets.get(key), rule, { nowMs, cost });
      if (buckets.size >= bucketsMax && !buckets.has(key)) makeRoom(nowMs);
      buckets.delete(key);
      buckets.set(key, { ...bucket, fullAtMs: taken.resetAtSeconds * SECOND_MS });
      return taken;
    },
    size: () => buckets.size,
    close: () => buckets.clear(),
  };
}
