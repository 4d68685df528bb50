/** What a setting is, and what follows from a table of them for the compiler. */

/** The text was understood, or what was expected in its place. */
export type Understood<T> = { readonly value: T } | { readonly expected: string };

export const KINDS = [
  'text',
  'url',
  'integer',
  'boolean',
  'list',
  'choice',
  'duration',
  'path',
  'timezone',
] as const;
export type Kind = (typeof KINDS)[number];

/** How the text of a setting becomes a value and back. `parse(format(value))` gives the value again. */
export interface SettingType<T> {
  readonly kind: Kind;
  /** Finishes the sentence "expected …". */
  readonly expects: string;
  parse(text: string): Understood<T>;
  format(value: T): string;
  /** Present where a value may carry a credential: the part of it that may be shown. */
  show?(value: T): string;
  readonly choices?: readonly string[];
  readonly min?: number;
  readonly max?: number;
}

/** One setting, told once; loading, config.ini, `--help`, documents and forms read this. */
export interface Setting<T = unknown> {
  /** Section and key of the ini file, as `section.KEY`; both are found in any case. */
  readonly ini: string;
  /** Older places; the first that holds a value wins, after `ini`. */
  readonly iniAlso?: readonly string[];
  /** Names in the environment; the first that is set wins. */
  readonly env: readonly string[];
  /** With its dashes, as `--port`. */
  readonly flag?: string;
  readonly type: SettingType<T>;
  /** `null` where nothing is a value; absent where somebody has to say. */
  readonly default?: T | null;
  /** One or two sentences for an administrator. */
  readonly doc: string;
  /** Never shown, printed or logged. */
  readonly secret?: true;
}

// biome-ignore lint/suspicious/noExplicitAny: a table of settings holds types of every value
export type SettingTable = Readonly<Record<string, Setting<any>>>;

/** The typed values of a table: a setting whose default is `null` may be `null`. */
export type Values<S extends SettingTable> = {
  readonly [K in keyof S]: S[K] extends { readonly type: SettingType<infer T> }
    ? S[K] extends { readonly default: null }
      ? T | null
      : T
    : never;
};

/** A key of an earlier system that no longer changes anything, and why. */
export type RetiredKeys = Readonly<Record<string, string>>;

export interface SettingsDefinition<S extends SettingTable = SettingTable> {
  readonly settings: S;
  readonly retired: RetiredKeys;
  /** Variables that begin so and are no setting are told about; empty: none are. */
  readonly envPrefix: string;
}

/**
 * Fixes a table of settings. Throws when two settings share a place, name or flag: that is a mistake of the
 * program, not of its user.
 */
export function defineSettings<const S extends SettingTable>(
  settings: S,
  { retired = {}, envPrefix = '' }: { retired?: RetiredKeys; envPrefix?: string } = {},
): SettingsDefinition<S> {
  const taken = new Map<string, string>();
  for (const [name, setting] of Object.entries(settings)) {
    for (const place of placesOf(setting)) {
      const other = taken.get(place);
      if (other !== undefined) throw new Error(`settings ${other} and ${name} share ${place}`);
      taken.set(place, name);
    }
  }
  for (const place of Object.keys(retired)) {
    if (taken.has(sameKey(place))) throw new Error(`${place} is retired and a setting`);
  }
  return { settings, retired, envPrefix };
}

/** Section and key without regard to case, as ini files are compared. */
export const sameKey = (place: string): string => place.toLowerCase();

/** `[server] PORT` of `server.PORT`. */
export function shownPlace(place: string): string {
  const { section, key } = splitPlace(place);
  return `[${section}] ${key}`;
}

/** The section ends at the first dot; keys may hold more of them. */
export function splitPlace(place: string): { section: string; key: string } {
  const dot = place.indexOf('.');
  return { section: place.slice(0, dot), key: place.slice(dot + 1) };
}

function placesOf({ ini, iniAlso = [], env, flag }: Setting): string[] {
  return [...[ini, ...iniAlso].map(sameKey), ...env.map((name) => `$${name}`), ...(flag ? [flag] : [])];
}
