/** The command line: the original's flags in both dash forms, and SessionSentry's collector's. */

export const SERVICE_WORDS = [
  'install',
  'start',
  'stop',
  'restart',
  'status',
  'remove',
  'uninstall',
  'run',
] as const;
export type ServiceWord = (typeof SERVICE_WORDS)[number];

/** Flags that change config.ini, with the key they change. */
export const SETTING_FLAGS = {
  'api-key': 'API.api_key',
  url: 'API.server_url',
  debug: 'API.debug_logs',
  timezone: 'API.timezone',
  'check-interval': 'API.health_check_interval',
} as const;
type SettingFlag = keyof typeof SETTING_FLAGS;

export interface Collecting {
  readonly daysBack: number;
  readonly includeSystem: boolean;
  readonly debug: boolean;
  readonly outputPath: string;
  readonly format: 'csv' | 'ndjson' | 'evtx';
}

export type Command =
  | { readonly is: 'help' | 'version' | 'collect-help' | 'collect-examples' }
  | {
      readonly is: 'service';
      readonly word: ServiceWord;
      readonly changes: Changes;
      readonly config: string | null;
    }
  | { readonly is: 'configure'; readonly changes: Changes; readonly config: string | null }
  | { readonly is: 'diagnose'; readonly config: string | null }
  | { readonly is: 'collect'; readonly collecting: Collecting }
  | { readonly is: 'wrong'; readonly told: readonly string[] };

/** Place in config.ini → new text. */
export type Changes = Readonly<Record<string, string>>;

interface Taken {
  readonly flags: ReadonlyMap<string, string | true>;
  readonly words: readonly string[];
}

/** `--flag value`, `--flag=value`, `-flag value`; a flag without a value is `true`. Names in any case. */
function take(argv: readonly string[], bare: ReadonlySet<string>): Taken {
  const flags = new Map<string, string | true>();
  const words: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const named = /^--?([A-Za-z][\w-]*)(?:[=:](.*))?$/s.exec(argv[i]!);
    if (named === null) {
      words.push(argv[i]!);
      continue;
    }
    const name = named[1]!.toLowerCase();
    const next = argv[i + 1];
    if (named[2] !== undefined) flags.set(name, named[2]);
    else if (bare.has(name) || next === undefined || /^--?[A-Za-z]/.test(next)) flags.set(name, true);
    else {
      flags.set(name, next);
      i++;
    }
  }
  return { flags, words };
}

const KNOWN = new Set(['service', 'config', 'help', 'version', ...Object.keys(SETTING_FLAGS)]);

/** What the line asks for; every mistake in it at once. */
export function parseArguments(argv: readonly string[]): Command {
  if (argv[0]?.toLowerCase() === 'collect') return parseCollect(argv.slice(1));
  const { flags, words } = take(argv, new Set(['help', 'h', 'version', 'v']));
  if (flags.has('help') || flags.has('h') || argv.length === 0) return { is: 'help' };
  if (flags.has('version') || flags.has('v')) return { is: 'version' };
  const told: string[] = [];
  const diagnose = words[0] === 'diagnose';
  for (const word of diagnose ? words.slice(1) : words) told.push(`"${word}" is not understood`);
  for (const name of flags.keys()) if (!KNOWN.has(name)) told.push(`--${name} is not an option`);
  const config = textOf(flags, 'config', told);
  const changes: Record<string, string> = {};
  for (const name of Object.keys(SETTING_FLAGS) as SettingFlag[]) {
    // `--debug` alone means yes, as with the original.
    const text = name === 'debug' && flags.get(name) === true ? 'true' : textOf(flags, name, told);
    if (text !== null) changes[SETTING_FLAGS[name]] = text;
  }
  const word = textOf(flags, 'service', told)?.toLowerCase() ?? null;
  if (word !== null && !isServiceWord(word))
    told.push(`--service expects one of ${SERVICE_WORDS.join(', ')}, not "${word}"`);
  if (told.length > 0) return { is: 'wrong', told };
  if (diagnose) return { is: 'diagnose', config };
  if (word !== null) return { is: 'service', word: word as ServiceWord, changes, config };
  if (Object.keys(changes).length === 0)
    return { is: 'wrong', told: ['nothing to do; --help tells what there is'] };
  return { is: 'configure', changes, config };
}

const isServiceWord = (word: string): word is ServiceWord =>
  (SERVICE_WORDS as readonly string[]).includes(word);

function textOf(flags: Taken['flags'], name: string, told: string[]): string | null {
  const value = flags.get(name);
  if (value === true || value === '') {
    told.push(`--${name} needs a value`);
    return null;
  }
  return value ?? null;
}

const DAYS_BACK_MAX = 3_650;
const COLLECT_FLAGS = new Set([
  'daysback',
  'includesystem',
  'debug',
  'outputpath',
  'showexamples',
  'help',
  'evtx',
  'ndjson',
]);
const COLLECT_BARE = new Set(['includesystem', 'debug', 'showexamples', 'help', 'evtx', 'ndjson']);

function parseCollect(argv: readonly string[]): Command {
  const { flags, words } = take(argv, COLLECT_BARE);
  if (flags.has('help')) return { is: 'collect-help' };
  if (flags.has('showexamples')) return { is: 'collect-examples' };
  const told: string[] = [];
  for (const name of flags.keys())
    if (!COLLECT_FLAGS.has(name)) told.push(`-${name} is not an option of collect`);
  // The first value without a name is the number of days, as with the script.
  const days = textOf(flags, 'daysback', told) ?? words[0] ?? '30';
  for (const word of words.slice(1)) told.push(`"${word}" is not understood`);
  const daysBack = /^\d{1,4}$/.test(days) ? Number(days) : Number.NaN;
  if (!(daysBack >= 1 && daysBack <= DAYS_BACK_MAX))
    told.push(`-DaysBack expects a number of days from 1 to ${DAYS_BACK_MAX}, not "${days}"`);
  if (flags.has('evtx') && flags.has('ndjson')) told.push('-Evtx and -Ndjson exclude each other');
  const format = flags.has('evtx') ? 'evtx' : flags.has('ndjson') ? 'ndjson' : 'csv';
  const outputPath = textOf(flags, 'outputpath', told) ?? `user_activity_logs.${format}`;
  if (told.length > 0) return { is: 'wrong', told };
  const includeSystem = flags.has('includesystem');
  return {
    is: 'collect',
    collecting: { daysBack, includeSystem, debug: flags.has('debug'), outputPath, format },
  };
}
