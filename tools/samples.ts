/** Writes the generated samples to samples/simulated; the simulator's tests compare them with what it makes now. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sampleFiles } from '@logonscope/simulator';

const folder = fileURLToPath(new URL('../samples/simulated/', import.meta.url));

rmSync(folder, { recursive: true, force: true });
for (const [path, bytes] of sampleFiles()) {
  const target = join(folder, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, bytes);
  console.log(`${path}  ${bytes.length} bytes`);
}
