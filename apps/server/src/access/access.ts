/** Puts access together: one object that `main` makes and hands to http and the features. */
import type { Store } from '../db/store.ts';
import type { Acting } from './acting.ts';
import type { Caller } from './caller.ts';
import type { Clock } from './clock.ts';
import { createGate, type Knock, visitAt } from './gate.ts';
import { keyChecks } from './keys/key-checks.ts';
import { keyUsage } from './keys/key-usage.ts';
import type { LimitRule } from './limits/limiter.ts';
import { memoryLimiter } from './limits/memory.ts';
import { redisLimiter } from './limits/redis.ts';
import { type Portal, visitOf } from './portal/portal.ts';
import { SESSION_LIMITS, type SessionLimits, sweepSessions } from './portal/sessions.ts';
import type { Browser } from './portal/sign-in.ts';
import { sweepSpent } from './provider/attempt.ts';
import { openProvider } from './provider/provider.ts';
import type { ProviderOptions } from './provider/rules.ts';
import type { ProviderDoor } from './provider/sign-in.ts';
import { Scope } from './scope.ts';
import { derivedKey } from './secrets.ts';
import type { Origin } from './trail/audit.ts';

export interface AccessOptions {
  readonly store: Pick<Store, 'db' | 'dialect' | 'inside'>;
  readonly clock: Clock;
  /** At least 32 random characters; whoever has it can read the secrets of authenticators. */
  readonly secretKey: string;
  /** Whether browsers reach us by https. */
  readonly secure: boolean;
  /** Shown by authenticator apps. */
  readonly issuer?: string;
  readonly sessionLimits?: SessionLimits;
  readonly limits?: Partial<Limits>;
  /** Buckets shared by several processes; null keeps them in memory. */
  readonly redisUrl?: string | null;
  /** Where people may sign in beside passwords; null: nowhere. */
  readonly provider?: ProviderOptions | null;
  readonly onTrouble?: (error: Error) => void;
}

export interface Limits {
  readonly login: LimitRule;
  readonly register: LimitRule;
  /** Requests per API key. */
  readonly api: LimitRule;
}

export const LIMITS: Limits = {
  login: { limit: 10, periodSeconds: 60 },
  register: { limit: 5, periodSeconds: 300 },
  api: { limit: 6000, periodSeconds: 60 },
};

export type Access = ReturnType<typeof createAccess>;

/** @returns the gate for http, what features act with, and `tick`, to be called every ten seconds or so */
export function createAccess(options: AccessOptions) {
  const { store, clock, redisUrl, onTrouble, secure } = options;
  const limits = { ...LIMITS, ...options.limits };
  const limiter = redisUrl ? redisLimiter(redisUrl, clock, onTrouble) : memoryLimiter(clock);
  const checks = keyChecks(store.db, clock);
  const usage = keyUsage(store, clock);
  const portal: Portal = {
    store,
    clock,
    limiter,
    totpKey: derivedKey(options.secretKey, 'totp'),
    limits: options.sessionLimits ?? SESSION_LIMITS,
    rules: { login: limits.login, register: limits.register },
    issuer: options.issuer ?? 'Logonscope',
  };
  const gateParts = { portal, checks, usage, limiter, secure, apiRule: limits.api };

  return {
    portal,
    secure,
    provider: doorOf(options),
    checks,
    usage,
    gate: {
      ...createGate(gateParts),
      /** The queries of a caller whom the gate let in. */
      scopeOf: (caller: Caller): Scope => Scope.of(store, caller),
    },
    /** The visit of a request whose login may not be complete. */
    visitAt: (knock: Knock) => visitAt(gateParts, knock),
    /** The visit of a token that was just given out. */
    visitOf: (token: string) => visitOf(portal, token),
    /** A caller with his scope and where he acts from. */
    acting(caller: Caller, request: Knock & { readonly id: string }): Acting {
      return { scope: Scope.of(store, caller), origin: originOfCaller(caller, request) };
    },
    /** Stores what was counted, throws ended sessions away. */
    async tick(): Promise<void> {
      await usage.store();
      await sweepSessions(store.db, clock());
      await sweepSpent(store, clock);
    },
    /** Stores what was counted and lets go of Redis. */
    async close(): Promise<void> {
      await usage.store();
      limiter.close();
    },
  };
}

function doorOf({ provider, clock, secretKey }: AccessOptions): ProviderDoor | null {
  if (!provider) return null;
  return {
    provider: openProvider(provider, clock),
    rules: provider,
    key: derivedKey(secretKey, 'provider'),
  };
}

/** Where a request comes from, as the portal writes it down. */
export function browserOf({ ip, headers, id }: Knock & { readonly id: string }): Browser {
  const agent = headers['user-agent'];
  return { address: ip, userAgent: (Array.isArray(agent) ? agent[0] : agent) ?? null, requestId: id };
}

function originOfCaller(caller: Caller, { ip, id }: Knock & { readonly id: string }): Origin {
  const person = caller.kind === 'person' ? caller : null;
  const name = person?.name ?? (caller.kind === 'key' ? `key:${caller.keyId}` : null);
  return { userId: person?.userId ?? null, userName: name, address: ip, requestId: id };
}
