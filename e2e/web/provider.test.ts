/** Signing in through a provider in a real browser: there and back, let in or told why not, and out again. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  barriers,
  CHROMIUM,
  NO_CHROMIUM,
  type OidcProvider,
  screenshot,
  startOidcProvider,
} from '@logonscope/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWebPortal, type WebPortal } from './lib/web-portal.ts';

if (CHROMIUM === null) console.log(NO_CHROMIUM);

/** Where people come back to has to be known before the server listens. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as { port: number };
  await new Promise((closed) => server.close(closed));
  return port;
}

describe.skipIf(CHROMIUM === null)('signing in through a provider', () => {
  let portal: WebPortal;
  let provider: OidcProvider;
  let folder: string;
  beforeAll(async () => {
    const address = `http://127.0.0.1:${await freePort()}`;
    provider = await startOidcProvider({
      ...{ clientId: 'logonscope', clientSecret: null, now: Date.now },
      callbackUrl: `${address}/api/v1/account/provider/callback`,
    });
    folder = mkdtempSync(join(tmpdir(), 'provider-'));
    const config = join(folder, 'config.ini');
    writeFileSync(
      config,
      `[oidc]\nOIDC_ISSUER = ${provider.issuer}\nOIDC_CLIENT_ID = logonscope\nOIDC_LABEL = Sign in with Example
OIDC_CREATE_USERS = true\nOIDC_COMPANY = My company\nOIDC_DOMAINS = example.com\n`,
    );
    const port = new URL(address).port;
    portal = await startWebPortal('--config', config, '--public-url', address, '--port', port);
  });
  afterAll(async () => {
    await portal?.close();
    await provider?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('leads there and back to where somebody wanted, who is a member from then on', async () => {
    provider.person = { sub: 'zoe', email: 'zoe@example.com', email_verified: true };
    const { page, troubles } = await portal.open();
    await page.goto(`${portal.address}/`);
    await page.waitForURL(/\/login/);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await screenshot(page, 'sign-in-provider');
    await page.getByRole('link', { name: 'Sign in with Example' }).click();
    await page.waitForURL(/\/c\/\d+/);
    const account = await page.evaluate(async () => (await fetch('/api/v1/account')).json());
    expect(account).toMatchObject({ email: 'zoe@example.com', signedInBy: 'provider', hasPassword: false });
    expect(troubles).toEqual([]);
  });

  it('tells somebody who is not let in why, on the page of the sign-in', async () => {
    provider.person = { sub: 'eve', email: 'eve@elsewhere.example', email_verified: true };
    const { page } = await portal.open();
    await page.goto(`${portal.address}/login`);
    await page.getByRole('link', { name: 'Sign in with Example' }).click();
    await page.waitForURL(/problem=account%2Fprovider-domain/);
    await page.getByText('Addresses of your domain may not sign in here.').waitFor();
    await screenshot(page, 'sign-in-provider-refused');
    expect(await barriers(page)).toEqual([]);
    const status = await page.evaluate(async () => (await fetch('/api/v1/account')).status);
    expect(status).toBe(401);
  });
});
