/** A small table of settings with one of every type, for the tests. */
import { defineSettings } from './setting.ts';
import { boolean, duration, integer, list, oneOf, path, text, timezone, url } from './types.ts';

export const EXAMPLE = defineSettings(
  {
    key: {
      ini: 'app.SECRET_KEY',
      env: ['SECRET_KEY'],
      type: text({ minLength: 8 }),
      default: null,
      secret: true,
      doc: 'Signs cookies.',
    },
    zone: { ini: 'app.TIMEZONE', env: ['TIMEZONE'], type: timezone(), default: 'UTC', doc: 'Cuts days.' },
    host: {
      ini: 'server.HOST',
      env: ['LOGONSCOPE_HOST', 'HOST'],
      flag: '--host',
      type: text(),
      default: '127.0.0.1',
      doc: 'Where to listen.',
    },
    port: {
      ini: 'server.PORT',
      env: ['PORT'],
      flag: '--port',
      type: integer({ min: 0, max: 65_535 }),
      default: 8000,
      doc: 'Which port.',
    },
    debug: {
      ini: 'app.APP_DEBUG',
      env: ['APP_DEBUG'],
      flag: '--debug',
      type: boolean(),
      default: false,
      doc: 'Says more.',
    },
    peers: {
      ini: 'proxy.TRUSTED_PROXIES',
      env: ['TRUSTED_PROXIES'],
      type: list(text()),
      default: [],
      doc: 'Who may say so.',
    },
    level: {
      ini: 'logging.LEVEL',
      env: [],
      type: oneOf(['info', 'warn']),
      default: 'info',
      doc: 'From where on.',
    },
    lifetime: {
      ini: 'session.LIFETIME',
      iniAlso: ['session.PERMANENT_SESSION_LIFETIME'],
      env: ['LIFETIME'],
      type: duration({ unit: 's', minMs: 1_000, maxMs: 86_400_000 }),
      default: 7_200_000,
      doc: 'How long.',
    },
    certificate: {
      ini: 'server.SSL_CERTFILE',
      env: ['SSL_CERTFILE'],
      type: path(),
      default: null,
      doc: 'Which file.',
    },
    database: {
      ini: 'database.URI',
      env: ['DATABASE_URL'],
      type: url(['sqlite:', 'postgresql:']),
      default: 'sqlite:///a.db',
      doc: 'Where data is.',
    },
  },
  { retired: { 'server.WORKERS': 'one process serves all.' }, envPrefix: 'LOGONSCOPE_' },
);

/** A table in which something has to be said. */
export const DEMANDING = defineSettings({
  apiKey: {
    ini: 'API.api_key',
    env: ['AGENT_API_KEY'],
    flag: '--api-key',
    type: text(),
    secret: true,
    doc: 'Key of the site.',
  },
});
