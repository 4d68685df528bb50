/** Every setting of the server, once: what an original config.ini may hold and still means something, and ours. */
import {
  boolean,
  defineSettings,
  duration,
  integer,
  list,
  oneOf,
  path,
  text,
  timezone,
  url,
  type Values,
} from '@logonscope/settings';
import { RETIRED } from './retired.ts';
import { country, databaseUrl, hostName, logLevel, proxyAddress } from './types.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 86_400 * SECOND_MS;
/** Shorter ones can be guessed; the original replaced them too. */
const SECRET_KEY_CHARS_MIN = 32;

const periodOf = (maxMs: number) => duration({ unit: 's', minMs: SECOND_MS, maxMs });
const count = integer({ min: 1, max: 10_000_000 });
const days = integer({ min: 0, max: 36_500 });

// biome-ignore format: a table reads by its rows
export const SERVER_SETTINGS = defineSettings({
  secretKey: { ini: 'app.SECRET_KEY', env: ['LOGONSCOPE_SECRET_KEY', 'SECRET_KEY'], type: text({ minLength: SECRET_KEY_CHARS_MIN }), default: null, secret: true,
    doc: 'Encrypts second factors and signs what the server hands out. Without it one is made in the instance folder at the first start; servers that share a database need the same.' },
  debug: { ini: 'app.APP_DEBUG', env: ['LOGONSCOPE_DEBUG', 'APP_DEBUG'], flag: '--debug', type: boolean(), default: false,
    doc: 'Log lines of level debug, whatever LEVEL says. Keys, passwords and bodies are not logged at any level.' },
  timezone: { ini: 'app.TIMEZONE', env: ['LOGONSCOPE_TIMEZONE', 'TIMEZONE'], flag: '--timezone', type: timezone(), default: 'UTC',
    doc: 'Zone in which days are cut and times are written where nobody chose another.' },

  host: { ini: 'server.HOST', env: ['LOGONSCOPE_HOST', 'HOST'], flag: '--host', type: hostName(), default: '127.0.0.1',
    doc: 'Address to listen on. Any other than the machine itself needs a certificate or TRUSTED_PROXIES.' },
  port: { ini: 'server.PORT', env: ['LOGONSCOPE_PORT', 'PORT'], flag: '--port', type: integer({ min: 0, max: 65_535 }), default: 8_000,
    doc: 'Port to listen on; 0 takes a free one.' },
  publicUrl: { ini: 'server.PUBLIC_URL', env: ['LOGONSCOPE_PUBLIC_URL'], flag: '--public-url', type: url(['http:', 'https:']), default: null,
    doc: 'Address under which people and agents reach the server, where it is not the one it listens on. Behind a proxy it says whether that is https, so that cookies are kept to it.' },
  instanceFolder: { ini: 'server.INSTANCE_FOLDER', env: ['LOGONSCOPE_INSTANCE', 'INSTANCE'], flag: '--instance', type: path(), default: 'instance',
    doc: 'Folder of the embedded database, the secret key and a generated certificate.' },
  certFile: { ini: 'server.SSL_CERTFILE', env: ['LOGONSCOPE_SSL_CERTFILE', 'SSL_CERTFILE'], flag: '--cert', type: path(), default: null,
    doc: 'Certificate (PEM, with its chain). Set, the server speaks https.' },
  keyFile: { ini: 'server.SSL_KEYFILE', env: ['LOGONSCOPE_SSL_KEYFILE', 'SSL_KEYFILE'], flag: '--key', type: path(), default: null,
    doc: 'Private key of the certificate (PEM).' },
  generateCertificate: { ini: 'server.AUTO_GENERATE_SSL', env: ['LOGONSCOPE_AUTO_GENERATE_SSL', 'AUTO_GENERATE_SSL'], flag: '--generate-certificate', type: boolean(), default: false,
    doc: 'Makes a self-signed certificate where none is, in SSL_CERTFILE and SSL_KEYFILE or in certs/ of the instance folder, and speaks https.' },
  requestTimeoutMs: { ini: 'server.TIMEOUT', env: ['LOGONSCOPE_TIMEOUT'], type: periodOf(60 * MINUTE_MS), default: 60 * SECOND_MS,
    doc: 'How long a request may take to arrive.' },
  shutdownTimeoutMs: { ini: 'server.SHUTDOWN_TIMEOUT', env: ['LOGONSCOPE_SHUTDOWN_TIMEOUT'], type: periodOf(10 * MINUTE_MS), default: 30 * SECOND_MS,
    doc: 'How long a server that is told to stop waits for requests that run.' },

  databaseUrl: { ini: 'database.SQLALCHEMY_DATABASE_URI', iniAlso: ['database.DATABASE_URL'], env: ['LOGONSCOPE_DATABASE_URL', 'DATABASE_URL', 'SQLALCHEMY_DATABASE_URI'], flag: '--database', type: databaseUrl(), default: 'sqlite:///logonscope.db',
    doc: 'The store. A relative file of sqlite:/// lies in the instance folder; four slashes begin an absolute path.' },
  databaseAdminUrl: { ini: 'database.DATABASE_ADMIN_URL', env: ['LOGONSCOPE_DATABASE_ADMIN_URL', 'DATABASE_ADMIN_URL'], type: databaseUrl(), default: null,
    doc: "PostgreSQL: the same database by the role that owns its tables. It makes and changes them, and lets the role of DATABASE_URL in, behind the database's own wall between companies. Needed at starts and by db commands only." },

  idleLifetimeMs: { ini: 'session.PERMANENT_SESSION_LIFETIME', env: ['LOGONSCOPE_SESSION_LIFETIME', 'PERMANENT_SESSION_LIFETIME'], type: periodOf(30 * DAY_MS), default: 7_200 * SECOND_MS,
    doc: 'After this time without a request somebody has to sign in again.' },
  rememberLifetimeMs: { ini: 'session.REMEMBER_COOKIE_DURATION', env: ['LOGONSCOPE_REMEMBER_LIFETIME', 'REMEMBER_COOKIE_DURATION'], type: periodOf(365 * DAY_MS), default: 28 * DAY_MS,
    doc: 'The same for those who asked to be remembered.' },
  absoluteLifetimeMs: { ini: 'session.ABSOLUTE_LIFETIME', env: ['LOGONSCOPE_ABSOLUTE_LIFETIME'], type: periodOf(365 * DAY_MS), default: DAY_MS / 2,
    doc: 'After this time somebody has to sign in again in any case, unless he asked to be remembered.' },

  oidcIssuer: { ini: 'oidc.OIDC_ISSUER', env: ['LOGONSCOPE_OIDC_ISSUER', 'OIDC_ISSUER'], type: url(['https:', 'http:']), default: null,
    doc: 'The sign-in provider (OpenID Connect), whose document lies below this address in .well-known/openid-configuration. Set, people may sign in through it; http only on this machine.' },
  oidcClientId: { ini: 'oidc.OIDC_CLIENT_ID', env: ['LOGONSCOPE_OIDC_CLIENT_ID', 'OIDC_CLIENT_ID'], type: text({ maxLength: 255 }), default: null,
    doc: 'Name of this server at the provider. Register PUBLIC_URL/api/v1/account/provider/callback there.' },
  oidcClientSecret: { ini: 'oidc.OIDC_CLIENT_SECRET', env: ['LOGONSCOPE_OIDC_CLIENT_SECRET', 'OIDC_CLIENT_SECRET'], type: text(), default: null, secret: true,
    doc: 'Its secret there; without it the server is a public client, which PKCE alone protects.' },
  oidcScopes: { ini: 'oidc.OIDC_SCOPES', env: ['LOGONSCOPE_OIDC_SCOPES', 'OIDC_SCOPES'], type: list(text({ maxLength: 100 })), default: ['openid', 'email', 'profile'],
    doc: 'What is asked for.' },
  oidcLabel: { ini: 'oidc.OIDC_LABEL', env: ['LOGONSCOPE_OIDC_LABEL', 'OIDC_LABEL'], type: text({ maxLength: 60 }), default: 'Single sign-on',
    doc: 'What the button of the sign-in page says.' },
  oidcDomains: { ini: 'oidc.OIDC_DOMAINS', env: ['LOGONSCOPE_OIDC_DOMAINS', 'OIDC_DOMAINS'], type: list(hostName()), default: [],
    doc: 'Domains of verified addresses that may come in through the provider; empty lets in any.' },
  oidcLinkAccounts: { ini: 'oidc.OIDC_LINK_ACCOUNTS', env: ['LOGONSCOPE_OIDC_LINK_ACCOUNTS', 'OIDC_LINK_ACCOUNTS'], type: oneOf(['never', 'verified-email']), default: 'never',
    doc: 'Whether an address that the provider vouches for opens the account of that address. Administrators connect theirs on their account page in any case.' },
  oidcCreateUsers: { ini: 'oidc.OIDC_CREATE_USERS', env: ['LOGONSCOPE_OIDC_CREATE_USERS', 'OIDC_CREATE_USERS'], type: boolean(), default: false,
    doc: 'Makes an account, role User and without a password, for somebody with a verified address whom nobody knows here.' },
  oidcCompany: { ini: 'oidc.OIDC_COMPANY', env: ['LOGONSCOPE_OIDC_COMPANY', 'OIDC_COMPANY'], type: text({ maxLength: 100 }), default: null,
    doc: 'Name of the company that such people become members of; without it of none, until an administrator adds them.' },
  oidcMfa: { ini: 'oidc.OIDC_MFA', env: ['LOGONSCOPE_OIDC_MFA', 'OIDC_MFA'], type: list(text({ maxLength: 60 })), default: [],
    doc: 'Words of the claim amr that count as a second factor, as mfa,otp,hwk. Empty: none does, and the authenticator here is asked for as after a password.' },
  oidcNameClaim: { ini: 'oidc.OIDC_NAME_CLAIM', env: ['LOGONSCOPE_OIDC_NAME_CLAIM'], type: text({ maxLength: 100 }), default: 'preferred_username',
    doc: 'Claim that the user name of a new account is made of.' },
  oidcEmailClaim: { ini: 'oidc.OIDC_EMAIL_CLAIM', env: ['LOGONSCOPE_OIDC_EMAIL_CLAIM'], type: text({ maxLength: 100 }), default: 'email',
    doc: 'Claim with the address.' },
  oidcEmailVerifiedClaim: { ini: 'oidc.OIDC_EMAIL_VERIFIED_CLAIM', env: ['LOGONSCOPE_OIDC_EMAIL_VERIFIED_CLAIM'], type: text({ maxLength: 100 }), default: 'email_verified',
    doc: 'Claim that is true where the provider vouches for the address; xms_edov at Microsoft Entra ID.' },

  hsts: { ini: 'security.ENABLE_HSTS', env: ['LOGONSCOPE_HSTS'], type: boolean(), default: true,
    doc: 'Tells browsers over https to come by https only. Never sent with a generated certificate.' },
  hstsMaxAgeMs: { ini: 'security.HSTS_MAX_AGE', env: ['LOGONSCOPE_HSTS_MAX_AGE'], type: duration({ unit: 's', minMs: 0, maxMs: 730 * DAY_MS }), default: 365 * DAY_MS,
    doc: 'How long browsers keep to that.' },

  rateLimiting: { ini: 'rate_limiting.ENABLE_RATE_LIMITING', env: ['LOGONSCOPE_RATE_LIMITING'], type: boolean(), default: true,
    doc: 'Limits per key and per address; off only for tests of load.' },
  redisUrl: { ini: 'rate_limiting.REDIS_URL', env: ['LOGONSCOPE_REDIS_URL', 'REDIS_URL'], type: url(['redis:', 'rediss:']), default: null,
    doc: 'Where several servers count together; without it each counts for itself.' },
  loginLimit: { ini: 'rate_limiting.LOGIN_LIMIT', env: ['LOGONSCOPE_LOGIN_LIMIT'], type: count, default: 10,
    doc: 'Attempts to sign in per address in LOGIN_PERIOD.' },
  loginPeriodMs: { ini: 'rate_limiting.LOGIN_PERIOD', env: ['LOGONSCOPE_LOGIN_PERIOD'], type: periodOf(DAY_MS), default: MINUTE_MS,
    doc: 'Period of LOGIN_LIMIT.' },
  registerLimit: { ini: 'rate_limiting.REGISTER_LIMIT', env: ['LOGONSCOPE_REGISTER_LIMIT'], type: count, default: 5,
    doc: 'Registrations per address in REGISTER_PERIOD.' },
  registerPeriodMs: { ini: 'rate_limiting.REGISTER_PERIOD', env: ['LOGONSCOPE_REGISTER_PERIOD'], type: periodOf(DAY_MS), default: 5 * MINUTE_MS,
    doc: 'Period of REGISTER_LIMIT.' },
  apiLimit: { ini: 'rate_limiting.API_LIMIT', env: ['LOGONSCOPE_API_LIMIT'], type: count, default: 6_000,
    doc: 'Requests of agents per key in API_PERIOD.' },
  apiPeriodMs: { ini: 'rate_limiting.API_PERIOD', env: ['LOGONSCOPE_API_PERIOD'], type: periodOf(DAY_MS), default: MINUTE_MS,
    doc: 'Period of API_LIMIT.' },

  trustedProxies: { ini: 'proxy.TRUSTED_PROXIES', env: ['LOGONSCOPE_TRUSTED_PROXIES', 'TRUSTED_PROXIES'], flag: '--trusted-proxies', type: list(proxyAddress()), default: [],
    doc: 'Proxies whose word on address and scheme of a request counts.' },

  keepEventsDays: { ini: 'retention.EVENTS_DAYS', env: ['LOGONSCOPE_KEEP_EVENTS_DAYS'], type: days, default: 0,
    doc: 'How many days events are kept, where a company has no rule of its own; 0 keeps them for ever. Events of a session go together, once its end is that old.' },
  keepSessionsDays: { ini: 'retention.SESSIONS_DAYS', env: ['LOGONSCOPE_KEEP_SESSIONS_DAYS'], type: days, default: null,
    doc: 'The same for sessions, which then stay as they were when their events went; without it they go with them. Never shorter than the events; 0 is for ever.' },
  keepTotalsDays: { ini: 'retention.TOTALS_DAYS', env: ['LOGONSCOPE_KEEP_TOTALS_DAYS'], type: days, default: 0,
    doc: 'The same for the counts of events by day, in which nobody is named; they are kept at least as long as the events.' },
  keepAuditDays: { ini: 'retention.AUDIT_DAYS', env: ['LOGONSCOPE_KEEP_AUDIT_DAYS'], type: days, default: 0,
    doc: 'The same for the audit trail of a company, and for that of the installation; what is left can still be verified.' },
  keepErrorLogDays: { ini: 'retention.ERROR_LOG_DAYS', env: ['LOGONSCOPE_KEEP_ERROR_LOG_DAYS'], type: days, default: 90,
    doc: 'The same for entries of the error log.' },

  agentExe: { ini: 'agent.AGENT_EXE', env: ['LOGONSCOPE_AGENT_EXE', 'AGENT_EXE'], type: path(), default: 'dist/winagentUSM.exe',
    doc: 'The program that goes into the packages which company administrators download.' },

  logLevel: { ini: 'logging.LEVEL', env: ['LOGONSCOPE_LOG_LEVEL', 'LOG_LEVEL'], flag: '--log-level', type: logLevel(), default: 'info',
    doc: 'From which level on lines are logged, as JSON on standard output.' },

  metricsToken: { ini: 'metrics.METRICS_TOKEN', env: ['LOGONSCOPE_METRICS_TOKEN'], type: text({ minLength: 16 }), default: null, secret: true,
    doc: 'Who sends it as "Authorization: Bearer …" may read /metrics from anywhere. Without it only this machine may.' },

  certCountry: { ini: 'ssl.CERT_COUNTRY', env: ['LOGONSCOPE_CERT_COUNTRY'], type: country(), default: null, doc: 'Country in a generated certificate.' },
  certState: { ini: 'ssl.CERT_STATE', env: ['LOGONSCOPE_CERT_STATE'], type: text({ maxLength: 64 }), default: null, doc: 'State in a generated certificate.' },
  certCity: { ini: 'ssl.CERT_CITY', env: ['LOGONSCOPE_CERT_CITY'], type: text({ maxLength: 64 }), default: null, doc: 'City in a generated certificate.' },
  certOrganization: { ini: 'ssl.CERT_ORGANIZATION', env: ['LOGONSCOPE_CERT_ORGANIZATION'], type: text({ maxLength: 64 }), default: 'Logonscope', doc: 'Organisation in a generated certificate.' },
  certOrgUnit: { ini: 'ssl.CERT_ORG_UNIT', env: ['LOGONSCOPE_CERT_ORG_UNIT'], type: text({ maxLength: 64 }), default: null, doc: 'Unit in a generated certificate.' },
  certCommonName: { ini: 'ssl.CERT_COMMON_NAME', env: ['LOGONSCOPE_CERT_COMMON_NAME'], type: hostName(), default: 'localhost', doc: 'Name of the server in a generated certificate.' },
  certNames: { ini: 'ssl.CERT_NAMES', env: ['LOGONSCOPE_CERT_NAMES'], flag: '--cert-names', type: list(hostName()), default: [],
    doc: 'More names and addresses a generated certificate is for; localhost, the loopback addresses and HOST always are.' },
}, { retired: RETIRED, envPrefix: 'LOGONSCOPE_' });

export type ServerSettings = Values<typeof SERVER_SETTINGS.settings>;
