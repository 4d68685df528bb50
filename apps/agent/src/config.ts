/** config.ini: read with its secret, changed key by key, everything else in it left as it was. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describeWrong, renderIni, updateIni } from '@logonscope/settings';
import type { Changes } from './cli/arguments.ts';
import { AGENT_SETTINGS, type AgentSettings, settingsOf } from './settings.ts';
import type { System } from './system.ts';

export const CONFIG = 'config.ini';
const KEY_PLACE = 'API.api_key';

/** What is wrong with the settings, line by line. */
export class ConfigError extends Error {
  readonly told: readonly string[];
  constructor(told: readonly string[]) {
    super(told.join('\n'));
    this.name = 'ConfigError';
    this.told = told;
  }
}

/** The file's text; a documented one with all defaults where there is none. */
export function readConfig(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : renderIni(AGENT_SETTINGS).replaceAll('\n', '\r\n');
}

/** The settings of a file, with the key as it is sent. Throws `ConfigError` with everything that is wrong. */
export function loadConfig(file: string, system: Pick<System, 'unprotect'>): AgentSettings {
  const loaded = settingsOf(readConfig(file), CONFIG, dirname(file));
  if (!loaded.ok) throw new ConfigError(loaded.wrong.map(describeWrong));
  const { values } = loaded;
  if (values.apiKey === null) return values;
  const apiKey = system.unprotect(values.apiKey) ?? values.apiKey;
  return { ...values, apiKey };
}

/**
 * Changes keys of the file and writes it whole, so that a reader never sees half of it. A key of a site is kept
 * encrypted. Throws `ConfigError` where the settings would not be understood afterwards; then nothing is changed.
 */
export function changeConfig(
  file: string,
  changes: Changes,
  system: Pick<System, 'protect' | 'unprotect' | 'secureFile'>,
): void {
  const text = updateIni(readConfig(file), changes);
  const loaded = settingsOf(text, CONFIG, dirname(file));
  if (!loaded.ok) throw new ConfigError(loaded.wrong.map(describeWrong));
  const { apiKey } = loaded.values;
  writeConfig(
    file,
    apiKey === null ? text : updateIni(text, { [KEY_PLACE]: system.protect(apiKey) }),
    system,
  );
}

/** Writes the whole file, so that a reader never sees half of it, and nobody else may read it at any moment. */
export function writeConfig(file: string, text: string, system: Pick<System, 'secureFile'>): void {
  const fresh = join(dirname(file), `${CONFIG}.new`);
  writeFileSync(fresh, '', { mode: 0o600 });
  system.secureFile(fresh);
  writeFileSync(fresh, text);
  renameSync(fresh, file);
}
