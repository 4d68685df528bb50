/** From ini file, environment and command line to typed values, or to everything that is wrong with them. */
import { isAbsolute, join } from 'node:path';
import { type Flags, parseFlags } from './flags.ts';
import { type IniEntry, parseIni } from './ini.ts';
import {
  type Setting,
  type SettingsDefinition,
  type SettingTable,
  sameKey,
  shownPlace,
  type Values,
} from './setting.ts';
import { HIDDEN } from './types.ts';
import type { WrongSetting } from './wrong.ts';

/** Where values come from; each later one wins over the ones before it. */
export const SOURCES = ['default', 'ini', 'environment', 'flag'] as const;
export type Source = (typeof SOURCES)[number];

export interface SettingNote {
  readonly place: string;
  readonly text: string;
}

export interface Loaded<V> {
  readonly ok: true;
  readonly values: V;
  readonly sources: { readonly [K in keyof V]: Source };
  readonly notes: readonly SettingNote[];
}

export interface NotLoaded {
  readonly ok: false;
  readonly wrong: readonly WrongSetting[];
  readonly notes: readonly SettingNote[];
}

export interface LoadInput<S extends SettingTable> {
  readonly iniText?: string;
  /** Named in messages. */
  readonly iniName?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Flags only, as after the name of the command. */
  readonly argv?: readonly string[];
  /** In place of the table's defaults. */
  readonly defaults?: Partial<Values<S>>;
  /** Relative paths are taken from here; without it they stay as written. */
  readonly baseFolder?: string;
}

interface Given {
  readonly source: Source;
  readonly place: string;
  readonly text: string;
}

interface Inputs {
  readonly ini: ReadonlyMap<string, IniEntry>;
  readonly iniName: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly flags: Flags;
}

/**
 * Loads all settings. The order is default ‹ ini ‹ environment ‹ flag; an empty value counts as not given. When
 * anything is wrong the answer lists all of it, with place and expectation, and holds no values.
 */
export function loadSettings<S extends SettingTable>(
  definition: SettingsDefinition<S>,
  { iniText = '', iniName = 'config.ini', env = {}, argv = [], defaults = {}, baseFolder }: LoadInput<S>,
): Loaded<Values<S>> | NotLoaded {
  const file = parseIni(iniText);
  const flags = parseFlags(definition.settings, argv);
  const ini = new Map(file.entries.map((entry) => [sameKey(`${entry.section}.${entry.key}`), entry]));
  const inputs: Inputs = { ini, iniName, env, flags };
  const wrong: WrongSetting[] = [
    ...file.problems.map(({ line, expected }) => ({
      setting: null,
      place: `${iniName} line ${line}`,
      given: null,
      expected,
    })),
    ...flags.wrong,
  ];
  const values: Record<string, unknown> = {};
  const sources: Record<string, Source> = {};
  for (const [name, setting] of Object.entries(definition.settings)) {
    const given = givenOf(setting, inputs);
    const understood = given === null ? null : setting.type.parse(given.text);
    if (given !== null && understood !== null && 'expected' in understood) {
      const { place, text } = given;
      wrong.push({ setting: name, place, given: showGiven(setting, text), expected: understood.expected });
      continue;
    }
    const fallback = name in defaults ? defaults[name as keyof S] : setting.default;
    const value = understood === null ? fallback : (understood as { value: unknown }).value;
    if (value === undefined) {
      wrong.push({ setting: name, place: placesToSay(setting), given: null, expected: setting.type.expects });
      continue;
    }
    values[name] = setting.type.kind === 'path' ? fromBase(value, baseFolder) : value;
    sources[name] = given?.source ?? 'default';
  }
  const notes = [...iniNotes(definition, file.entries, iniName), ...envNotes(definition, env)];
  if (wrong.length > 0) return { ok: false, wrong, notes };
  return { ok: true, values: values as Values<S>, sources: sources as { [K in keyof S]: Source }, notes };
}

function givenOf({ flag, env: names, ini, iniAlso = [] }: Setting, inputs: Inputs): Given | null {
  const typed = flag === undefined ? undefined : inputs.flags.values.get(flag);
  if (typed !== undefined && typed !== '') return { source: 'flag', place: flag!, text: typed };
  for (const name of names) {
    const text = inputs.env[name]?.trim();
    if (text !== undefined && text !== '')
      return { source: 'environment', place: `environment, ${name}`, text };
  }
  for (const place of [ini, ...iniAlso]) {
    const entry = inputs.ini.get(sameKey(place));
    if (entry === undefined || entry.value === '') continue;
    const where = `${inputs.iniName} line ${entry.line}, ${shownPlace(`${entry.section}.${entry.key}`)}`;
    return { source: 'ini', place: where, text: entry.value };
  }
  return null;
}

/** What was typed may go to a log: not where it is a secret, nor where it may carry one. */
function showGiven({ secret, type }: Setting, given: string): string {
  return secret || type.show !== undefined ? HIDDEN : given;
}

const placesToSay = ({ ini, env, flag }: Setting): string =>
  [shownPlace(ini), env[0] && `environment ${env[0]}`, flag].filter(Boolean).join(' or ');

function fromBase(value: unknown, baseFolder: string | undefined): unknown {
  if (typeof value !== 'string' || baseFolder === undefined || isAbsolute(value)) return value;
  return join(baseFolder, value);
}

/** Keys that will have no effect: unknown ones in sections of ours, given twice, or retired. */
function* iniNotes(
  { settings, retired }: SettingsDefinition,
  entries: readonly IniEntry[],
  iniName: string,
): Generator<SettingNote> {
  const places = Object.values(settings).flatMap(({ ini, iniAlso = [] }) => [ini, ...iniAlso]);
  const known = new Set(places.map(sameKey));
  const sections = new Set([...known, ...Object.keys(retired).map(sameKey)].map((at) => at.split('.')[0]));
  const reasons = new Map(Object.entries(retired).map(([at, reason]) => [sameKey(at), reason]));
  const seen = new Set<string>();
  for (const { section, key, line } of entries) {
    const at = sameKey(`${section}.${key}`);
    const place = `${iniName} line ${line}, ${shownPlace(`${section}.${key}`)}`;
    if (seen.has(at)) yield { place, text: 'given twice; the last one counts' };
    seen.add(at);
    const reason = reasons.get(at);
    if (reason !== undefined) yield { place, text: `has no effect any more: ${reason}` };
    else if (!known.has(at) && sections.has(sameKey(section)))
      yield { place, text: 'is not a known setting' };
  }
}

function* envNotes(
  { settings, envPrefix }: SettingsDefinition,
  env: Readonly<Record<string, string | undefined>>,
): Generator<SettingNote> {
  if (envPrefix === '') return;
  const known = new Set(Object.values(settings).flatMap((setting) => setting.env));
  for (const name of Object.keys(env).toSorted()) {
    if (!name.startsWith(envPrefix) || known.has(name)) continue;
    yield { place: `environment, ${name}`, text: 'is not a known setting' };
  }
}
