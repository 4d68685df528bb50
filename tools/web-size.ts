/** `node tools/web-size.ts`: builds the web app and weighs what each page loads, packed; part of `npm run check`. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const path = (relative: string) => fileURLToPath(new URL(`../apps/web/${relative}`, import.meta.url));

/** What vite writes of a module that is loaded by name: its file, and what comes with it. */
interface Part {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}
type Manifest = Readonly<Record<string, Part>>;

/** Packed kilobytes. What a page adds is counted without what the frame has loaded already. */
const FIRST_PAGE = { scripts: 160, styles: 40 };
/** Parts that the app on files shares are chunks of their own. */
const FRAME_SCRIPTS = 167;
const PAGE_SCRIPTS: readonly (readonly [RegExp, number])[] = [
  // The engine comes along where sessions are drawn or computed in the browser.
  [/^src\/pages\/timeline\//, 140],
  [/^src\/pages\/local\//, 160],
  [/^src\/pages\//, 90],
];
const LARGEST_FILE = 100;

const ENTRY = 'index.html';
const SIGN_IN = 'src/pages/login/index.tsx';
const FRAME = 'src/app/behind.ts';

const weighed = new Map<string, number>();
/** Kilobytes of a file of the build, packed as a proxy packs at least. */
function weightOf(file: string): number {
  const known = weighed.get(file);
  if (known !== undefined) return known;
  const weight = gzipSync(readFileSync(path(`dist/${file}`)), { level: 9 }).length / 1_000;
  weighed.set(file, weight);
  return weight;
}

/** Everything that has to be there before these modules run. */
function filesOf(
  manifest: Manifest,
  names: readonly string[],
): { scripts: Set<string>; styles: Set<string> } {
  const scripts = new Set<string>();
  const styles = new Set<string>();
  const visit = (name: string) => {
    const part = manifest[name];
    if (part === undefined || scripts.has(part.file)) return;
    scripts.add(part.file);
    for (const style of part.css ?? []) styles.add(style);
    for (const imported of part.imports ?? []) visit(imported);
  };
  for (const name of names) visit(name);
  return { scripts, styles };
}

const sum = (files: Iterable<string>) => [...files].reduce((total, file) => total + weightOf(file), 0);

interface Weight {
  readonly what: string;
  readonly kilobytes: number;
  readonly most: number;
}

function weigh(manifest: Manifest): Weight[] {
  const first = filesOf(manifest, [ENTRY, SIGN_IN]);
  const frame = filesOf(manifest, [ENTRY, FRAME]);
  const weights: Weight[] = [
    { what: 'first page, scripts', kilobytes: sum(first.scripts), most: FIRST_PAGE.scripts },
    { what: 'first page, styles', kilobytes: sum(first.styles), most: FIRST_PAGE.styles },
    { what: 'frame of all others, scripts', kilobytes: sum(frame.scripts), most: FRAME_SCRIPTS },
  ];
  for (const name of Object.keys(manifest).sort()) {
    const most = PAGE_SCRIPTS.find(([pattern]) => pattern.test(name))?.[1];
    if (most === undefined || name === SIGN_IN) continue;
    const { scripts } = filesOf(manifest, [name]);
    weights.push({
      what: name,
      kilobytes: sum([...scripts].filter((file) => !frame.scripts.has(file))),
      most,
    });
  }
  for (const { file } of Object.values(manifest)) {
    if (file.endsWith('.js')) weights.push({ what: file, kilobytes: weightOf(file), most: LARGEST_FILE });
  }
  return weights;
}

execFileSync(process.execPath, [path('build.ts'), '--if-needed'], {
  stdio: ['ignore', 'inherit', 'inherit'],
});
const manifestPath = path('dist/.vite/manifest.json');
if (!existsSync(manifestPath)) throw new Error('The build wrote no manifest.');
const weights = weigh(JSON.parse(readFileSync(manifestPath, 'utf8')) as Manifest);
const heavy = weights.filter(({ kilobytes, most }) => kilobytes > most);
const shown = process.argv.includes('--all') ? weights : [...weights.slice(0, 3), ...heavy];
for (const { what, kilobytes, most } of shown) {
  console.log(`${kilobytes.toFixed(1).padStart(7)} kB of ${String(most).padStart(3)}  ${what}`);
}
if (heavy.length > 0) process.exitCode = 1;
