/** Rate limits as token buckets: a bucket fills evenly, each request takes one token, an empty bucket refuses. */
import { SECOND_MS } from '../clock.ts';

/** So many requests per period; the bucket holds one period's worth. */
export interface LimitRule {
  readonly limit: number;
  readonly periodSeconds: number;
}

/** What one attempt to take a token met. */
export interface Taken {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** When the bucket is full again, in seconds since 1970: the header of the original API. */
  readonly resetAtSeconds: number;
  /** How long until the next token; 0 if one was taken. */
  readonly retryAfterSeconds: number;
}

/** Where the buckets are: in this process, or in Redis for several. */
export interface Limiter {
  /** Takes `cost` tokens from the bucket of `key`, or none if there are not enough. */
  take(key: string, rule: LimitRule, cost?: number): Taken | Promise<Taken>;
  close(): void;
}

/** A bucket as stored: tokens at an instant. */
export interface Bucket {
  readonly tokens: number;
  readonly atMs: number;
}

/** The bucket after filling until now and taking, and what the caller hears. Time that runs backwards fills nothing. */
export function takeFrom(
  bucket: Bucket | undefined,
  { limit, periodSeconds }: LimitRule,
  { nowMs, cost }: { nowMs: number; cost: number },
): { bucket: Bucket; taken: Taken } {
  const perMs = limit / (periodSeconds * SECOND_MS);
  const filled = bucket ? bucket.tokens + Math.max(0, nowMs - bucket.atMs) * perMs : limit;
  const before = Math.min(limit, filled);
  const allowed = before >= cost;
  const tokens = allowed ? before - cost : before;
  const atMs = bucket ? Math.max(nowMs, bucket.atMs) : nowMs;
  return { bucket: { tokens, atMs }, taken: answer({ tokens, allowed, cost, perMs, limit, nowMs }) };
}

/** What the caller hears, of a bucket that holds `tokens` now. */
export function answer(facts: {
  tokens: number;
  allowed: boolean;
  cost: number;
  perMs: number;
  limit: number;
  nowMs: number;
}): Taken {
  const { tokens, allowed, cost, perMs, limit, nowMs } = facts;
  return {
    allowed,
    limit,
    remaining: Math.max(0, Math.floor(tokens)),
    resetAtSeconds: Math.ceil((nowMs + (limit - tokens) / perMs) / SECOND_MS),
    retryAfterSeconds: allowed ? 0 : Math.max(1, Math.ceil((cost - tokens) / perMs / SECOND_MS)),
  };
}
