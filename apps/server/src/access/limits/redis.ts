/** Buckets in Redis, shared by several server processes; while Redis is away each process counts for itself. */
import { Redis } from 'ioredis';
import { type Clock, SECOND_MS } from '../clock.ts';
import { answer, type Limiter } from './limiter.ts';
import { memoryLimiter } from './memory.ts';

const PREFIX = 'logonscope:limit:';
/** A limiter must not become the slowest part of a request. */
const COMMAND_TIMEOUT_MS = 250;

/** Fills, takes and stores in one step, so that two processes never take the same token. Numbers travel as text. */
const TAKE = `
local tokens = tonumber(redis.call('HGET', KEYS[1], 't'))
local at = tonumber(redis.call('HGET', KEYS[1], 'a'))
local limit, perMs, now, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
if tokens == nil then tokens, at = limit, now end
tokens = math.min(limit, tokens + math.max(0, now - at) * perMs)
local allowed = tokens >= cost
if allowed then tokens = tokens - cost end
redis.call('HSET', KEYS[1], 't', tostring(tokens), 'a', tostring(math.max(now, at)))
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return { allowed and 1 or 0, tostring(tokens) }
`;

/** @param url `redis://…`, or the path of a socket */
export function redisLimiter(
  url: string,
  clock: Clock,
  onTrouble: (error: Error) => void = () => {},
): Limiter {
  const redis = new Redis(url, {
    commandTimeout: COMMAND_TIMEOUT_MS,
    connectTimeout: COMMAND_TIMEOUT_MS,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    lazyConnect: false,
  });
  redis.on('error', onTrouble);
  const alone = memoryLimiter(clock);

  return {
    async take(key, rule, cost = 1) {
      const { limit, periodSeconds } = rule;
      const nowMs = clock();
      const perMs = limit / (periodSeconds * SECOND_MS);
      if (redis.status !== 'ready') return alone.take(key, rule, cost);
      try {
        const numbers = [limit, perMs, nowMs, cost, periodSeconds * SECOND_MS];
        const [allowed, tokens] = (await redis.eval(TAKE, 1, PREFIX + key, ...numbers)) as [number, string];
        return answer({ tokens: Number(tokens), allowed: allowed === 1, cost, perMs, limit, nowMs });
      } catch (error) {
        onTrouble(error as Error);
        return alone.take(key, rule, cost);
      }
    },
    close() {
      alone.close();
      redis.disconnect();
    },
  };
}
