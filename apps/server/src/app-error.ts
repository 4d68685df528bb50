/** What can go wrong in the server's own words; `http/errors.ts` alone knows which status that is. */

/** What kind of refusal it is, seen from the caller. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'gone'
  | 'too-large'
  | 'unsupported'
  | 'too-many'
  | 'unavailable';

/** One field that was refused, and what was expected there. */
export interface RefusedField {
  readonly field: string;
  readonly expected: string;
}

/** So many requests in so many seconds, and when the count begins anew. */
export interface RateLimit {
  readonly requests: number;
  readonly periodSeconds: number;
  /** Seconds since 1970. */
  readonly resetAtSeconds: number;
}

export interface ErrorFacts {
  readonly fields?: readonly RefusedField[];
  /** When trying again makes sense. */
  readonly retryAfterSeconds?: number;
  /** Of too-many: what is allowed, for the X-RateLimit headers. */
  readonly rateLimit?: RateLimit;
  readonly cause?: unknown;
}

/**
 * A refusal that the caller may read: `message` and `fields` go out, `cause` only into the log. Thrown by `access` and
 * `features`; everything else that is thrown becomes a 500 without a word about the reason.
 */
export class AppError extends Error {
  readonly kind: ErrorKind;
  /** `company/not-found`: stable, for programs. */
  readonly code: string;
  readonly fields: readonly RefusedField[];
  readonly retryAfterSeconds: number | null;
  readonly rateLimit: RateLimit | null;

  constructor(kind: ErrorKind, code: string, message: string, facts: ErrorFacts = {}) {
    super(message, { cause: facts.cause });
    this.name = 'AppError';
    this.kind = kind;
    this.code = code;
    this.fields = facts.fields ?? [];
    this.retryAfterSeconds = facts.retryAfterSeconds ?? null;
    this.rateLimit = facts.rateLimit ?? null;
  }
}
