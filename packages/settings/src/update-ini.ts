/** Changes named keys of an ini file and leaves every other line as its author wrote it. */
import { isComment, linesOf, parseIni } from './ini.ts';
import { sameKey, splitPlace } from './setting.ts';

/**
 * The text with `changes` made: place (`server.PORT`) → new value, or `null` to take the key out. Comments, unknown
 * keys, order, blank lines, line ends and a byte order mark stay. A value must be of one line.
 */
export function updateIni(text: string, changes: Readonly<Record<string, string | null>>): string {
  const lineEnd = /\r\n|\r|\n/.exec(text)?.[0] ?? '\n';
  const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
  const updated = Object.entries(changes).reduce(
    (lines, [place, value]) => changeOne(lines, place, value),
    linesOf(text),
  );
  return mark + updated.join(lineEnd);
}

function changeOne(lines: readonly string[], place: string, value: string | null): string[] {
  if (value !== null && /[\r\n]/.test(value)) throw new Error(`the value of ${place} has more than one line`);
  const { entries } = parseIni(lines.join('\n'));
  const present = entries.filter(({ section, key }) => sameKey(`${section}.${key}`) === sameKey(place));
  const last = present.at(-1);
  if (last === undefined) return value === null ? [...lines] : addOne(lines, place, value);
  const { key } = last;
  const result: string[] = [];
  for (const [index, raw] of lines.entries()) {
    const at = present.find(({ line, lastLine }) => index + 1 >= line && index + 1 <= lastLine);
    if (at === undefined || isComment(raw)) result.push(raw);
    // A key given twice counts with its last line, so that is the one that stays.
    else if (at === last && index + 1 === at.line && value !== null)
      result.push(`${key} = ${value}`.trimEnd());
  }
  return result;
}

function addOne(lines: readonly string[], place: string, value: string): string[] {
  const { section, key } = splitPlace(place);
  const { sections, entries } = parseIni(lines.join('\n'));
  const added = `${key} = ${value}`.trimEnd();
  const home = sections.findLast(({ name }) => sameKey(name) === sameKey(section));
  if (home === undefined) {
    const kept = lines.join('').trim() === '' ? [] : lines;
    const gap = kept.length === 0 || kept.at(-1)?.trim() === '' ? [] : [''];
    return [...kept, ...gap, `[${section}]`, added, ''];
  }
  const next = sections.find(({ line }) => line > home.line)?.line ?? Number.POSITIVE_INFINITY;
  const inside = entries.filter(({ line }) => line > home.line && line < next);
  const after = inside.at(-1)?.lastLine ?? home.line;
  const rest = lines.slice(after);
  // An indented line would become a part of the new value; a blank line keeps it apart.
  const following = rest.find((raw) => !isComment(raw));
  const gap = following !== undefined && /^\s+\S/.test(following) ? [''] : [];
  return [...lines.slice(0, after), added, ...gap, ...rest];
}
