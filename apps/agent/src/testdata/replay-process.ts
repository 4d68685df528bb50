/** An agent as a process of its own, on a simulated computer: `replay-process.ts FOLDER COMPUTER`; ends in order on SIGTERM. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openAgent } from '../agent.ts';
import { systemClock } from '../clock.ts';
import { settingsOf } from '../settings.ts';
import { replaySource } from '../sources/replay.ts';

const [folder, computer] = process.argv.slice(2) as [string, string];
const settings = () => {
  const loaded = settingsOf(readFileSync(join(folder, 'config.ini'), 'utf8'), 'config.ini', folder);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.wrong));
  return loaded.values;
};
const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());
const source = replaySource({ file: join(folder, 'computer.ndjson'), everyMs: 10, wait: systemClock.wait });
/** Trying again after a second instead of minutes, so that a test meets many failures. */
const clock = {
  now: systemClock.now,
  wait: (delayMs: number, signal: AbortSignal) =>
    systemClock.wait(delayMs > 1e8 ? delayMs : Math.min(delayMs, 200), signal),
};
const agent = openAgent({ folder, computer, settings, sources: [source], clock });
process.stdout.write('runs\n');
await agent.run(stop.signal);
