/** What can be set of the agent: the original's keys, and what it lacked. */
import {
  boolean,
  defineSettings,
  integer,
  list,
  loadSettings,
  oneOf,
  path,
  text,
  timezone,
  url,
  type Values,
} from '@logonscope/settings';

export const INSTALL_FOLDER = 'C:\\ProgramData\\UserSessionMon';
const MINUTES_MAX = 24 * 60;
const LOG_MB_MAX = 100;

const logSize = (key: string, file: string) =>
  ({
    ini: `Logging.${key}`,
    env: [],
    type: integer({ min: 0, max: LOG_MB_MAX }),
    default: 5,
    doc: `Megabytes after which ${file} is put aside and begun anew; 0 writes none.`,
  }) as const;

export const AGENT_SETTINGS = defineSettings({
  apiKey: {
    ini: 'API.api_key',
    env: [],
    flag: '--api-key',
    type: text({ maxLength: 1_000 }),
    default: null,
    secret: true,
    doc: 'Key of the site this computer belongs to. Kept encrypted for this computer once the service is installed.',
  },
  serverUrl: {
    ini: 'API.server_url',
    env: [],
    flag: '--url',
    type: url(['http:', 'https:']),
    default: null,
    doc: 'Address of the server, without a path.',
  },
  debugLogs: {
    ini: 'API.debug_logs',
    env: [],
    flag: '--debug',
    type: boolean(),
    default: false,
    doc: 'Write every step into session_monitor.log.',
  },
  timezone: {
    ini: 'API.timezone',
    env: [],
    flag: '--timezone',
    type: timezone(),
    default: 'UTC',
    doc: 'IANA zone in which times are written into event_log.csv and to servers of the original.',
  },
  healthCheckMinutes: {
    ini: 'API.health_check_interval',
    env: [],
    flag: '--check-interval',
    type: integer({ min: 0, max: MINUTES_MAX }),
    default: 30,
    doc: 'Minutes between health checks; 0 switches them off but for the one at the start.',
  },
  healthCheckPath: {
    ini: 'API.health_check_path',
    env: [],
    type: text(),
    default: '/api/health',
    doc: 'Where a server of the original answers health checks.',
  },
  installFolder: {
    ini: 'API.install_dir',
    env: [],
    type: text(),
    default: INSTALL_FOLDER,
    doc: 'Folder of the program, its settings, logs and outbox.',
  },
  obtainPublicIp: {
    ini: 'API.obtain_public_ip',
    env: [],
    type: boolean(),
    default: false,
    doc: 'Ask the addresses below which public address this computer has, and tell the server.',
  },
  publicIpUrls: {
    ini: 'API.public_ip_http_urls',
    env: [],
    type: list(url(['http:', 'https:'])),
    default: [],
    doc: 'Pages that answer with the public address of whoever asks, tried in order.',
  },
  proxyUrl: {
    ini: 'Connection.proxy_url',
    env: [],
    type: url(['http:']),
    default: null,
    doc: 'Proxy to go through, as http://user:password@proxy:3128.',
  },
  authorityFile: {
    ini: 'Connection.ca_file',
    env: [],
    type: path(),
    default: null,
    doc: 'PEM file of the authorities that may have signed the server’s certificate, in place of those Windows trusts.',
  },
  pinnedSha256: {
    ini: 'Connection.certificate_sha256',
    env: [],
    type: text({ minLength: 64, maxLength: 95 }),
    default: null,
    doc: 'SHA-256 of the server’s certificate in hex: this certificate is trusted, whoever signed it, and no other.',
  },
  verifyTls: {
    ini: 'Connection.verify_tls',
    env: [],
    type: boolean(),
    default: true,
    doc: 'Only for trying things out: false accepts any certificate.',
  },
  sources: {
    ini: 'Sources.sources',
    env: [],
    type: list(oneOf(['notices', 'security', 'system', 'terminal'])),
    default: ['notices', 'security', 'system', 'terminal'],
    doc: 'Where events are taken from: notices of Windows to services, and the event logs.',
  },
  eventLogMb: logSize('event_log_rotation_size_mb', 'event_log.csv'),
  errorLogMb: logSize('error_log_rotation_size_mb', 'error.log'),
  sessionLogMb: logSize('session_log_rotation_size_mb', 'session_monitor.log'),
});

export type AgentSettings = Values<typeof AGENT_SETTINGS.settings>;

/** Settings from the text of a config.ini; everything wrong with it at once. */
export function settingsOf(iniText: string, iniName: string, baseFolder: string) {
  return loadSettings(AGENT_SETTINGS, { iniText, iniName, baseFolder });
}
