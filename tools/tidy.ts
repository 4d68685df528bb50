/** `node tools/tidy.ts`: the house rules that neither compiler nor linter knows; part of `npm run check`. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { CODE_RULES } from './tidy/code-rules.ts';
import { type SourceFile, sourceFile } from './tidy/source.ts';
import { REPOSITORY_RULES, TEXT_RULES } from './tidy/text-rules.ts';

const READ = /\.(ts|tsx|mts|mjs|js|md|json|yaml|yml|css|html)$/;

/** Files that git knows or would add, relative to the working directory. */
function repositoryPaths(): string[] {
  const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  return list.split('\0').filter((path) => READ.test(path) && existsSync(path) && statSync(path).isFile());
}

/** Every finding of every rule, as lines a terminal can click. */
export function tidy(files: readonly SourceFile[]): string[] {
  const found: string[] = [];
  const say = (path: string, line: number, id: string, message: string, cure: string) =>
    found.push(`${path}:${line}  ${id}  ${message}  → ${cure}`);
  for (const file of files) {
    for (const rule of [...CODE_RULES, ...TEXT_RULES]) {
      if (!rule.applies(file.path)) continue;
      for (const { line, message } of rule.find(file)) say(file.path, line, rule.id, message, rule.cure);
    }
  }
  for (const rule of REPOSITORY_RULES) {
    for (const { path, line, message } of rule.find(files)) say(path, line, rule.id, message, rule.cure);
  }
  return found;
}

if (import.meta.main) {
  const found = tidy(repositoryPaths().map((path) => sourceFile(path, readFileSync(path, 'utf8'))));
  for (const line of found) console.error(line);
  if (found.length > 0) process.exitCode = 1;
}
