/** One's own account: signing in, the second factor, the password, the list of one's sessions. */
import { z } from 'zod';
import { endpoint, NO_CONTENT } from '../endpoint.ts';
import { isoInstant } from '../shapes.ts';

/** Longer texts are refused before anything is computed with them. */
const text = z.string().min(1).max(300);
const password = z.string().min(1).max(1_000);
/** Who has none is asked anew by the sign-in provider instead. */
const passwordIfAny = password.optional();
const code = z.string().min(1).max(40);

export const portalState = z
  .enum(['full', 'mfa_pending', 'mfa_enrol_required', 'password_change_required'])
  .meta({
    id: 'PortalState',
    description: 'How far the session is let in; all but `full` have one thing to do first.',
  });

const signedIn = z
  .object({
    state: portalState,
    next: z.string().meta({ description: 'Where to go, always a path of this site.' }),
    csrfToken: z
      .string()
      .meta({ description: 'Goes into `X-CSRF-Token` of every request that changes something.' }),
  })
  .meta({ id: 'SignedIn' });

export const accountView = z
  .object({
    id: z.number().int(),
    username: z.string(),
    email: z.string(),
    role: z.enum(['GlobalAdmin', 'Admin', 'User']),
    state: portalState,
    mfaEnabled: z.boolean(),
    mfaRequired: z.boolean(),
    hasPassword: z.boolean().meta({ description: 'False for who signs in through the provider only.' }),
    signedInBy: z.enum(['password', 'provider']),
    companies: z.array(
      z.object({ companyId: z.number().int(), name: z.string(), role: z.enum(['CompanyAdmin', 'User']) }),
    ),
    csrfToken: z.string(),
  })
  .meta({ id: 'Account' });

export const portalSession = z
  .object({
    id: z.string(),
    current: z.boolean(),
    address: z.string().nullable(),
    userAgent: z.string().nullable(),
    createdAt: isoInstant,
    lastSeenAt: isoInstant,
    expiresAt: isoInstant,
  })
  .meta({ id: 'PortalSession' });

const passwordRules = z.object({
  minLength: z.number().int(),
  digitsAndMixedCase: z.boolean(),
  specials: z.boolean(),
  specialCharacters: z.string(),
});

const recoveryCodes = z.object({ recoveryCodes: z.array(z.string()) });

// Sessions that are not complete yet come here too: what is `anonymous` below looks at the cookie itself.

export const login = endpoint({
  id: 'login',
  method: 'POST',
  path: '/api/v1/account/login',
  summary: 'Signs in with user name or e-mail address and password.',
  body: z.strictObject({
    login: text,
    password,
    remember: z.boolean().default(false),
    next: z.string().max(2_000).optional(),
  }),
  replies: { 200: signedIn },
  auth: 'anonymous',
});

export const sendCode = endpoint({
  id: 'sendCode',
  method: 'POST',
  path: '/api/v1/account/code',
  summary: 'Completes a login with a code of the authenticator, or a recovery code.',
  body: z.strictObject({ code }),
  replies: { 200: signedIn },
  auth: 'anonymous',
});

export const logout = endpoint({
  id: 'logout',
  method: 'POST',
  path: '/api/v1/account/logout',
  summary: 'Ends this session.',
  replies: { 204: NO_CONTENT },
  auth: 'anonymous',
});

export const getRegistration = endpoint({
  id: 'getRegistration',
  method: 'GET',
  path: '/api/v1/account/registration',
  summary: 'Whether registration is open, and what passwords must be like.',
  replies: { 200: z.object({ open: z.boolean(), restrictDomains: z.boolean(), password: passwordRules }) },
  auth: 'anonymous',
});

export const register = endpoint({
  id: 'register',
  method: 'POST',
  path: '/api/v1/account/registration',
  summary: 'Registers an account, where that is open; it waits for an administrator to activate it.',
  body: z.strictObject({ username: text, email: text, password }),
  replies: { 201: z.object({ message: z.string() }) },
  auth: 'anonymous',
});

export const getAccount = endpoint({
  id: 'getAccount',
  method: 'GET',
  path: '/api/v1/account',
  summary: 'Who is signed in, how far, and what is left to do.',
  replies: { 200: accountView },
  auth: 'anonymous',
});

export const changePassword = endpoint({
  id: 'changePassword',
  method: 'POST',
  path: '/api/v1/account/password',
  summary: 'Changes the password; all other sessions end.',
  body: z.strictObject({ password, newPassword: password }),
  replies: { 200: signedIn },
  auth: 'anonymous',
});

export const startMfa = endpoint({
  id: 'startMfa',
  method: 'POST',
  path: '/api/v1/account/mfa/start',
  summary: 'Begins to set up an authenticator: a secret, and its QR code as SVG.',
  body: z.strictObject({ password: passwordIfAny }),
  replies: { 200: z.object({ secret: z.string(), uri: z.string(), qrSvg: z.string() }) },
  auth: 'anonymous',
});

export const confirmMfa = endpoint({
  id: 'confirmMfa',
  method: 'POST',
  path: '/api/v1/account/mfa/confirm',
  summary: 'Confirms the new authenticator with its first code; answers with recovery codes, shown once.',
  body: z.strictObject({ code }),
  replies: { 200: recoveryCodes },
  auth: 'anonymous',
});

export const renewRecoveryCodes = endpoint({
  id: 'renewRecoveryCodes',
  method: 'POST',
  path: '/api/v1/account/mfa/recovery-codes',
  summary: 'New recovery codes; the old ones are worth nothing any more.',
  body: z.strictObject({ password: passwordIfAny }),
  replies: { 200: recoveryCodes },
  auth: 'portal',
});

export const disableMfa = endpoint({
  id: 'disableMfa',
  method: 'POST',
  path: '/api/v1/account/mfa/disable',
  summary: 'Does without a second factor, where none is required.',
  body: z.strictObject({ password: passwordIfAny, code }),
  replies: { 204: NO_CONTENT },
  auth: 'portal',
});

export const listPortalSessions = endpoint({
  id: 'listPortalSessions',
  method: 'GET',
  path: '/api/v1/account/sessions',
  summary: 'The browsers in which one is signed in.',
  replies: { 200: z.object({ rows: z.array(portalSession) }) },
  auth: 'portal',
});

export const endPortalSession = endpoint({
  id: 'endPortalSession',
  method: 'DELETE',
  path: '/api/v1/account/sessions/:id',
  summary: 'Ends one of them.',
  params: z.object({ id: z.string().regex(/^[0-9a-f]{16}$/) }),
  replies: { 204: NO_CONTENT },
  auth: 'portal',
});

export const ACCOUNT_ENDPOINTS = [
  login,
  sendCode,
  logout,
  getRegistration,
  register,
  getAccount,
  changePassword,
  startMfa,
  confirmMfa,
  renewRecoveryCodes,
  disableMfa,
  listPortalSessions,
  endPortalSession,
] as const;
