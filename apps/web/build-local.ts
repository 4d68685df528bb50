// Packs the page for files into one file in a zip: `node apps/web/build-local.ts` makes dist/logonscope-local.zip.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { zipSync } from 'fflate';

const here = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
/** What the zip may weigh; most of it are the writers of PDF with their fonts. */
const ZIP_BYTES_MAX = 2_500_000;
/** Style tags made at run time carry it; in a file it is no secret, and scripts go by their digests alone. */
const NONCE = 'logonscope';

const digestOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
/** Text as it may stand inside of a script tag. */
const inScript = (text: string) => text.replaceAll('</script', '<\\/script').replaceAll('<!--', '\\x3c!--');

interface Parts {
  readonly page: string;
  readonly worker: string;
  readonly style: string;
  readonly first: string;
  readonly icon: string;
}

/** The whole page: everything inline, and a policy that lets nothing in or out. */
function pageOf({ page, worker, style, first, icon }: Parts): string {
  const picture = `data:image/svg+xml;base64,${Buffer.from(icon).toString('base64')}`;
  const script = inScript(page.replaceAll('/icon.svg', picture));
  const policy = [
    "default-src 'none'",
    `script-src ${digestOf(first)} ${digestOf(script)} blob:`,
    `style-src ${digestOf(style)} 'nonce-${NONCE}'`,
    'img-src data: blob:',
    'worker-src blob:',
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta http-equiv="content-security-policy" content="${policy}" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="csp-nonce" content="${NONCE}" />
<meta name="color-scheme" content="light dark" />
<title>Logonscope, files in this browser</title>
<link rel="icon" href="${picture}" />
<style>${style}</style>
<script>${first}</script>
</head>
<body>
<div id="root"></div>
<noscript>Logonscope needs JavaScript in the browser.</noscript>
<script type="text/plain" id="local-worker">${inScript(worker)}</script>
<script type="module">${script}</script>
</body>
</html>
`;
}

process.env.NODE_ENV = 'production';
const { build } = await import('vite');
const folder = mkdtempSync(join(tmpdir(), 'logonscope-local-'));
try {
  await build({ configFile: here('vite.local.config.ts'), logLevel: 'warn', build: { outDir: folder } });
  const assets = join(folder, 'assets');
  const read = (pattern: RegExp) => {
    const names = readdirSync(assets).filter((name) => pattern.test(name));
    if (names.length !== 1) throw new Error(`Expected one file ${pattern}, found: ${names.join(', ')}`);
    return readFileSync(join(assets, names[0]!), 'utf8');
  };
  const html = pageOf({
    page: read(/^local-(?!worker).*\.js$/),
    worker: read(/^local-worker.*\.js$/),
    style: read(/\.css$/),
    first: readFileSync(here('public/first.js'), 'utf8'),
    icon: readFileSync(here('public/icon.svg'), 'utf8'),
  });
  const zip = zipSync({ 'index.html': new TextEncoder().encode(html) }, { level: 9 });
  if (zip.length > ZIP_BYTES_MAX)
    throw new Error(`The zip weighs ${zip.length} bytes; at most ${ZIP_BYTES_MAX}.`);
  mkdirSync(here('../../dist'), { recursive: true });
  writeFileSync(here('../../dist/logonscope-local.zip'), zip);
  console.log(`dist/logonscope-local.zip: ${(zip.length / 1_000).toFixed(0)} kB`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
