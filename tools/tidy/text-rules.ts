/** Tidy rules that read plain text: open ends, machine paths, words we do not use. */
import { missingPlatforms } from '../complete-lock.ts';
import { isSource, isTest, type RepositoryRule, type Rule } from './rule.ts';
import { lineAt, type SourceFile } from './source.ts';

const isText = (path: string): boolean => isSource(path) || /\.(md|json|yaml|yml|css|html)$/.test(path);
const isOwn = (path: string): boolean =>
  !/^(samples|node_modules)\/|package-lock\.json$|^tools\/tidy\//.test(path);

function pattern(rule: { id: string; cure: string; applies?: Rule['applies']; regex: RegExp }): Rule {
  return {
    id: rule.id,
    cure: rule.cure,
    applies: (path) => isText(path) && isOwn(path) && (rule.applies?.(path) ?? true),
    *find({ text }) {
      for (const match of text.matchAll(rule.regex)) {
        yield { line: lineAt(text, match.index + 1), message: `“${match[0].trim()}”` };
      }
    },
  };
}

export const TEXT_RULES: readonly Rule[] = [
  pattern({
    id: 'open-end',
    cure: 'finish it, or name the issue: TODO(#12)',
    regex: /\b(TODO|FIXME|XXX|HACK)\b(?!\(#\d+\))/g,
  }),
  pattern({
    id: 'machine-path',
    cure: 'use a path relative to the repository, or the temporary directory the system names',
    regex: /(?<=^|[\s'"`(=:])\/(work|root|home|tmp)\/[\w.-]+/gm,
  }),
  pattern({
    id: 'silenced',
    cure: 'correct what is complained about; a skip says why in its message',
    applies: isSource,
    regex: /@ts-(ignore|nocheck)|eslint-disable|\b(it|test|describe)\.(only|skip|todo)\(|^\s*debugger;/gm,
  }),
  pattern({
    id: 'word',
    cure: 'say it plainly; the glossary in ARCHITECTURE.md has our words',
    regex: /\b(whitelist|blacklist|sanity[ -]check|dummy)\b/gi,
  }),
];

export const lockFile: RepositoryRule = {
  id: 'lock-file',
  cure: 'run npm install with the settings of .npmrc, which leave addresses out',
  *find(files) {
    for (const { path, text } of files) {
      if (!path.endsWith('package-lock.json')) continue;
      const at = text.search(/"resolved": "http/);
      if (at !== -1)
        yield { path, line: lineAt(text, at), message: 'the address of one registry is written down' };
    }
  },
};

export const wholeLockFile: RepositoryRule = {
  id: 'lock-file-platforms',
  cure: 'run node tools/complete-lock.ts; npm ci refuses a lock that leaves platforms out',
  *find(files) {
    for (const { path, text } of files) {
      if (path !== 'package-lock.json') continue;
      const missing = Object.keys(missingPlatforms({ packages: {}, ...JSON.parse(text) }));
      if (missing.length > 0)
        yield { path, line: 1, message: `${missing.length} packages of other platforms are missing` };
    }
  },
};

/** Where each kind of extension is listed, and how a file of that kind is recognised by what it exports. */
const LISTS = [
  { kind: 'reader', folder: 'packages/readers/src/', exports: /^export const (\w+): Reader\b/gm },
  { kind: 'writer', folder: 'packages/writers/src/', exports: /^export const (\w+): Writer\b/gm },
  {
    kind: 'report',
    folder: 'packages/core/src/',
    exports: /^export const (\w+)(?:: Report)? = defineReport\(/gm,
  },
  {
    kind: 'provider',
    folder: 'packages/core/src/events/',
    exports: /^export const (\w+)(?:: ProviderTable)? = defineProvider\(/gm,
  },
  { kind: 'command', folder: 'apps/cli/src/', exports: /^export const (\w+): Command(?:Definition)?\b/gm },
] as const;

/** Registration is a visible list: what is written but not listed does not exist for anybody. */
export const unlisted: RepositoryRule = {
  id: 'unlisted',
  cure: 'add it to the list of its folder (READERS, WRITERS, REPORTS, ANALYTICS, PROVIDERS, COMMANDS)',
  *find(files) {
    for (const list of LISTS) {
      const inFolder = files.filter(
        ({ path }) => path.startsWith(list.folder) && isSource(path) && !isTest(path),
      );
      for (const file of inFolder) {
        for (const match of file.text.matchAll(list.exports)) {
          const name = match[1] as string;
          if (inFolder.some((other) => other !== file && lists(other, name))) continue;
          yield {
            path: file.path,
            line: lineAt(file.text, match.index),
            message: `${list.kind} ${name} is in no list`,
          };
        }
      }
    }
  },
};

/** True if `file` names it inside an array or object literal of an upper-case constant. */
function lists({ code }: SourceFile, name: string): boolean {
  const uncommented = code?.uncommented ?? '';
  for (const list of uncommented.matchAll(
    /^export const [A-Z_]+\b[^=]*= *[[{]([\s\S]*?)^[\]}]|^export const [A-Z_]+\b[^=\n]*= *\[(.*)\]/gm,
  )) {
    if (new RegExp(`\\b${name}\\b`).test(list[1] ?? list[2] ?? '')) return true;
  }
  return false;
}

export const REPOSITORY_RULES: readonly RepositoryRule[] = [lockFile, wholeLockFile, unlisted];
