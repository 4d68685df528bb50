/** The server's settings read from config.ini, environment and flags, and what has to hold between them. */
import { existsSync, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import {
  describeWrong,
  type Loaded,
  loadSettings,
  type NotLoaded,
  type SettingNote,
  type WrongSetting,
  withoutCredentials,
} from '@logonscope/settings';
import { SERVER_SETTINGS, type ServerSettings } from './settings/table.ts';

export { SERVER_SETTINGS, type ServerSettings } from './settings/table.ts';

export interface SettingsInput {
  readonly argv?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Relative files and folders are taken from here, unless a config.ini of another folder is named. */
  readonly folder: string;
}

/** Names the config.ini to read; no setting itself, since it says where settings are. */
export const CONFIG_FLAG = '--config';
const CONFIG_NAME = 'config.ini';

/**
 * Reads all settings of the server. The file is `--config`, LOGONSCOPE_CONFIG or config.ini of the folder; only the
 * last may be missing.
 */
export function readServerSettings({
  argv = [],
  env = {},
  folder,
}: SettingsInput): Loaded<ServerSettings> | NotLoaded {
  const { named, rest } = takeConfig(argv);
  const { LOGONSCOPE_CONFIG: fromEnv, ...otherEnv } = env;
  const chosen = named ?? fromEnv ?? null;
  const file = resolve(folder, chosen ?? CONFIG_NAME);
  const read = readConfig(file, chosen !== null);
  if ('expected' in read) {
    const given = { setting: null, place: CONFIG_FLAG, given: file };
    return { ok: false, wrong: [{ ...given, expected: read.expected }], notes: [] };
  }
  const loaded = loadSettings(SERVER_SETTINGS, {
    iniText: read.text,
    iniName: file,
    env: otherEnv,
    argv: rest,
    baseFolder: dirname(file),
  });
  if (!loaded.ok) return loaded;
  const wrong = checkTogether(loaded.values);
  if (wrong.length > 0) return { ok: false, wrong, notes: loaded.notes };
  return { ...loaded, notes: [...loaded.notes, ...adviceOn(loaded)] };
}

/** Everything wrong, as one text for the terminal. */
export function wrongSettingsText(wrong: readonly WrongSetting[]): string {
  const lines = wrong.map((each) => `  ${describeWrong(each)}`);
  return ['The server cannot start; these settings are wrong:', ...lines, ''].join('\n');
}

/** Where the certificate and key lie, or null for a server that speaks plain http. */
export function certificateFiles(
  settings: Pick<ServerSettings, 'certFile' | 'keyFile' | 'generateCertificate' | 'instanceFolder'>,
): { certFile: string; keyFile: string } | null {
  const { certFile, keyFile, generateCertificate, instanceFolder } = settings;
  if (certFile !== null && keyFile !== null) return { certFile, keyFile };
  if (!generateCertificate) return null;
  const folder = join(instanceFolder, 'certs');
  return { certFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') };
}

/** Where a missing certificate may be made: when asked for, and where the original made its own. */
export function mayGenerate(settings: ServerSettings): boolean {
  const own = join(settings.instanceFolder, 'certs', 'cert.pem');
  return settings.generateCertificate || settings.certFile === own;
}

/** Whether only this machine can reach the address. */
export function isLoopback(host: string): boolean {
  if (host.toLowerCase() === 'localhost' || host === '::1') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}

/** What is wrong between settings that are right by themselves. */
export function checkTogether(settings: ServerSettings): WrongSetting[] {
  const wrong: WrongSetting[] = [];
  const say = (setting: keyof ServerSettings & string, given: string | null, expected: string) =>
    wrong.push({ setting, place: placeOf(setting), given, expected });
  const { certFile, keyFile, host } = settings;
  const alone = certFile === null ? keyFile : keyFile === null ? certFile : null;
  if (alone !== null) say('certFile', alone, 'SSL_CERTFILE and SSL_KEYFILE together');
  const files = certificateFiles(settings);
  if (files !== null && !mayGenerate(settings)) {
    for (const setting of ['certFile', 'keyFile'] as const) {
      const file = files[setting];
      if (!existsSync(file))
        say(setting, file, 'a file that exists, or AUTO_GENERATE_SSL = true to make one');
    }
  }
  if (files !== null && mayGenerate(settings)) {
    const missing = (['certFile', 'keyFile'] as const).filter((setting) => !existsSync(files[setting]));
    if (missing.length === 1)
      say(missing[0]!, files[missing[0]!], 'a file that exists, as its other half does');
  }
  if (!isLoopback(host) && files === null && settings.trustedProxies.length === 0) {
    say(
      'host',
      host,
      'a loopback address, or a certificate (SSL_CERTFILE and SSL_KEYFILE, or AUTO_GENERATE_SSL = true), or TRUSTED_PROXIES: keys and passwords would travel in the clear',
    );
  }
  if (settings.databaseAdminUrl !== null) checkAdmin(settings, settings.databaseAdminUrl, say);
  if (settings.oidcIssuer !== null) checkProvider(settings, say);
  return wrong;
}

type Say = (setting: keyof ServerSettings & string, given: string | null, expected: string) => void;

/** Two roles on one database; only PostgreSQL has a wall that one of them is behind. */
function checkAdmin({ databaseUrl }: ServerSettings, adminUrl: string, say: Say): void {
  const isPostgres = (url: string) => /^postgres(ql)?(\+\w+)?:/i.test(url);
  const shown = withoutCredentials(adminUrl);
  if (!isPostgres(databaseUrl) || !isPostgres(adminUrl))
    say('databaseAdminUrl', shown, 'postgresql:// here and in DATABASE_URL, or nothing');
  else if (roleOf(databaseUrl) === '' || roleOf(databaseUrl) === roleOf(adminUrl))
    say('databaseAdminUrl', shown, 'another role than that of DATABASE_URL, which has to name one');
}

const roleOf = (url: string) => /^[^:]+:\/\/([^:@/]*)(:[^@/]*)?@/.exec(url)?.[1] ?? '';

/** A provider is asked for people: it has to know us, and nobody may listen on the way. */
function checkProvider({ oidcIssuer, oidcClientId, publicUrl }: ServerSettings, say: Say): void {
  const { protocol, hostname } = new URL(oidcIssuer!);
  if (protocol === 'http:' && !isLoopback(hostname.replace(/^\[|\]$/g, '')))
    say('oidcIssuer', oidcIssuer, 'an address that begins with https:, but for a provider on this machine');
  if (oidcClientId === null) say('oidcClientId', null, 'the name of this server at OIDC_ISSUER');
  if (publicUrl === null)
    say(
      'publicUrl',
      null,
      'the address that OIDC_ISSUER shall send people back to: what a request says is not believed',
    );
}

const placeOf = (setting: keyof ServerSettings & string): string => {
  const { ini } = SERVER_SETTINGS.settings[setting];
  return `[${ini.replace('.', '] ')}`;
};

/** What works and is worth a word: limits of another time. */
function* adviceOn({ values, sources }: Loaded<ServerSettings>): Generator<SettingNote> {
  if (sources.apiLimit === 'default' || values.apiLimit >= 600) return;
  yield {
    place: placeOf('apiLimit'),
    text: `is ${values.apiLimit}; agents that send a backlog after an outage will be slowed down (default 6000)`,
  };
}

function takeConfig(argv: readonly string[]): { named: string | null; rest: readonly string[] } {
  const at = argv.findIndex((word) => word === CONFIG_FLAG || word.startsWith(`${CONFIG_FLAG}=`));
  if (at < 0) return { named: null, rest: argv };
  const joined = argv[at]!.startsWith(`${CONFIG_FLAG}=`);
  const named = joined ? argv[at]!.slice(CONFIG_FLAG.length + 1) : (argv[at + 1] ?? '');
  return { named, rest: argv.toSpliced(at, joined ? 1 : 2) };
}

function readConfig(file: string, required: boolean): { text: string } | { expected: string } {
  if (!existsSync(file)) return required ? { expected: 'a config.ini that exists' } : { text: '' };
  try {
    return { text: readFileSync(file, 'utf8') };
  } catch (error) {
    return { expected: `a file that can be read (${(error as NodeJS.ErrnoException).code})` };
  }
}
