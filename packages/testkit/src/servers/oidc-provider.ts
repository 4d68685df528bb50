/** A small sign-in provider (OpenID Connect) on the loopback, that does what a real one does and misbehaves when told to. */
import { createHash, createHmac, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Algorithm = 'RS256' | 'ES256';

/** What is wrong with its answers; empty: nothing. */
export interface Mischief {
  /** Claims that replace those of the token. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** How the token says it is signed; `none` has no signature, `HS256` one by the client's secret. */
  readonly algorithm?: Algorithm | 'none' | 'HS256';
  /** Signs with a key that is in nobody's list. */
  readonly strangeKey?: boolean;
  /** Refuses at the door, in the words of the protocol. */
  readonly refusal?: string;
  /** The issuer of its document, or of its answer. */
  readonly documentIssuer?: string;
  readonly answerIssuer?: string;
  /** Whom the user information is about. */
  readonly userinfoSubject?: string;
  /** Answers no token in time: the connection is cut. */
  readonly cut?: boolean;
}

export interface OidcProviderOptions {
  readonly clientId: string;
  /** Null for a public client. */
  readonly clientSecret: string | null;
  readonly callbackUrl: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly authMethods?: readonly string[];
}

export interface OidcProvider {
  readonly issuer: string;
  /** Claims of whoever sits before the browser. */
  person: Readonly<Record<string, unknown>>;
  /** Claims that only the user information tells. */
  told: Readonly<Record<string, unknown>>;
  mischief: Mischief;
  /** New keys from now on, under new names; the old ones are gone from the list. */
  rotate(algorithm?: Algorithm): void;
  /** How often each path was asked for. */
  readonly asked: ReadonlyMap<string, number>;
  /** Parameters of the last sign-in that somebody was sent here with. */
  readonly lastAsked: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

interface SigningKey {
  readonly algorithm: Algorithm;
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

function newKey(algorithm: Algorithm): SigningKey {
  const pair =
    algorithm === 'RS256'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { algorithm, kid: randomBytes(6).toString('hex'), ...pair };
}

/** As the protocol has it: name and secret are coded like the fields of a form. */
const formDecoded = (text: string) => decodeURIComponent(text.replaceAll('+', ' '));

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

function token(header: object, claims: object, key: SigningKey | string | null): string {
  const text = `${base64url(header)}.${base64url(claims)}`;
  if (key === null) return `${text}.`;
  if (typeof key === 'string') return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
  const signature = sign('sha256', Buffer.from(text), { key: key.privateKey, dsaEncoding: 'ieee-p1363' });
  return `${text}.${signature.toString('base64url')}`;
}

/** What a code stands for, until it is exchanged. */
interface Grant {
  readonly asked: URLSearchParams;
  readonly person: Readonly<Record<string, unknown>>;
}

/** Starts a provider that signs with RS256. */
export async function startOidcProvider(options: OidcProviderOptions): Promise<OidcProvider> {
  const { clientId, clientSecret, callbackUrl, now } = options;
  let key = newKey('RS256');
  const grants = new Map<string, Grant>();
  const asked = new Map<string, number>();
  const state = {
    person: {},
    told: {},
    mischief: {} as Mischief,
    lastAsked: {} as Readonly<Record<string, string>>,
  };

  const json = (response: ServerResponse, status: number, body: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

  function document() {
    return {
      issuer: state.mischief.documentIssuer ?? issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      userinfo_endpoint: `${issuer}/userinfo`,
      end_session_endpoint: `${issuer}/logout`,
      jwks_uri: `${issuer}/keys`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256', 'ES256'],
      authorization_response_iss_parameter_supported: true,
      code_challenge_methods_supported: ['S256'],
      ...(options.authMethods === undefined
        ? {}
        : { token_endpoint_auth_methods_supported: options.authMethods }),
    };
  }

  function authorize(response: ServerResponse, query: URLSearchParams) {
    state.lastAsked = Object.fromEntries(query);
    const known = query.get('client_id') === clientId && query.get('redirect_uri') === callbackUrl;
    const whole =
      query.get('response_type') === 'code' &&
      query.get('scope')?.split(' ').includes('openid') &&
      query.get('code_challenge_method') === 'S256' &&
      query.get('code_challenge') !== null;
    if (!known || !whole) return json(response, 400, { error: 'invalid_request' });
    const back = new URL(callbackUrl);
    back.searchParams.set('state', query.get('state') ?? '');
    back.searchParams.set('iss', state.mischief.answerIssuer ?? issuer);
    if (state.mischief.refusal !== undefined) back.searchParams.set('error', state.mischief.refusal);
    else {
      const code = randomBytes(16).toString('base64url');
      grants.set(code, { asked: query, person: state.person });
      back.searchParams.set('code', code);
    }
    return response.writeHead(302, { location: back.href }).end();
  }

  function isClient(request: IncomingMessage, body: URLSearchParams): boolean {
    const basic = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    const [id = '', secret = ''] =
      basic === undefined
        ? [body.get('client_id') ?? '', body.get('client_secret') ?? '']
        : Buffer.from(basic, 'base64').toString().split(':').map(formDecoded);
    return id === clientId && secret === (clientSecret ?? '');
  }

  function exchange(request: IncomingMessage, response: ServerResponse, body: URLSearchParams) {
    if (state.mischief.cut) return request.socket.destroy();
    if (!isClient(request, body)) return json(response, 401, { error: 'invalid_client' });
    const code = body.get('code') ?? '';
    const grant = grants.get(code);
    grants.delete(code);
    const challenge = createHash('sha256')
      .update(body.get('code_verifier') ?? '')
      .digest('base64url');
    const proven =
      grant?.asked.get('code_challenge') === challenge && body.get('redirect_uri') === callbackUrl;
    if (grant === undefined || !proven) return json(response, 400, { error: 'invalid_grant' });
    const access = randomBytes(16).toString('base64url');
    grants.set(access, grant);
    return json(response, 200, {
      access_token: access,
      token_type: 'Bearer',
      expires_in: 300,
      id_token: idTokenOf(grant),
    });
  }

  function idTokenOf({ asked: query, person }: Grant): string {
    const { claims = {}, algorithm = key.algorithm, strangeKey = false } = state.mischief;
    const seconds = Math.floor(now() / 1_000);
    const told = {
      iss: issuer,
      aud: clientId,
      iat: seconds,
      exp: seconds + 300,
      auth_time: seconds,
      nonce: query.get('nonce'),
      ...person,
      ...claims,
    };
    const header = { alg: algorithm, kid: key.kid, typ: 'JWT' };
    if (algorithm === 'none') return token({ alg: 'none' }, told, null);
    if (algorithm === 'HS256') return token({ alg: 'HS256' }, told, clientSecret ?? clientId);
    return token(header, told, strangeKey ? newKey(key.algorithm) : key);
  }

  function userinfo(request: IncomingMessage, response: ServerResponse) {
    const grant = grants.get((request.headers.authorization ?? '').replace('Bearer ', ''));
    if (grant === undefined) return json(response, 401, { error: 'invalid_token' });
    const sub = state.mischief.userinfoSubject ?? grant.person.sub;
    return json(response, 200, { ...state.told, sub });
  }

  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', issuer);
    asked.set(pathname, (asked.get(pathname) ?? 0) + 1);
    let body = '';
    for await (const piece of request) body += piece;
    if (pathname === '/.well-known/openid-configuration') return json(response, 200, document());
    if (pathname === '/keys') {
      const { algorithm: alg, kid, publicKey } = key;
      return json(response, 200, {
        keys: [{ ...publicKey.export({ format: 'jwk' }), alg, kid, use: 'sig' }],
      });
    }
    if (pathname === '/authorize') return authorize(response, searchParams);
    if (pathname === '/token') return exchange(request, response, new URLSearchParams(body));
    if (pathname === '/userinfo') return userinfo(request, response);
    return json(response, 404, { error: 'not_found' });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return Object.assign(state, {
    issuer,
    asked,
    rotate(algorithm: Algorithm = key.algorithm) {
      key = newKey(algorithm);
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  });
}
