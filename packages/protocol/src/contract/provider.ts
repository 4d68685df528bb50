/** Signing in through a provider (OpenID Connect): the way there and back, and the connection of an account with it. */
import { z } from 'zod';
import { endpoint, NO_CONTENT } from '../endpoint.ts';

const text = z.string().max(4_000).optional();

export const getSignInWays = endpoint({
  id: 'getSignInWays',
  method: 'GET',
  path: '/api/v1/account/ways',
  summary: 'How people can sign in here: by password always, and through a provider where there is one.',
  replies: {
    200: z.object({
      registration: z.boolean().meta({ description: 'Whether people may register themselves.' }),
      provider: z
        .object({
          label: z.string(),
          start: z.string().meta({ description: 'Where the button leads, a path of this site.' }),
        })
        .nullable(),
    }),
  },
  auth: 'anonymous',
});

export const startProvider = endpoint({
  id: 'startProvider',
  method: 'GET',
  path: '/api/v1/account/provider/start',
  summary: 'Sends the browser to the sign-in provider.',
  query: z.object({
    next: z.string().max(2_000).optional(),
    anew: z
      .stringbool()
      .default(false)
      .meta({ description: 'Asks for the person also where the provider knows the browser.' }),
  }),
  replies: { 303: NO_CONTENT },
  auth: 'anonymous',
});

export const finishProvider = endpoint({
  id: 'finishProvider',
  method: 'GET',
  path: '/api/v1/account/provider/callback',
  summary:
    'Where the provider sends the browser back to. Leads on into the site, or to `/sign-in?problem=…` with the code of the refusal.',
  query: z.object({
    code: text,
    state: text,
    iss: text,
    error: text,
    error_description: text,
    session_state: text,
  }),
  replies: { 303: NO_CONTENT },
  auth: 'anonymous',
});

export const connectProvider = endpoint({
  id: 'connectProvider',
  method: 'POST',
  path: '/api/v1/account/provider/connection',
  summary: 'Begins to connect one’s account with the provider: where to send the browser.',
  body: z.strictObject({ password: z.string().min(1).max(1_000).optional() }),
  replies: { 200: z.object({ address: z.string() }) },
  auth: 'portal',
});

export const disconnectProvider = endpoint({
  id: 'disconnectProvider',
  method: 'DELETE',
  path: '/api/v1/account/provider/connection',
  summary: 'Takes the connection away; who has no password keeps it.',
  replies: { 204: NO_CONTENT },
  auth: 'portal',
});

export const logoutEverywhere = endpoint({
  id: 'logoutEverywhere',
  method: 'POST',
  path: '/api/v1/account/provider/logout',
  summary: 'Ends this session, and tells where the provider ends its own.',
  replies: { 200: z.object({ address: z.string().nullable() }) },
  auth: 'anonymous',
});

export const PROVIDER_ENDPOINTS = [
  getSignInWays,
  startProvider,
  finishProvider,
  connectProvider,
  disconnectProvider,
  logoutEverywhere,
] as const;
