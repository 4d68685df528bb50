/** Values as they may be shown: in logs, on a page, in a report of a mistake. */
import type { Setting, SettingsDefinition, SettingTable, Values } from './setting.ts';
import { HIDDEN } from './types.ts';

/** Every setting as text, `null` where it is not set; secrets and credentials are hidden. */
export function redact<S extends SettingTable>(
  { settings }: SettingsDefinition<S>,
  values: Partial<Values<S>>,
): { readonly [K in keyof S]: string | null } {
  const shown = Object.entries(settings).map(([name, setting]) => [name, showValue(setting, values[name])]);
  return Object.fromEntries(shown);
}

/** One value as it may be shown. */
export function showValue({ type, secret }: Setting, value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (secret) return HIDDEN;
  return type.show === undefined ? type.format(value) : type.show(value);
}
