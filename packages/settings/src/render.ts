/** What people read of a table of settings: a documented config.ini, a page of tables, the fields of a form. */
import { showValue } from './redact.ts';
import {
  type Kind,
  type Setting,
  type SettingsDefinition,
  type SettingTable,
  splitPlace,
  type Values,
} from './setting.ts';

const COMMENT_COLUMNS = 100;

/**
 * A config.ini with every setting, its meaning and its default. What equals the default, or is not in `values`, stands
 * as a comment, so that a later default still takes hold.
 */
export function renderIni<S extends SettingTable>(
  { settings }: SettingsDefinition<S>,
  values: Partial<Values<S>> = {},
): string {
  const parts = sectionsOf(settings).map(([section, named]) => {
    const entries = named.map(([name, setting]) => iniEntry(setting, values[name]));
    return `[${section}]\n\n${entries.join('\n')}`;
  });
  return `${parts.join('\n')}`;
}

function iniEntry(setting: Setting, value: unknown): string {
  const { ini, type, doc, env, flag } = setting;
  const { key } = splitPlace(ini);
  const also = [env.join(', '), flag].filter(Boolean).join(', ');
  const comment = [...wrap(`${doc} Expects ${type.expects}.`), ...(also === '' ? [] : [`Also: ${also}`])];
  const fallback = defaultText(setting) ?? '';
  const given = value === undefined || value === null ? null : type.format(value);
  const line = given === null || given === fallback ? `; ${key} = ${fallback}` : `${key} = ${given}`;
  return `${comment.map((text) => `# ${text}\n`).join('')}${line.trimEnd()}\n`;
}

/** Markdown: one table per section, in the order of the definition; then the keys without effect. */
export function renderDocs({ settings, retired }: SettingsDefinition): string {
  const tables = sectionsOf(settings).map(([section, named]) => {
    const rows = named.map(([, setting]) => {
      const { ini, iniAlso = [], env, flag, type, doc } = setting;
      const keys = [code(splitPlace(ini).key), ...iniAlso.map((place) => code(place))].join(', ');
      const fallback = setting.secret ? '' : defaultText(setting);
      return [
        keys,
        env.map(code).join(', '),
        flag === undefined ? '' : code(flag),
        fallback ? code(fallback) : '',
        `${doc} Expects ${type.expects}.`,
      ];
    });
    return `## [${section}]\n\n${table(['key', 'environment', 'flag', 'default', 'meaning'], rows)}`;
  });
  if (Object.keys(retired).length === 0) return tables.join('\n');
  const rows = Object.entries(retired).map(([place, reason]) => [code(place), reason]);
  return `${tables.join('\n')}\n## Keys without effect\n\n${table(['key', 'why'], rows)}`;
}

/** A field of a settings page. */
export interface FormField {
  readonly name: string;
  readonly section: string;
  readonly key: string;
  readonly kind: Kind;
  readonly doc: string;
  readonly expects: string;
  readonly required: boolean;
  readonly secret: boolean;
  /** As it may be shown; a secret that is set is hidden, not empty. */
  readonly value: string | null;
  readonly default: string | null;
  readonly choices?: readonly string[];
  readonly min?: number;
  readonly max?: number;
}

/** The fields of a form, in the order of the definition, with values as they may be shown. */
export function describeForm<S extends SettingTable>(
  { settings }: SettingsDefinition<S>,
  values: Partial<Values<S>> = {},
): FormField[] {
  return Object.entries(settings).map(([name, setting]) => {
    const { type, secret = false } = setting;
    const { choices, min, max } = type;
    return {
      name,
      ...splitPlace(setting.ini),
      kind: type.kind,
      doc: setting.doc,
      expects: type.expects,
      required: setting.default === undefined,
      secret,
      value: showValue(setting, values[name]),
      default: secret ? null : defaultText(setting),
      ...(choices !== undefined && { choices }),
      ...(min !== undefined && { min }),
      ...(max !== undefined && { max }),
    };
  });
}

/** The settings by section, both in the order in which they are defined. */
function sectionsOf(settings: SettingTable): [string, [string, Setting][]][] {
  const sections = new Map<string, [string, Setting][]>();
  for (const [name, setting] of Object.entries(settings)) {
    const { section } = splitPlace(setting.ini);
    sections.set(section, [...(sections.get(section) ?? []), [name, setting]]);
  }
  return [...sections];
}

const defaultText = ({ type, default: fallback }: Setting): string | null =>
  fallback === undefined || fallback === null ? null : type.format(fallback);

const code = (text: string): string => `\`${text}\``;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  return line(head) + line(head.map(() => '---')) + rows.map(line).join('');
}

function wrap(sentence: string): string[] {
  const lines: string[] = [];
  for (const word of sentence.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= COMMENT_COLUMNS) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
