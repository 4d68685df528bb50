/** A real browser for tests: the system's Chromium without a window, in a profile of its own that is thrown away. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';

const CANDIDATES = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser'];

/** The browser's program; null where none is installed. */
export const CHROMIUM: string | null =
  CANDIDATES.find((path) => path !== undefined && existsSync(path)) ?? null;

/** What a closing line says where tests in a browser cannot be run. */
export const NO_CHROMIUM = 'skipped: chromium is not installed, so nothing is run in a browser';

/** It may ask nobody for anything: every request of a test is the page's own. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface BrowserLook {
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: 'light' | 'dark';
  readonly forcedColors?: boolean;
  readonly touch?: boolean;
}

export interface Browser {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

/** Starts the browser. Throws where there is none: ask `CHROMIUM` first. */
export async function startBrowser(look: BrowserLook = {}): Promise<Browser> {
  if (CHROMIUM === null) throw new Error(NO_CHROMIUM);
  // Loaded only here: whoever wants nothing but scenarios should not wait for it.
  const { chromium } = await import('playwright-core');
  const profile = mkdtempSync(join(tmpdir(), 'browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    args: FLAGS,
    viewport: { width: look.width ?? 1_440, height: look.height ?? 900 },
    colorScheme: look.scheme ?? 'light',
    reducedMotion: 'reduce',
    forcedColors: look.forcedColors === true ? 'active' : 'none',
    hasTouch: look.touch ?? false,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    acceptDownloads: true,
  });
  return {
    context,
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
