/** The sign-in provider of the settings, as access wants it. */
import { finishProvider } from '@logonscope/protocol';
import type { ProviderOptions } from '../access/provider/rules.ts';
import type { ServerSettings } from './table.ts';

/** Null where none is set up; `checkTogether` has seen to it that nothing is missing. */
export function providerOf(settings: ServerSettings): ProviderOptions | null {
  const { oidcIssuer: issuer, oidcClientId: clientId, publicUrl } = settings;
  if (issuer === null || clientId === null || publicUrl === null) return null;
  const base = publicUrl.replace(/\/+$/, '');
  return {
    issuer,
    clientId,
    clientSecret: settings.oidcClientSecret,
    scopes: settings.oidcScopes,
    callbackUrl: `${base}${finishProvider.path}`,
    homeUrl: `${base}/`,
    label: settings.oidcLabel,
    domains: settings.oidcDomains.map((domain) => domain.toLowerCase()),
    linkByEmail: settings.oidcLinkAccounts === 'verified-email',
    createUsers: settings.oidcCreateUsers,
    company: settings.oidcCompany,
    mfaWords: settings.oidcMfa,
    nameClaim: settings.oidcNameClaim,
    emailClaim: settings.oidcEmailClaim,
    emailVerifiedClaim: settings.oidcEmailVerifiedClaim,
  };
}
