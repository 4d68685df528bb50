/** What the portal's functions share: the store, the clock, the limits and keys; and who visits with which session. */
import { AppError } from '../../app-error.ts';
import type { Ground } from '../acting.ts';
import type { PersonCaller } from '../caller.ts';
import type { Limiter, LimitRule } from '../limits/limiter.ts';
import type { PortalState } from '../mfa/mfa-policy.ts';
import {
  callerOf,
  type FullMembership,
  isMfaRequired,
  membershipsOf,
  type UserRow,
  userById,
} from './people.ts';
import { findSession, notesOf, type SessionLimits, type SessionRow } from './sessions.ts';

export interface PortalRules {
  /** Per address, and per name that is tried. */
  readonly login: LimitRule;
  readonly register: LimitRule;
}

export interface Portal extends Ground {
  /** Seals the secrets of authenticators. */
  readonly totpKey: Buffer;
  readonly limits: SessionLimits;
  readonly limiter: Limiter;
  readonly rules: PortalRules;
  /** The name that authenticator apps show. */
  readonly issuer: string;
}

/** A browser that came with the token of a living session, however far that is let in. */
export interface Visit {
  readonly session: SessionRow;
  readonly user: UserRow;
  readonly memberships: readonly FullMembership[];
  readonly state: PortalState;
  readonly mfaRequired: boolean;
}

/**
 * The visit of a token, or null. How far it is let in is worked out each time: a policy that begins to require a second
 * factor reaches those who are signed in already, and a deactivated person is out at once.
 */
export async function visitOf(portal: Portal, token: string | null): Promise<Visit | null> {
  if (token === null) return null;
  const { db } = portal.store;
  const session = await findSession(db, token, { nowMs: portal.clock(), limits: portal.limits });
  const user = session && (await userById(db, session.user_id));
  if (!session || !user?.is_active) return null;
  const memberships = await membershipsOf(db, user.id);
  const mfaRequired = await isMfaRequired(db, user, memberships);
  return { session, user, memberships, mfaRequired, state: stateOf(session, user, mfaRequired) };
}

function stateOf(session: SessionRow, user: UserRow, required: boolean): PortalState {
  if (session.stage !== 'full') return 'mfa_pending';
  const { provider } = notesOf(session);
  if (required && !user.mfa_enabled && !provider?.mfa) return 'mfa_enrol_required';
  // Who came through a provider used no password that would have to be changed.
  return user.must_change_password && provider === undefined ? 'password_change_required' : 'full';
}

/** The caller of a visit that is let in completely; throws what is still to be done. */
export function callerOfVisit(visit: Visit | null): PersonCaller {
  if (visit === null) throw new AppError('unauthenticated', 'account/sign-in', 'Sign in first.');
  if (visit.state === 'full') return callerOf(visit.user, visit.memberships);
  throw new AppError('unauthenticated', `account/${visit.state.replaceAll('_', '-')}`, TO_DO[visit.state]);
}

const TO_DO: Readonly<Record<Exclude<PortalState, 'full'>, string>> = {
  mfa_pending: 'Enter the code of your authenticator first.',
  mfa_enrol_required: 'Set up an authenticator first: your account needs a second factor.',
  password_change_required: 'Choose a new password first.',
};

/** Throws `access/too-many` once a bucket is empty. */
export async function requireToken(portal: Portal, key: string, rule: LimitRule): Promise<void> {
  const { allowed, retryAfterSeconds } = await portal.limiter.take(key, rule);
  if (allowed) return;
  throw new AppError('too-many', 'access/too-many', 'Too many attempts; wait a little.', {
    retryAfterSeconds,
  });
}
