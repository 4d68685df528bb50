/** A portal with its web app for one test file: server, built app, browser, and the first administrator. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readServerSettings, type StartedServer, startServer, wrongSettingsText } from '@logonscope/server';
import {
  type Browser,
  type BrowserLook,
  openPage,
  startBrowser,
  type WatchedPage,
} from '@logonscope/testkit';
import type { Page } from 'playwright-core';

const BUILD = fileURLToPath(new URL('../../../apps/web/build.ts', import.meta.url));

export interface WebPortal {
  readonly address: string;
  readonly password: string;
  readonly apiKey: string;
  /** Sends one event as agents of old do. */
  send(event: Readonly<Record<string, string>>): Promise<void>;
  /** A page in a browser of its own: nobody is signed in there. */
  open(look?: BrowserLook): Promise<WatchedPage>;
  /** A page in which the first administrator is signed in. */
  openSignedIn(look?: BrowserLook): Promise<WatchedPage>;
  close(): Promise<void>;
}

/** Fills in the sign-in form as a person does. */
export async function signIn(page: Page, name: string, password: string): Promise<void> {
  await page.getByLabel('User name or e-mail address').fill(name);
  await page.getByLabel(/^Password/).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Builds the app where its sources changed since. */
export function buildWeb(): void {
  execFileSync(process.execPath, [BUILD, '--if-needed'], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Starts a portal on a free port with the app as it is in the sources now. */
export async function startWebPortal(...argv: string[]): Promise<WebPortal> {
  buildWeb();
  const folder = mkdtempSync(join(tmpdir(), 'web-portal-'));
  const loaded = readServerSettings({ argv: ['--port', '0', '--log-level', 'error', ...argv], folder });
  if (!loaded.ok) throw new Error(wrongSettingsText(loaded.wrong));
  const server: StartedServer = await startServer(loaded.values, {
    say: () => {},
    logTo: { write: () => {} },
  });
  const { password, apiKey } = server.first!;
  const browsers: Browser[] = [];
  const open = async (look: BrowserLook = {}) => {
    const browser = await startBrowser(look);
    browsers.push(browser);
    return openPage(browser.context, server.address);
  };
  return {
    address: server.address,
    password,
    apiKey,
    async send(event) {
      const answer = await fetch(`${server.address}/api/log_event`, {
        method: 'POST',
        headers: { 'x-api-key': apiKey, 'content-type': 'application/json' },
        body: JSON.stringify(event),
      });
      if (!answer.ok) throw new Error(`The event was refused: ${answer.status} ${await answer.text()}`);
    },
    open,
    async openSignedIn(look) {
      const watched = await open(look);
      await watched.page.goto(`${server.address}/login`);
      await signIn(watched.page, 'superadmin', password);
      await watched.page.waitForURL(/\/c\/\d+/);
      return watched;
    },
    async close() {
      for (const browser of browsers) await browser.close();
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
