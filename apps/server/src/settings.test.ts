/** The server's settings: an original config.ini works as it is, every key does what it says, mistakes are all told. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeForm, loadSettings, parseIni, renderIni, type Setting } from '@logonscope/settings';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RETIRED } from './settings/retired.ts';
import { readServerSettings, SERVER_SETTINGS, wrongSettingsText } from './settings.ts';

/** As winauthmon-server writes it on its first start, with the key names it writes and the sections it adds later. */
const ORIGINAL = `[app]
secret_key = 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
app_debug = false
timezone = Europe/London

[server]
host = 0.0.0.0
port = 8000
ssl_certfile = instance/certs/cert.pem
ssl_keyfile = instance/certs/key.pem
workers = 4
timeout = 30
development_mode = false
watch_files = false
worker_lifetime = 86400
graceful_shutdown = true
shutdown_timeout = 30

[database]
sqlalchemy_database_uri = sqlite:///database.db
sqlalchemy_track_modifications = false

[session]
session_cookie_secure = true
session_cookie_httponly = true
session_cookie_samesite = Lax
remember_cookie_secure = true
remember_cookie_httponly = true
remember_cookie_duration = 7200
permanent_session_lifetime = 7200

[cache]
static_max_age = 86400
image_max_age = 604800
js_css_max_age = 43200
enable_compression = true
compression_level = 6
compression_min_size = 500

[security]
content_security_policy = default-src 'self'; script-src 'self' 'unsafe-inline' https://cdn.datatables.net; img-src 'self' data:
enable_hsts = true
hsts_max_age = 31536000
enable_security_headers = true

[rate_limiting]
enable_rate_limiting = true
redis_url =
login_limit = 10
login_period = 60
register_limit = 5
register_period = 300
api_limit = 60
api_period = 60

[proxy]
proxy_count = 1
trust_x_forwarded_for = true
trust_x_forwarded_proto = true
trust_x_forwarded_host = true
trust_x_forwarded_port = true
trust_x_forwarded_prefix = false
trusted_proxies =

[logging]
level = WARNING
db_logging_enabled = true
db_logging_filtered_loggers = werkzeug,watchdog
db_logging_filtered_patterns = instance/,database.db
filter_file_watcher_logs = true
db_logging_dedupe_interval = 5

[ssl]
cert_country = XX
cert_state =
cert_city =
cert_organization = WinAuthMon
cert_org_unit =
cert_common_name = localhost
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'settings-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (argv: readonly string[] = [], env: Record<string, string> = {}) =>
  readServerSettings({ argv, env, folder });

function values(argv: readonly string[] = [], env: Record<string, string> = {}) {
  const loaded = read(argv, env);
  if (!loaded.ok) throw new Error(wrongSettingsText(loaded.wrong));
  return loaded.values;
}

const wrong = (argv: readonly string[], env: Record<string, string> = {}) => {
  const loaded = read(argv, env);
  return loaded.ok ? [] : loaded.wrong.map(({ setting }) => setting);
};

describe('a config.ini of winauthmon-server', () => {
  beforeEach(() => writeFileSync(join(folder, 'config.ini'), ORIGINAL));

  it('gives its values', () => {
    expect(values()).toMatchObject({
      secretKey: expect.stringMatching(/^0123/),
      debug: false,
      timezone: 'Europe/London',
      host: '0.0.0.0',
      port: 8000,
      certFile: join(folder, 'instance/certs/cert.pem'),
      requestTimeoutMs: 30_000,
      databaseUrl: 'sqlite:///database.db',
      idleLifetimeMs: 7_200_000,
      rememberLifetimeMs: 7_200_000,
      hstsMaxAgeMs: 31_536_000_000,
      redisUrl: null,
      apiLimit: 60,
      trustedProxies: [],
      logLevel: 'warn',
      certCountry: 'XX',
      certState: null,
      certOrganization: 'WinAuthMon',
    });
  });

  it('says of each key without effect why, and of the low limit what it does', () => {
    const { notes } = read();
    const told = notes.map(({ place }) => /\[\w+\] \w+$/.exec(place)?.[0].toLowerCase());
    const expected = Object.keys(RETIRED)
      .map((place) => `[${place.replace('.', '] ')}`.toLowerCase())
      .filter((place) => ORIGINAL.includes(`\n${place.split(' ')[1]} =`));
    expect(expected.length).toBeGreaterThan(20);
    for (const place of expected) expect(told).toContain(place);
    expect(notes.filter(({ text }) => text.includes('not a known'))).toEqual([]);
    expect(notes.at(-1)?.text).toContain('is 60; agents that send a backlog');
  });

  it('has no key that is neither a setting nor retired', () => {
    const known = [
      ...Object.values<Setting>(SERVER_SETTINGS.settings).flatMap(({ ini, iniAlso = [] }) => [
        ini,
        ...iniAlso,
      ]),
      ...Object.keys(RETIRED),
    ].map((place) => place.toLowerCase());
    const keys = parseIni(ORIGINAL).entries.map(({ section, key }) => `${section}.${key}`.toLowerCase());
    expect(keys.filter((key) => !known.includes(key))).toEqual([]);
  });
});

describe('the environment of winauthmon-server', () => {
  it.each([
    ['SECRET_KEY', 'x'.repeat(32), { secretKey: 'x'.repeat(32) }],
    ['DATABASE_URL', 'postgresql+psycopg2://u:p@db/x', { databaseUrl: 'postgresql+psycopg2://u:p@db/x' }],
    ['PERMANENT_SESSION_LIFETIME', '60', { idleLifetimeMs: 60_000 }],
    ['REMEMBER_COOKIE_DURATION', '120', { rememberLifetimeMs: 120_000 }],
    ['APP_DEBUG', 'false', { debug: false }],
    ['APP_DEBUG', 'True', { debug: true }],
    ['TIMEZONE', 'America/New_York', { timezone: 'America/New_York' }],
    ['REDIS_URL', 'redis://r:6379/0', { redisUrl: 'redis://r:6379/0' }],
    ['PORT', '9000', { port: 9000 }],
    ['HOST', '127.0.0.2', { host: '127.0.0.2' }],
  ])('%s=%s', (name, text, expected) => {
    expect(values([], { [name]: text })).toMatchObject(expected);
  });
});

describe('between settings', () => {
  it.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost'])('%s needs no certificate', (host) => {
    expect(values(['--host', host]).host).toBe(host);
  });

  it.each(['0.0.0.0', '::', '192.0.2.1', 'logs.example.org', '127.evil.example'])('%s does', (host) => {
    expect(wrong(['--host', host])).toEqual(['host']);
    expect(wrong(['--host', host, '--generate-certificate'])).toEqual([]);
    expect(wrong(['--host', host, '--trusted-proxies', '10.0.0.0/8'])).toEqual([]);
  });

  it('certificate and key belong together and have to be there', () => {
    expect(wrong(['--cert', 'a.pem'])).toEqual(['certFile']);
    expect(wrong(['--cert', 'a.pem', '--key', 'b.pem'])).toEqual(['certFile', 'keyFile']);
    writeFileSync(join(folder, 'b.pem'), 'my own');
    expect(wrong(['--cert', 'a.pem', '--key', 'b.pem', '--generate-certificate'])).toEqual(['certFile']);
  });

  it.each(['everybody', '0.0.0.0/0', '10.0.0.0/33', '10.0.0.0/8/8', '*'])(
    '%s is no proxy to trust',
    (proxy) => {
      expect(wrong([], { TRUSTED_PROXIES: proxy })).toEqual(['trustedProxies']);
    },
  );

  it('networks and names of one’s own are', () => {
    expect(values([], { TRUSTED_PROXIES: '10.0.0.0/8, ::1 ,Loopback' }).trustedProxies).toEqual([
      '10.0.0.0/8',
      '::1',
      'loopback',
    ]);
  });
});

describe('where config.ini is', () => {
  it('is the working folder, or what --config or the environment name', () => {
    mkdirSync(join(folder, 'etc'));
    writeFileSync(join(folder, 'etc/other.ini'), '[server]\nPORT = 9001\n');
    expect(values(['--config', 'etc/other.ini'])).toMatchObject({
      port: 9001,
      instanceFolder: join(folder, 'etc/instance'),
    });
    expect(values(['--config=etc/other.ini', '--port', '9002']).port).toBe(9002);
    expect(values([], { LOGONSCOPE_CONFIG: 'etc/other.ini' }).port).toBe(9001);
  });

  it('and one that was named has to be there', () => {
    const loaded = read(['--config', 'nowhere.ini']);
    expect(loaded.ok ? '' : wrongSettingsText(loaded.wrong)).toContain(
      '--config: expected a config.ini that exists',
    );
  });
});

describe('the table', () => {
  it('writes a config.ini that gives the defaults again', () => {
    const loaded = loadSettings(SERVER_SETTINGS, { iniText: renderIni(SERVER_SETTINGS) });
    expect(loaded).toMatchObject({ ok: true, notes: [] });
    expect(loaded).toEqual(loadSettings(SERVER_SETTINGS, {}));
  });

  it('names each setting in the environment by LOGONSCOPE_ first', () => {
    const names = Object.values<Setting>(SERVER_SETTINGS.settings).map(({ env }) => env[0]);
    expect(names.filter((name) => !name?.startsWith('LOGONSCOPE_'))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('shows no secret in a form', () => {
    const shown = JSON.stringify(
      describeForm(SERVER_SETTINGS, {
        secretKey: 'TOPSECRET'.repeat(4),
        metricsToken: 'TOPSECRET'.repeat(2),
        databaseUrl: 'postgresql://me:TOPSECRET@db/x',
        redisUrl: 'redis://:TOPSECRET@r',
      }),
    );
    expect(shown).not.toContain('TOPSECRET');
  });
});
