/** Starts the browser that this machine opens addresses with. */
import { spawn } from 'node:child_process';

/** Program and words before the address, by platform. */
const OPENERS: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
  darwin: ['open'],
};

/** A machine without a browser is no failure: the address was printed. */
export function openInBrowser(address: string): void {
  const [program, ...words] = OPENERS[process.platform] ?? ['xdg-open'];
  const started = spawn(program, [...words, address], { stdio: 'ignore', detached: true });
  started.on('error', () => {});
  started.unref();
}
