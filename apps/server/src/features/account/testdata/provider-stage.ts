/** A portal with a sign-in provider beside it, and browsers that are led from one to the other. */
import { type OidcProvider, type OidcProviderOptions, startOidcProvider } from '@logonscope/testkit';
import type { ProviderOptions } from '../../../access/provider/rules.ts';
import { openTestPortal, type TestPortal } from '../../../http/testdata/portal.ts';
import { accountRoutes } from '../routes.ts';

const HOME = 'https://portal.example';
export const CALLBACK = '/api/v1/account/provider/callback';
const CLIENT = {
  clientId: 'logonscope',
  clientSecret: 's3cret of the client',
  callbackUrl: HOME + CALLBACK,
};

export interface ProviderStage {
  readonly portal: TestPortal;
  readonly provider: OidcProvider;
  nowMs: number;
  browser(): StageBrowser;
  /** Entries of the audit trail since the last look. */
  trail(): Promise<readonly { action: string; outcome: string; detail: unknown; target: string | null }[]>;
  close(): Promise<void>;
}

export type StageBrowser = ReturnType<typeof browserOf>;

/** Rules where a test says nothing else: nobody is linked or made, and no word counts as a second factor. */
const STRICT = {
  label: 'Example',
  domains: [],
  linkByEmail: false,
  createUsers: false,
  company: null,
  mfaWords: [],
  nameClaim: 'preferred_username',
  emailClaim: 'email',
  emailVerifiedClaim: 'email_verified',
} as const;

export async function providerStage(
  rules: Partial<ProviderOptions> = {},
  there: Partial<OidcProviderOptions> = {},
): Promise<ProviderStage> {
  const stage = { nowMs: Date.now() } as { nowMs: number };
  const now = () => stage.nowMs;
  const provider = await startOidcProvider({ ...CLIENT, ...there, now });
  const options: ProviderOptions = {
    ...{ ...CLIENT, issuer: provider.issuer, scopes: ['openid', 'email'], homeUrl: `${HOME}/` },
    ...STRICT,
    ...rules,
  };
  const portal = await openTestPortal({
    now,
    limits: { login: { limit: 1_000, periodSeconds: 60 } },
    provider: options,
    routes: ({ access }) => accountRoutes(access),
  });
  let seen = 0;
  return Object.assign(stage, {
    portal,
    provider,
    browser: () => browserOf(portal),
    async trail() {
      const rows = await portal.store.db
        .selectFrom('audit_trail')
        .select(['seq', 'action', 'outcome', 'detail', 'target'])
        .where('company_id', '=', 0)
        .where('seq', '>', seen)
        .orderBy('seq')
        .execute();
      seen = rows.at(-1)?.seq ?? seen;
      return rows.map(({ seq: _, detail, ...row }) => ({ ...row, detail: JSON.parse(detail ?? 'null') }));
    },
    async close() {
      await portal.close();
      await provider.stop();
    },
  });
}

/** Keeps cookies as a browser does, and follows one redirect at a time. */
function browserOf(portal: TestPortal) {
  const jar = new Map<string, string>();
  let csrf = '';
  const keep = (set: string | string[] | undefined) => {
    for (const line of [set ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (line.includes('Max-Age=0')) jar.delete(name);
      else jar.set(name, value);
    }
  };
  const self = {
    jar,
    async send(method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object, headers = {}) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await portal.app.inject({
        method,
        url: url.startsWith('/api/') ? url : `/api/v1/account${url}`,
        headers: { ...(cookie && { cookie }), ...(csrf && { 'x-csrf-token': csrf }), ...headers },
        ...(payload && { payload }),
      });
      keep(answer.headers['set-cookie']);
      const body = answer.body ? answer.json() : null;
      csrf = body?.csrfToken ?? csrf;
      return {
        status: answer.statusCode,
        body,
        location: answer.headers.location,
        set: answer.headers['set-cookie'],
      };
    },
    /** The button: the provider's address. */
    start: (query = '') => self.send('GET', `/provider/start${query}`),
    /** Visits the provider, and gives the address of ours that it sends back to. */
    async visitProvider(address: string): Promise<string> {
      const answer = await fetch(address, { redirect: 'manual' });
      const { pathname, search } = new URL(answer.headers.get('location')!);
      return pathname + search;
    },
    /** All the way there and back. */
    async signIn(query = '') {
      const { location } = await self.start(query);
      return self.send('GET', await self.visitProvider(location!));
    },
    /** Who is signed in, if anybody. */
    async whoami() {
      const { status, body } = await self.send('GET', '');
      return status === 200 ? body : null;
    },
  };
  return self;
}
