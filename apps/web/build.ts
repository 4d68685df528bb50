// Builds the app into dist/: `node apps/web/build.ts`; with `--if-needed` only where the sources changed since.
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '..', '..');
const dist = join(here, 'dist');
/** Of which sources a build was made; the server hands out no file whose name begins with a dot. */
const STAMP = '.sources';
const SOURCES = [
  'apps/web/build.ts',
  'apps/web/index.html',
  'apps/web/local.html',
  'apps/web/package.json',
  'apps/web/vite.config.ts',
  'apps/web/public',
  'apps/web/src',
  'packages/core/src',
  'packages/protocol/src',
  'packages/readers/src',
  'packages/writers/src',
  'package-lock.json',
];
/** What gets smaller by packing, and is large enough to bother. */
const PACKED = /\.(js|css|html|svg|json|wasm)$/;
const PACKED_BYTES_MIN = 1_024;

function* filesIn(path: string): Iterable<string> {
  if (!existsSync(path)) return;
  for (const entry of readdirSync(path, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) yield join(entry.parentPath, entry.name);
  }
}

/** A digest of everything the build is made of. */
function sourcesDigest(): string {
  const digest = createHash('sha256');
  for (const source of SOURCES) {
    const path = join(root, source);
    if (!existsSync(path)) continue;
    const files = /\.\w+$/.test(source) ? [path] : [...filesIn(path)].sort();
    for (const file of files.filter((name) => !/\.test\.tsx?$|[\\/]testdata[\\/]/.test(name))) {
      digest
        .update(`${relative(root, file)}\0`)
        .update(readFileSync(file))
        .update('\0');
    }
  }
  return digest.digest('hex');
}

function builtDigest(): string | null {
  const path = join(dist, STAMP);
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

/** Lays packed twins beside the files, so that no request waits for packing. */
function pack(folder: string): void {
  for (const file of [...filesIn(folder)]) {
    const bytes = readFileSync(file);
    if (!PACKED.test(file) || bytes.length < PACKED_BYTES_MIN || file.endsWith('.html')) continue;
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }));
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  }
}

/** Puts a finished build in the place of the old one; of two that finish at once one is thrown away. */
function swapIn(folder: string, digest: string): void {
  const old = `${dist}-old-${randomUUID()}`;
  try {
    if (existsSync(dist)) renameSync(dist, old);
    renameSync(folder, dist);
  } catch (error) {
    if (builtDigest() !== digest) throw error;
    rmSync(folder, { recursive: true, force: true });
  } finally {
    rmSync(old, { recursive: true, force: true });
  }
}

const digest = sourcesDigest();
if (process.argv.includes('--if-needed') && builtDigest() === digest) {
  process.exitCode = 0;
} else {
  const started = performance.now();
  console.log('Building the web app (a few seconds, once after each change) …');
  // Whoever starts this may be a test runner; the app is the one that people get all the same.
  process.env.NODE_ENV = 'production';
  // Loaded only when needed: a start that has nothing to build should not wait for the builder.
  const { build } = await import('vite');
  const folder = `${dist}-new-${randomUUID()}`;
  mkdirSync(folder, { recursive: true });
  try {
    await build({ configFile: join(here, 'vite.config.ts'), logLevel: 'warn', build: { outDir: folder } });
    pack(folder);
    writeFileSync(join(folder, STAMP), digest);
    swapIn(folder, digest);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const files = [...filesIn(dist)].filter((name) => !/\.(br|gz)$/.test(name)).length;
  console.log(`apps/web/dist: ${files} files, ${((performance.now() - started) / 1_000).toFixed(1)} s`);
}
