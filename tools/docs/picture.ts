/** docs/images/sessions.svg: what two real commands print for the bundled sample, drawn as a terminal. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Page } from './page.ts';

const ROOT = join(import.meta.dirname, '../..');
const FONT = 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace';
const CHAR_WIDTH = 7.8;
const LINE_HEIGHT = 18;
const MARGIN = 18;
const TITLE_HEIGHT = 34;

/** Lines are cut here, so that the picture stays readable on a page. */
const COLUMNS_MAX = 132;

const SAMPLE = 'samples/simulated/workstation-week/*.evtx';
const ZONE = ['--timezone', 'Europe/London'];

export const picture: Page = {
  path: 'docs/images/sessions.svg',
  render() {
    const sessions = shown(['sessions', SAMPLE, ...ZONE], 'Times in ');
    const explained = shown(['explain', sampleSessionId(), SAMPLE, ...ZONE], 'Events');
    return drawn([...sessions, '', ...explained]);
  },
};

/** The id of the first session of the sample. */
function sampleSessionId(): string {
  const sessions: Told[] = JSON.parse(run(['sessions', SAMPLE, '--format', 'json']));
  const [first] = sessions;
  if (first === undefined) throw new Error(`${SAMPLE} holds no session`);
  return first.id;
}

interface Told {
  readonly id: string;
}

/** The command as typed, and what it prints up to the line that begins with `until`. */
function shown(args: readonly string[], until: string): string[] {
  const lines = run(args).trimEnd().split('\n');
  const end = lines.findIndex((line) => line.startsWith(until));
  const told = lines
    .slice(0, end === -1 ? lines.length : end)
    .join('\n')
    .trim()
    .split('\n');
  return [`$ logonscope ${args.join(' ')}`, '', ...told].map(cutLine);
}

function cutLine(line: string): string {
  const chars = [...line];
  return chars.length > COLUMNS_MAX ? `${chars.slice(0, COLUMNS_MAX - 1).join('')}…` : line;
}

/** Runs the command line from the sources. */
function run(args: readonly string[]): string {
  const main = join(ROOT, 'apps/cli/src/main.ts');
  const env = { ...process.env, NO_COLOR: '1', TZ: 'UTC' };
  const { stdout, stderr, status } = spawnSync(process.execPath, [main, ...args], {
    cwd: ROOT,
    env,
    encoding: 'utf8',
  });
  if (status !== 0 && status !== 1) throw new Error(`logonscope ${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** Lines of text as an SVG; each line's length is fixed, so that columns align in any monospaced font. */
export function drawn(lines: readonly string[]): string {
  const columns = Math.max(...lines.map((line) => [...line].length));
  const width = Math.ceil(columns * CHAR_WIDTH + 2 * MARGIN);
  const height = TITLE_HEIGHT + lines.length * LINE_HEIGHT + MARGIN;
  const texts = lines.map((line, index) => {
    if (line.trim() === '') return '';
    const y = TITLE_HEIGHT + (index + 1) * LINE_HEIGHT - 4;
    const fill = line.startsWith('$ ') ? '#8fd18f' : '#d8dee9';
    const length = ([...line].length * CHAR_WIDTH).toFixed(1);
    return `<text x="${MARGIN}" y="${y}" fill="${fill}" textLength="${length}" xml:space="preserve">${escaped(line)}</text>\n`;
  });
  const dots = ['#e06c75', '#e5c07b', '#98c379'].map(
    (fill, i) => `<circle cx="${20 + i * 18}" cy="18" r="5.5" fill="${fill}"/>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`,
    ` font-family="${FONT}" font-size="13" role="img" aria-label="Output of logonscope sessions and explain">\n`,
    `<rect width="100%" height="100%" rx="8" fill="#1f2430"/>\n${dots.join('')}\n`,
    ...texts,
    '</svg>\n',
  ].join('');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (text: string): string => text.replace(/[&<>]/g, (char) => ENTITIES[char] ?? char);
