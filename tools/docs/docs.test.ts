/** The documentation is tested: generated pages are current, and links lead somewhere. */
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PAGES } from './pages.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const markdown = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && !path.startsWith('samples/') && existsSync(join(ROOT, path)));

describe('generated pages', () => {
  test.each(PAGES.map((page) => [page.path, page] as const))(
    '%s is current: run npm run docs',
    async (path, page) => {
      expect(existsSync(join(ROOT, path)), `${path} is missing: run npm run docs`).toBe(true);
      expect(read(path), `${path} is out of date: run npm run docs`).toBe(await page.render());
    },
  );
});

/** GitHub's anchor of a heading. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

function anchorsOf(path: string): Set<string> {
  return new Set([...read(path).matchAll(/^#+ (.*)$/gm)].map((match) => anchor(match[1] ?? '')));
}

describe('links', () => {
  test.each(markdown)('%s', (path) => {
    const prose = read(path).replace(/```[\s\S]*?```/g, '');
    const broken = [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
      .map((match) => match[1] as string)
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => {
        const [file, fragment] = target.split('#');
        const full = file === '' ? path : normalize(join(dirname(path), file ?? ''));
        if (!existsSync(join(ROOT, full))) return true;
        return fragment !== undefined && full.endsWith('.md') && !anchorsOf(full).has(fragment);
      });
    expect(broken).toEqual([]);
  });

  test.each(markdown)('%s names files that exist', (path) => {
    const named = [...read(path).matchAll(/`((?:packages|apps|tools|bench|samples|docs)\/[\w./-]*[\w/-])`/g)];
    const missing = named.map((match) => match[1] as string).filter((name) => !existsSync(join(ROOT, name)));
    expect(path === 'ARCHITECTURE.md' ? missing.filter((name) => !PLANNED.includes(name)) : missing).toEqual(
      [],
    );
  });
});

/** Folders that ARCHITECTURE.md announces under "Not there yet"; a line goes when the folder comes. */
const PLANNED = ['apps/web', 'apps/agent'];

describe('npm scripts', () => {
  const scripts: Record<string, string> = JSON.parse(read('package.json')).scripts;

  test.each(Object.entries(scripts))('what %s runs exists', (_, line) => {
    const files = line.split(' ').filter((word) => /\.(ts|mjs|js)$/.test(word));
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });

  test.each(markdown)('%s names scripts that exist', (path) => {
    const named = [...read(path).matchAll(/\bnpm run (\w[\w:-]*)/g)].map((match) => match[1] as string);
    const ofNpm = ['ci', 'install', 'run', 'script', 'scripts', 'on'];
    expect(named.filter((name) => !(name in scripts) && !ofNpm.includes(name))).toEqual([]);
  });
});

describe('dependencies', () => {
  const listed = [...read('docs/decisions/dependencies.md').matchAll(/^\| (.*?) \|/gm)].flatMap(([, cell]) =>
    [...(cell ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1] as string),
  );
  const manifests = ['package.json', ...globSync('{packages,apps}/*/package.json', { cwd: ROOT })];
  const used = manifests.flatMap((path) => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(read(path));
    return Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
  });
  const foreign = [...new Set(used.filter((name) => !name.startsWith('@logonscope/')))];

  test('each has a line that says why it is here and what would replace it', () => {
    expect(foreign.filter((name) => !listed.includes(name))).toEqual([]);
  });
  test('none is listed that is gone', () => {
    expect(listed.filter((name) => !foreign.includes(name))).toEqual([]);
  });
});

/** What the command reference knows: each command with its options. */
function knownCommands(): Map<string, Set<string>> {
  const sections = read('docs/commands.md').split(/^## /m).slice(1);
  return new Map(
    sections.map((section) => {
      const options = [...section.matchAll(/^\| `(?:-\w, )?(--[a-z-]+)/gm)].map(
        (match) => match[1] as string,
      );
      return [section.split('\n')[0]?.trim() ?? '', new Set([...options, '--help'])];
    }),
  );
}

describe('commands in the documents', () => {
  const known = knownCommands();
  const reports = [...read('docs/reports.md').matchAll(/`logonscope report ([\w-]+)`/g)].map(
    (match) => match[1],
  );

  test('the reference lists commands with options', () => {
    expect(known.get('sessions')?.has('--screensaver-delay')).toBe(true);
    expect(known.get('sessions')?.has('--no-such-option')).toBe(false);
  });

  test.each(markdown)('%s uses commands, options and reports that exist', (path) => {
    // In SQL the word is a database, not a command.
    const text = read(path).replace(/^```sql\n[\s\S]*?^```$/gm, '');
    const lines = [...text.matchAll(/\blogonscope ([a-z][\w-]*)([^\n`]*)/g)]
      .map(([, command, rest]) => ({ command: command as string, rest: rest as string }))
      .filter(({ command }) => !PROSE.includes(command));
    const wrong = lines.flatMap(({ command, rest }) => {
      const options = known.get(command);
      if (options === undefined) return [`logonscope ${command}`];
      const unknown = [...rest.matchAll(/(?<=\s)--[a-z-]+/g)]
        .map(([option]) => option)
        .filter((o) => !options.has(o));
      const report = command === 'report' ? rest.trim().split(/\s+/)[0] : undefined;
      const badReport =
        report !== undefined && /^[\w-]+$/.test(report) && !reports.includes(report)
          ? [`report ${report}`]
          : [];
      return [...unknown.map((option) => `${command} ${option}`), ...badReport];
    });
    expect(wrong).toEqual([]);
  });
});

/** Words that follow the program's name in sentences, not in commands. */
const PROSE = ['turns', 'understands', 'reads', 'command', 'help'];
