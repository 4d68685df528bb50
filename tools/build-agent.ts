/**
 * `npm run build:agent`: makes `dist/winagentUSM.exe`, where the server looks for it. AGENT_SIGN_CERT and AGENT_SIGN_KEY (PEM files) sign it;
 * `--test-controls` makes `winagentUSM-test.exe` beside it, which `npm run test:agent` uses.
 */

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packAgent } from './agent/pack.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const testControls = process.argv.includes('--test-controls');
const { AGENT_SIGN_CERT: certificate, AGENT_SIGN_KEY: key } = process.env;
const target = join(root, 'dist', testControls ? 'winagentUSM-test.exe' : 'winagentUSM.exe');
const sizeBytes = await packAgent({
  ...{ root, target, testControls },
  signing: certificate && key ? { certificate, key } : null,
  say: (text) => process.stderr.write(`${text} …\n`),
});
process.stdout.write(
  `${target}: ${(sizeBytes / 1024 / 1024).toFixed(1)} MB${certificate ? ', signed' : ''}\n`,
);
