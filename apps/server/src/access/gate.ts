/** The door that every request passes: who is it, is he within his limits, and may he do this at all. */
import { AppError } from '../app-error.ts';
import { ANONYMOUS, type Caller, type KeyCaller, requireMay } from './caller.ts';
import type { KeyCheck, KeyChecks, KeyRefusal } from './keys/key-checks.ts';
import type { KeyUsage } from './keys/key-usage.ts';
import type { Limiter, LimitRule, Taken } from './limits/limiter.ts';
import { tokenIn } from './portal/cookies.ts';
import { callerOfVisit, type Portal, type Visit, visitOf } from './portal/portal.ts';
import type { Action } from './roles.ts';
import { sameText } from './secrets.ts';

/** What the door looks at; a Fastify request has all of it. */
export interface Knock {
  readonly method: string;
  readonly ip: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** What the route demands: who may knock, and with which row of the permission table. */
export interface RouteDemand {
  readonly action: Action | 'public';
  readonly auth: 'anonymous' | 'portal' | 'apiKey' | 'any';
}

export interface GateParts {
  readonly portal: Portal;
  readonly checks: KeyChecks;
  readonly usage: KeyUsage;
  readonly limiter: Limiter;
  /** Whether cookies travel by https only. */
  readonly secure: boolean;
  /** Requests per key. */
  readonly apiRule: LimitRule;
}

/** The refusal of an empty bucket, with all that its endpoints tell in headers. */
function tooMany(
  { resetAtSeconds, retryAfterSeconds }: Taken,
  { limit, periodSeconds }: LimitRule,
): AppError {
  return new AppError('too-many', 'access/too-many', 'Too many requests; wait a little.', {
    retryAfterSeconds: Math.max(1, retryAfterSeconds),
    rateLimit: { requests: limit, periodSeconds, resetAtSeconds },
  });
}

/** Wrong keys per address: whoever guesses is slowed down, whoever has a good key is not. */
const WRONG_KEYS = { limit: 60, periodSeconds: 60 };
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The words of the original API. */
const KEY_REFUSED: Readonly<Record<KeyRefusal, string>> = {
  missing: 'No API key provided',
  unknown: 'Invalid API key',
  disabled: 'API key has been disabled',
  expired: 'API key has expired',
};

function header({ headers }: Knock, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** The key of a request, from `X-API-Key` or `Authorization: Bearer`. */
function keyIn(knock: Knock): string | undefined {
  const own = header(knock, 'x-api-key');
  if (own !== undefined) return own.trim();
  return /^Bearer\s+(\S+)$/i.exec(header(knock, 'authorization') ?? '')?.[1];
}

/**
 * Refuses what another site made the browser send: browsers say where a request comes from, and only our own pages know
 * the session's token.
 */
export function requireOwnPage(knock: Knock, csrfToken: string | null): void {
  if (SAFE_METHODS.has(knock.method)) return;
  const foreign = header(knock, 'sec-fetch-site') === 'cross-site';
  const proven = csrfToken === null || sameText(header(knock, 'x-csrf-token') ?? '', csrfToken);
  if (!foreign && proven) return;
  throw new AppError('forbidden', 'access/forged', 'The request did not come from a page of this portal.');
}

/** The visit of a request, checked against forgery; for the pages of a login that is not complete. */
export async function visitAt(
  { portal, secure }: Pick<GateParts, 'portal' | 'secure'>,
  knock: Knock,
): Promise<Visit> {
  const visit = await visitOf(portal, tokenIn(header(knock, 'cookie'), secure));
  if (visit === null) throw new AppError('unauthenticated', 'account/sign-in', 'Sign in first.');
  requireOwnPage(knock, visit.session.csrf_token);
  return visit;
}

/** Makes the gate that `http` mounts in front of every route. */
export function createGate(parts: GateParts) {
  const { checks, usage, limiter, apiRule } = parts;

  async function admitPerson(knock: Knock): Promise<Caller> {
    return callerOfVisit(await visitAt(parts, knock));
  }

  function admitKey(knock: Knock): Caller | Promise<Caller> {
    const text = keyIn(knock);
    // The usual way, without waiting: a key that is known, and buckets in memory.
    if (!checks.knows(text)) return admitStrangeKey(knock, text);
    const check = checks.check(text);
    return check instanceof Promise ? check.then((found) => withKey(knock, found)) : withKey(knock, check);
  }

  async function admitStrangeKey(knock: Knock, text: string | undefined): Promise<Caller> {
    const wrong = await limiter.take(`wrong-key:${knock.ip}`, WRONG_KEYS, 0);
    if (wrong.remaining < 1) throw tooMany(wrong, WRONG_KEYS);
    const check = await checks.check(text);
    if ('refused' in check) await limiter.take(`wrong-key:${knock.ip}`, WRONG_KEYS);
    return withKey(knock, check);
  }

  function withKey(knock: Knock, check: KeyCheck): Caller | Promise<Caller> {
    if ('refused' in check) {
      throw new AppError('unauthenticated', `key/${check.refused}`, KEY_REFUSED[check.refused]);
    }
    const taken = limiter.take(`key:${check.caller.keyId}`, apiRule);
    return taken instanceof Promise
      ? taken.then((found) => withToken(knock, check.caller, found))
      : withToken(knock, check.caller, taken);
  }

  function withToken(knock: Knock, caller: KeyCaller, taken: Taken): Caller {
    usage.note(caller, { requests: 1, errors: taken.allowed ? 0 : 1, address: knock.ip });
    if (!taken.allowed) throw tooMany(taken, apiRule);
    return caller;
  }

  function identify(knock: Knock, { auth }: RouteDemand): Caller | Promise<Caller> {
    if (auth === 'anonymous') {
      requireOwnPage(knock, null);
      return ANONYMOUS;
    }
    if (auth === 'apiKey' || (auth === 'any' && keyIn(knock) !== undefined)) return admitKey(knock);
    return admitPerson(knock);
  }

  function allowed(caller: Caller, { action }: RouteDemand): Caller {
    if (action !== 'public') requireMay(caller, action);
    return caller;
  }

  return {
    admit(knock: Knock, demand: RouteDemand): Caller | Promise<Caller> {
      const caller = identify(knock, demand);
      return caller instanceof Promise
        ? caller.then((found) => allowed(found, demand))
        : allowed(caller, demand);
    },
  };
}
