/**
 * `npm run test:agent`: builds the agent's exe as it is shipped and once more with controls for tests, and runs both on
 * computers of Wine. Needs Debian's wine, wine64 and gcc-mingw-w64-x86-64-win32; without them it fails, it never skips.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

function run(command: string, ...args: string[]): void {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

for (const needed of ['wine', 'wineserver', 'x86_64-w64-mingw32-gcc']) {
  if (spawnSync(needed, ['--version'], { stdio: 'ignore' }).error === undefined) continue;
  console.error(`${needed} is missing: apt-get install wine wine64 gcc-mingw-w64-x86-64-win32`);
  process.exit(1);
}
/** Mounts of its own, so that a disk can be made full and nothing is left behind. */
const apart = ['-m', '-rm'].find((flags) => spawnSync('unshare', [flags, 'true']).status === 0);
if (apart === undefined) {
  console.error(
    'No disk can be mounted here, not even in a name space of its own; run this where unshare -rm works.',
  );
  process.exit(1);
}
run(process.execPath, 'tools/build-agent.ts');
run(process.execPath, 'tools/build-agent.ts', '--test-controls');
const vitest = [
  process.execPath,
  'node_modules/vitest/vitest.mjs',
  'run',
  '--config',
  'vitest.wine.config.ts',
];
run('unshare', apart, ...vitest, ...process.argv.slice(2));
