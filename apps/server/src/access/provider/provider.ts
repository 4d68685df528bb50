/** The conversation with the sign-in provider: authorization code with PKCE, state and nonce; every ID token checked by its signature. */
import type * as OpenIdClient from 'openid-client';
import type { Configuration, IDToken, ServerMetadata } from 'openid-client';
import { AppError } from '../../app-error.ts';
import type { Clock } from '../clock.ts';
import type { Claims } from './identity.ts';
import type { ProviderFacts, ProviderOptions } from './rules.ts';

/** Secrets of one attempt; the browser brings them back sealed. */
export interface Checks {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** Whether the provider had to ask for the person anew. */
  readonly anew: boolean;
}

/** What the browser brought back in its address. */
export type ProviderAnswer = Readonly<Record<string, string>>;

export interface ProvedPerson {
  readonly issuer: string;
  readonly claims: Claims;
  /** For its logout. */
  readonly idToken: string;
}

export interface Provider {
  readonly issuer: string;
  /** Where to send the browser. */
  authorizationUrl(checks: Checks): Promise<string>;
  /** Exchanges the code; throws `account/provider-…` for whatever is not exactly right. */
  prove(answer: ProviderAnswer, checks: Checks): Promise<ProvedPerson>;
  /** Where the provider signs people out; null where it has no such page. */
  logoutUrl(idToken: string): Promise<string | null>;
}

/** Its document is read again after this. Keys are asked for at each login, so that a changed one counts at once. */
const DOCUMENT_MS = 600_000;
const TIMEOUT_SECONDS = 10;
/** Clocks of two machines differ. */
const TOLERANCE_SECONDS = 30;
/** Asked for anew means: within this long. */
const ANEW_SECONDS = 300;

/** Loaded when somebody first comes: most servers have no provider. */
type Library = typeof OpenIdClient;

/** Nothing is asked of the provider before somebody wants to sign in: a provider that is away keeps no server from starting. */
export function openProvider(facts: ProviderOptions, clock: Clock): Provider {
  let document: { readonly metadata: ServerMetadata; readonly readAtMs: number } | null = null;

  async function configured(): Promise<{ library: Library; config: Configuration }> {
    const library = await import('openid-client');
    if (document === null || clock() - document.readAtMs >= DOCUMENT_MS) {
      document = { metadata: await readDocument(library, facts), readAtMs: clock() };
    }
    return { library, config: configurationOf(library, facts, document.metadata, clock) };
  }

  return {
    issuer: facts.issuer,
    async authorizationUrl({ state, nonce, verifier, anew }) {
      const { library, config } = await telling(configured());
      return library.buildAuthorizationUrl(config, {
        redirect_uri: facts.callbackUrl,
        scope: facts.scopes.join(' '),
        state,
        nonce,
        code_challenge: await library.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...(anew ? { prompt: 'login', max_age: String(ANEW_SECONDS) } : {}),
      }).href;
    },
    async prove(answer, checks) {
      const { library, config } = await telling(configured());
      return telling(prove(library, config, facts, { answer, checks }));
    },
    async logoutUrl(idToken) {
      const { library, config } = await telling(configured());
      if (config.serverMetadata().end_session_endpoint === undefined) return null;
      const parameters = { id_token_hint: idToken, post_logout_redirect_uri: facts.homeUrl };
      return library.buildEndSessionUrl(config, parameters).href;
    },
  };
}

/** On this machine there is nobody in between; anywhere else the provider has to speak https. */
function isLocalHttp(issuer: string): boolean {
  const { protocol, hostname } = new URL(issuer);
  return protocol === 'http:' && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

async function readDocument(library: Library, { issuer, clientId }: ProviderFacts): Promise<ServerMetadata> {
  const execute = isLocalHttp(issuer) ? [library.allowInsecureRequests] : [];
  const found = await library.discovery(new URL(issuer), clientId, undefined, library.None(), {
    execute,
    timeout: TIMEOUT_SECONDS,
  });
  return found.serverMetadata();
}

function configurationOf(
  library: Library,
  { clientId, clientSecret, issuer }: ProviderFacts,
  metadata: ServerMetadata,
  clock: Clock,
): Configuration {
  const ways = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  const bySecret = ways.includes('client_secret_basic')
    ? library.ClientSecretBasic
    : library.ClientSecretPost;
  const proof = clientSecret === null ? library.None() : bySecret(clientSecret);
  const config = new library.Configuration(
    metadata,
    clientId,
    {
      [library.clockSkew]: Math.round((clock() - Date.now()) / 1_000),
      [library.clockTolerance]: TOLERANCE_SECONDS,
    },
    proof,
  );
  config.timeout = TIMEOUT_SECONDS;
  if (isLocalHttp(issuer)) library.allowInsecureRequests(config);
  library.enableNonRepudiationChecks(config);
  return config;
}

async function prove(
  library: Library,
  config: Configuration,
  options: ProviderOptions,
  { answer, checks }: { answer: ProviderAnswer; checks: Checks },
): Promise<ProvedPerson> {
  const address = new URL(options.callbackUrl);
  for (const [name, value] of Object.entries(answer)) address.searchParams.set(name, value);
  const tokens = await library.authorizationCodeGrant(config, address, {
    expectedState: checks.state,
    expectedNonce: checks.nonce,
    pkceCodeVerifier: checks.verifier,
    idTokenExpected: true,
    ...(checks.anew ? { maxAge: ANEW_SECONDS } : {}),
  });
  const told = tokens.claims() as IDToken;
  const { issuer } = config.serverMetadata();
  const claims = await completed(library, config, options, { told, accessToken: tokens.access_token });
  return { issuer, claims, idToken: tokens.id_token! };
}

/**
 * Some keep the address out of the token and tell it only when asked. Address and whether it is vouched for come from
 * one and the same place.
 */
async function completed(
  library: Library,
  config: Configuration,
  { emailClaim, emailVerifiedClaim, nameClaim }: ProviderOptions,
  { told, accessToken }: { told: IDToken; accessToken: string },
): Promise<Claims> {
  const asked = told[emailClaim] === undefined && config.serverMetadata().userinfo_endpoint !== undefined;
  if (!asked) return told;
  const more: Claims = await library.fetchUserInfo(config, accessToken, told.sub).catch(() => ({}));
  return {
    ...told,
    [emailClaim]: more[emailClaim],
    [emailVerifiedClaim]: more[emailVerifiedClaim],
    [nameClaim]: told[nameClaim] ?? more[nameClaim],
  };
}

const AWAY = 'The sign-in provider does not answer; try again.';

/** Whatever goes wrong there, told in our words; the cause goes into the log. */
async function telling<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    const { name = '', code = '', error = '' } = cause as { name?: string; code?: string; error?: string };
    if (error !== '' && name === 'AuthorizationResponseError') {
      throw new AppError('forbidden', 'account/provider-refused', 'The sign-in provider let nobody in.', {
        cause,
      });
    }
    if (isAway(cause) || code === 'OAUTH_TIMEOUT') {
      throw new AppError('unavailable', 'account/provider-away', AWAY, { retryAfterSeconds: 5, cause });
    }
    throw new AppError('forbidden', 'account/provider-failed', 'What the provider said does not hold.', {
      cause,
    });
  }
}

/** `fetch` tells of a connection that failed by a TypeError, whose cause the library hands on. */
function isAway(error: unknown): boolean {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth++) {
    const { code } = at as NodeJS.ErrnoException;
    if (/^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|UND_ERR_.*)$/.test(code ?? '')) return true;
    if (at.name === 'TimeoutError' || at.message === 'fetch failed') return true;
  }
  return false;
}
