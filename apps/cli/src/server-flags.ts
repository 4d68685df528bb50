/** The server's settings as flags of the command line, and the settings that come of what was typed. */
import { CONFIG_FLAG, readServerSettings, SERVER_SETTINGS, type ServerSettings } from '@logonscope/server';
import { describeWrong, type Setting } from '@logonscope/settings';
import { CannotRun } from './exit-status.ts';
import { longFlag, type OptionDefinition } from './options.ts';

/** What a value is called in the help, by the kind of setting. */
const VALUE_NAMES: Readonly<Record<Setting['type']['kind'], string | null>> = {
  text: 'text',
  url: 'url',
  integer: 'n',
  boolean: null,
  list: 'list',
  choice: 'word',
  duration: 'time',
  path: 'path',
  timezone: 'zone',
};

/** A flag of the settings' table as an option of the command line; the server checks what is typed. */
function flagOf({ flag, type, doc, default: fallback }: Setting): OptionDefinition<unknown>[] {
  if (flag === undefined) return [];
  const value = VALUE_NAMES[type.kind];
  const otherwise = fallback === null || fallback === undefined ? '' : type.format(fallback);
  const shown = value === null || otherwise === '' ? '' : ` (default ${otherwise})`;
  return [
    {
      flags: value === null ? flag : `${flag} <${value}>`,
      doc: `${doc.replace(/\.$/, '')}${shown}`,
      group: 'Server',
      ...(value !== null && { parse: (text: string) => ({ value: text }) }),
      ...(type.choices !== undefined && { choices: type.choices }),
      ...(type.kind === 'path' && { completesFiles: true as const }),
    },
  ];
}

export const CONFIG: OptionDefinition<unknown> = {
  flags: `${CONFIG_FLAG} <path>`,
  doc: 'The config.ini to read (default: config.ini of this folder, if there is one)',
  group: 'Server',
  parse: (text: string) => ({ value: text }),
  completesFiles: true,
};

/** Every setting that has a flag, in the order of their table. */
export const SERVER_FLAGS: readonly OptionDefinition<unknown>[] = Object.values<Setting>(
  SERVER_SETTINGS.settings,
).flatMap(flagOf);

/** Where an installation's data are: all that commands need which run no server. */
export const PLACE_FLAGS: readonly OptionDefinition<unknown>[] = [
  CONFIG,
  ...SERVER_FLAGS.filter((flag) => ['--database', '--instance'].includes(longFlag(flag))),
];

/**
 * Settings as `serve` reads them, from the flags typed, the environment and config.ini. Throws `CannotRun` with
 * everything that is wrong.
 */
export function settingsOf(argv: readonly string[]): ServerSettings {
  const loaded = readServerSettings({ argv, env: process.env, folder: process.cwd() });
  if (!loaded.ok) throw new CannotRun(loaded.wrong.map(describeWrong));
  return loaded.values;
}

/** Parts the flags of a command from those of the server; each of `own` takes a value. */
export function partFlags<const F extends string>(
  typed: readonly string[],
  own: readonly F[],
): { readonly own: Readonly<Partial<Record<F, string>>>; readonly server: readonly string[] } {
  const values: Partial<Record<F, string>> = {};
  const server = [...typed];
  for (const flag of own) {
    const at = server.indexOf(flag);
    if (at >= 0) values[flag] = server.splice(at, 2)[1]!;
  }
  return { own: values, server };
}
