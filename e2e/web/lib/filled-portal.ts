/** A portal whose company holds the sample logs, for pages that are compared with what the command line says of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startWebPortal, type WebPortal } from './web-portal.ts';

const SAMPLES = join(import.meta.dirname, '../../../samples/simulated');
/** Folders of the sample logs, as the command line is given them. */
export const SAMPLE_FILES: readonly string[] = ['terminal-server-day', 'workstation-week'].flatMap((folder) =>
  readdirSync(join(SAMPLES, folder))
    .filter((name) => name.endsWith('.evtx'))
    .map((name) => join(SAMPLES, folder, name)),
);

const ASK_AGAIN_MS = 100;

export interface FilledPortal extends WebPortal {
  /** Path of the company's pages, `/c/1234`. */
  readonly company: string;
  /** Reads a file as the page of imports does; resolves when it is read to its end. */
  importFile(name: string, bytes: Uint8Array): Promise<void>;
}

/** The company and a way to upload, by the API's own sign-in. */
async function signedIn({ address, password }: WebPortal) {
  const answer = await fetch(`${address}/api/v1/account/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: 'superadmin', password }),
  });
  const { csrfToken } = (await answer.json()) as { csrfToken: string };
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const headers = { cookie, 'x-csrf-token': csrfToken, origin: address };
  const { rows } = (await (await fetch(`${address}/api/v1/companies`, { headers })).json()) as {
    rows: { id: number }[];
  };
  return { headers, companyId: rows[0]!.id };
}

/** Starts a portal and reads the sample logs into it. */
export async function startFilledPortal(): Promise<FilledPortal> {
  const portal = await startWebPortal();
  const { headers, companyId } = await signedIn(portal);
  const importFile = async (name: string, bytes: Uint8Array) => {
    const query = new URLSearchParams({ company: String(companyId), name, timezone: 'UTC' });
    const sent = await fetch(`${portal.address}/api/v1/imports?${query}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/octet-stream' },
      body: bytes as BodyInit,
    });
    if (sent.status !== 202) throw new Error(`The file was refused: ${sent.status} ${await sent.text()}`);
    let { id, state } = (await sent.json()) as { id: number; state: string };
    while (state === 'waiting' || state === 'running') {
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
      const asked = await fetch(`${portal.address}/api/v1/imports/${id}`, { headers });
      ({ id, state } = (await asked.json()) as { id: number; state: string });
    }
    if (state !== 'done') throw new Error(`The file ${name} was not read: ${state}`);
  };
  for (const path of SAMPLE_FILES) await importFile(path.split('/').at(-1)!, readFileSync(path));
  return { ...portal, company: `/c/${companyId}`, importFile };
}
