/**
 * Ini files as Python's configparser reads them, for that wrote the files in use: `key = value` or `key: value`,
 * comments on lines of their own, no quotes, no escapes; a value may hold `;` and `#`, and goes on in indented lines.
 */

export interface IniEntry {
  readonly section: string;
  readonly key: string;
  readonly value: string;
  /** Lines counted from 1; the last one where the value goes on. */
  readonly line: number;
  readonly lastLine: number;
}

export interface IniProblem {
  readonly line: number;
  readonly expected: string;
}

export interface IniFile {
  readonly entries: readonly IniEntry[];
  readonly sections: readonly { readonly name: string; readonly line: number }[];
  readonly problems: readonly IniProblem[];
}

const SECTION = /^\[([^\]]+)\]\s*$/;
const ENTRY = /^([^=:]+?)\s*[=:]\s*(.*)$/;

/** Reads an ini file; a line that is neither section, comment nor entry is a problem and costs that line. */
export function parseIni(text: string): IniFile {
  const sections: { name: string; line: number }[] = [];
  const entries: { -readonly [K in keyof IniEntry]: IniEntry[K] }[] = [];
  const problems: IniProblem[] = [];
  let goesOn: (typeof entries)[number] | null = null;
  for (const [index, raw] of linesOf(text).entries()) {
    const line = index + 1;
    if (isComment(raw)) continue;
    if (raw.trim() === '') {
      goesOn = null;
      continue;
    }
    if (goesOn !== null && /^\s/.test(raw)) {
      goesOn.value = `${goesOn.value} ${raw.trim()}`.trim();
      goesOn.lastLine = line;
      continue;
    }
    const section = SECTION.exec(raw.trim())?.[1]?.trim();
    const entry = section === undefined ? ENTRY.exec(raw.trim()) : null;
    goesOn = null;
    if (section !== undefined) sections.push({ name: section, line });
    else if (entry === null) problems.push({ line, expected: '[section], KEY = value or a comment' });
    else if (sections.length === 0) problems.push({ line, expected: 'a [section] before the first key' });
    else {
      goesOn = {
        section: sections.at(-1)!.name,
        key: entry[1]!,
        value: entry[2]!.trim(),
        line,
        lastLine: line,
      };
      entries.push(goesOn);
    }
  }
  return { entries, sections, problems };
}

/** Lines without their ends; a byte order mark of Notepad is no part of the first. */
export const linesOf = (text: string): string[] => text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);

export const isComment = (raw: string): boolean => /^\s*[#;]/.test(raw);
