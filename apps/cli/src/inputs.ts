/** From files, folders, globs and `-` to the list of files to read, in a stable order, each once. */
import { globSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface Input {
  /** As problems and evidence name it. */
  readonly name: string;
  /** Null is standard input. */
  readonly path: string | null;
  readonly sizeBytes: number | null;
  /** False for what was found in a folder or by a glob: it may be no log at all. */
  readonly named: boolean;
}

export interface ExpandedInputs {
  readonly inputs: readonly Input[];
  /** Words that led to no file, each with the reason. */
  readonly missing: readonly string[];
}

export const STANDARD_INPUT = '-';

/**
 * Expands what was typed. From a folder only files are taken whose extension is a log's (`extensions`, lower case
 * with the dot, archives included); a file that is named is always read, whatever it is called.
 */
export function expandInputs(words: readonly string[], extensions: ReadonlySet<string>): ExpandedInputs {
  const missing: string[] = [];
  const paths: string[] = [];
  const standardInput = words.includes(STANDARD_INPUT);
  const named = new Set(words);
  for (const word of words) {
    if (word === STANDARD_INPUT) continue;
    const found = findPaths(word, extensions);
    if (typeof found === 'string') missing.push(`${word}: ${found}`);
    else paths.push(...found);
  }
  const inputs = withoutRepeats(paths.sort()).map(
    (path): Input => ({ name: path, path, sizeBytes: statSync(path).size, named: named.has(path) }),
  );
  if (standardInput) inputs.push({ name: 'standard input', path: null, sizeBytes: null, named: true });
  return { inputs, missing };
}

/** The files a word stands for, or why there is none. A name that exists is taken literally, brackets and all. */
function findPaths(word: string, extensions: ReadonlySet<string>): string[] | string {
  const kind = kindOf(word);
  if (kind === 'file') return [word];
  if (kind === 'folder') {
    const files = filesBelow(word, extensions);
    return files.length > 0 ? files : 'no log files in this folder';
  }
  if (kind === 'unreadable') return 'cannot be read (no permission?)';
  if (!/[*?[{]/.test(word)) return 'no such file or folder';
  const matches = globSync(word);
  const files = matches.flatMap((match) => {
    const matched = kindOf(match);
    return matched === 'file' ? [match] : matched === 'folder' ? filesBelow(match, extensions) : [];
  });
  return files.length > 0 ? files : 'matches no file';
}

function kindOf(path: string): 'file' | 'folder' | 'unreadable' | 'absent' {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'EACCES' || code === 'EPERM' ? 'unreadable' : 'absent';
  }
}

function filesBelow(folder: string, extensions: ReadonlySet<string>): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory() && extensions.has(extensionOf(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => kindOf(path) === 'file');
}

function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot).toLowerCase();
}

/** The same file reached by two words, or by a link, is read once. */
function withoutRepeats(paths: readonly string[]): string[] {
  const seen = new Set<string>();
  return paths.filter((path) => {
    const real = realpathSync(path);
    return !seen.has(real) && seen.add(real);
  });
}
