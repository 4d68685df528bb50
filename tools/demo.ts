/** `npm run demo [-- --port N --people N --days N --instance FOLDER --keep]`: a server with a simulated fleet, live. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { untilSignalled } from '@logonscope/server';
import { startDemo } from './demo/demo.ts';

const COULD_NOT_RUN = 2;
process.chdir(fileURLToPath(new URL('..', import.meta.url)));

/** Throws with the reason where a flag is nobody's or its value is no number that fits. */
function readFlags(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '8000' },
      people: { type: 'string', default: '60' },
      days: { type: 'string', default: '90' },
      instance: { type: 'string', default: 'instance-demo' },
      keep: { type: 'boolean', default: false },
    },
  });
  const number = (flag: 'port' | 'people' | 'days', least: number, most: number) => {
    const value = /^\d{1,5}$/.test(values[flag]) ? Number(values[flag]) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new Error(`--${flag} ${values[flag]}: expected a whole number from ${least} to ${most}`);
  };
  return {
    port: number('port', 0, 65_535),
    people: number('people', 1, 2_000),
    days: number('days', 1, 730),
    folder: resolve(values.instance),
    keep: values.keep,
  };
}

/** One line that is written over, and gone with the last computer. */
function showProgress(loaded: number, computers: number): void {
  const text = loaded < computers ? `${loaded} of ${computers} computers` : '';
  process.stderr.write(`\r\u001b[K${text}`);
}

const stopping = new AbortController();
const stopped = untilSignalled().then(() => stopping.abort());
try {
  const flags = readFlags(process.argv.slice(2));
  console.log(`Loading ${flags.days} days of ${flags.people} simulated people …`);
  const demo = await startDemo({
    ...flags,
    signal: stopping.signal,
    say: (text) => void process.stdout.write(text),
    ...(process.stderr.isTTY && { progress: showProgress }),
  });
  await stopped;
  await demo.close();
} catch (error) {
  if (!stopping.signal.aborted) {
    const { code, message } = error as NodeJS.ErrnoException;
    console.error(
      `demo: ${code === 'EADDRINUSE' ? 'the port is taken; choose another with --port' : message}`,
    );
    process.exitCode = COULD_NOT_RUN;
  }
}
