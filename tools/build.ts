/** `npm run build`: builds the web app, and bundles the command line into apps/cli/dist; heavy writers stay in chunks of their own, the server in its sources. */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = new URL('..', import.meta.url);
const path = (relative: string) => fileURLToPath(new URL(relative, root));

/**
 * The server itself runs from its sources: it starts threads from files beside it, and what it builds on is compiled
 * for the platform. So does all that its door (apps/server/src/index.ts) loads on demand. Its settings are in the
 * bundle, since `--help` shows them.
 */
const SERVER_ENTRIES = [
  'main.ts',
  'start.ts',
  'maintenance.ts',
  'ask-directly.ts',
  'db/index.ts',
  'db/tools/winauthmon/index.ts',
].map((name) => path(`apps/server/src/${name}`));

execFileSync(process.execPath, [path('apps/web/build.ts'), '--if-needed'], { stdio: 'inherit' });
execFileSync(process.execPath, [path('apps/web/build-local.ts')], { stdio: 'inherit' });
const started = performance.now();
rmSync(path('apps/cli/dist'), { recursive: true, force: true });
const bundle = await rolldown({
  input: { logonscope: path('apps/cli/src/main.ts'), 'read-worker': path('apps/cli/src/read-worker.ts') },
  platform: 'node',
  external: SERVER_ENTRIES,
  makeAbsoluteExternalsRelative: true,
  tsconfig: path('tsconfig.base.json'),
  // Modules here only define things, so a command loads no more than it uses.
  treeshake: { moduleSideEffects: false },
});
const { output } = await bundle.write({
  dir: path('apps/cli/dist'),
  format: 'esm',
  entryFileNames: '[name].mjs',
  chunkFileNames: '[name]-[hash].mjs',
});
await bundle.close();

const kilobytes =
  output.reduce((sum, file) => sum + (file.type === 'chunk' ? file.code.length : 0), 0) / 1_000;
const seconds = (performance.now() - started) / 1_000;
console.log(`apps/cli/dist: ${output.length} files, ${kilobytes.toFixed(0)} kB, ${seconds.toFixed(1)} s`);
