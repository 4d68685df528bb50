/** Who the provider says somebody is: its claims, read with suspicion. */
import { createHash } from 'node:crypto';
import { emailParts, isUserName } from '../portal/email.ts';
import type { ProviderRules } from './rules.ts';

export type Claims = Readonly<Record<string, unknown>>;

export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  /** Null where there is none, or what is no address. */
  readonly email: string | null;
  /** Whether the provider vouches for the address; only `true` counts, no word that looks like it. */
  readonly emailVerified: boolean;
  /** A user name that fits ours, of the claim or the address. */
  readonly name: string | null;
  /** Whether a second factor was shown there, as the operator has it. */
  readonly mfa: boolean;
}

const NAME_CHARS_MAX = 20;
const SUBJECT_CHARS_MAX = 255;

/** The identity of checked claims; null without a subject that can be one. */
export function identityOf(issuer: string, claims: Claims, rules: ProviderRules): Identity | null {
  const subject = claims.sub;
  if (typeof subject !== 'string' || subject === '' || subject.length > SUBJECT_CHARS_MAX) return null;
  const given = claims[rules.emailClaim];
  const email = typeof given === 'string' && emailParts(given) !== null ? given.trim() : null;
  const amr = Array.isArray(claims.amr) ? claims.amr : [];
  return {
    issuer,
    subject,
    email,
    emailVerified: email !== null && claims[rules.emailVerifiedClaim] === true,
    name: nameOf(claims[rules.nameClaim]) ?? nameOf(email),
    mfa: rules.mfaWords.some((word) => amr.includes(word)),
  };
}

/** `Ana.Lima@corp.example` → `Ana.Lima`: what stands before an @, without what our names cannot hold. */
function nameOf(claim: unknown): string | null {
  if (typeof claim !== 'string') return null;
  const local = claim.normalize('NFKC').split('@', 1)[0]!;
  const plain = local.replaceAll(/[^\p{L}\p{N}._ '-]/gu, '').replace(/^[^\p{L}\p{N}]+/u, '');
  const name = [...plain].slice(0, NAME_CHARS_MAX).join('').trim();
  return isUserName(name) ? name : null;
}

/** The key under which an identity is stored. */
export function identityDigest({ issuer, subject }: Pick<Identity, 'issuer' | 'subject'>): string {
  return createHash('sha256')
    .update(JSON.stringify([issuer, subject]))
    .digest('hex');
}
