/** What the administrator of a first start sees: the companies, and all events of one, page by page. */
import type { ServerProcess } from './server-process.ts';

const PAGE_ROWS = 500;

export interface Company {
  readonly id: number;
  readonly name: string;
}

export interface StoredRow {
  readonly computer: string;
  readonly time: string;
  readonly user: string | null;
  readonly signal: string;
}

export interface Portal {
  companies(): Promise<readonly Company[]>;
  /** Makes a company with a site; the key of it. */
  createCompany(name: string): Promise<{ readonly id: number; readonly key: string }>;
  /** Every event of a company. */
  events(companyId: number): Promise<readonly StoredRow[]>;
  /** What the daily totals say. */
  totalEvents(companyId: number): Promise<number>;
}

const secretIn = (said: string, label: RegExp): string => {
  const found = label.exec(said)?.[1];
  if (found === undefined) throw new Error(`not said: ${label}`);
  return found;
};
export const firstKey = (server: ServerProcess): string => secretIn(server.said(), /API key {8}(\S+)/);

/** The password that the first start made up for `superadmin`. */
export const firstPassword = (server: ServerProcess): string => secretIn(server.said(), /password {7}(\S+)/);

/** What somebody who signed in may ask; anything but success is an error that begins with path and status. */
export type Ask = <T>(path: string, method?: string, body?: unknown) => Promise<T>;

/** Signs somebody in. */
export async function signedIn(address: string, login: string, password: string): Promise<Ask> {
  const answer = await fetch(`${address}/api/v1/account/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  });
  const answered = (await answer.json()) as { csrfToken?: string };
  if (!answer.ok) throw new Error(`no way in: ${JSON.stringify(answered)}`);
  const headers = {
    cookie: answer.headers.getSetCookie()[0]!.split(';')[0]!,
    'x-csrf-token': answered.csrfToken ?? '',
    'content-type': 'application/json',
  };
  return async <T>(path: string, method = 'GET', body?: unknown): Promise<T> => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const told = await fetch(`${address}/api/v1/${path}`, { method, headers, ...sent });
    if (!told.ok) throw new Error(`${path}: ${told.status} ${await told.text()}`);
    const isJson = told.headers.get('content-type')?.includes('json') === true;
    return (isJson ? await told.json() : new Uint8Array(await told.arrayBuffer())) as T;
  };
}

/** Signs in with what the first start showed. */
export async function enterPortal(server: ServerProcess, saidBy = server): Promise<Portal> {
  const ask = await signedIn(server.address, 'superadmin', firstPassword(saidBy));
  return {
    companies: async () => (await ask<{ rows: Company[] }>('companies')).rows,
    async createCompany(name) {
      const made = await ask<{ companyId: number; apiKey: { key: string } }>('companies', 'POST', { name });
      return { id: made.companyId, key: made.apiKey.key };
    },
    async events(companyId) {
      const rows: StoredRow[] = [];
      let cursor: string | null = null;
      do {
        const from: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
        const page: { rows: StoredRow[]; next: string | null } = await ask(
          `companies/${companyId}/events?limit=${PAGE_ROWS}${from}`,
        );
        rows.push(...page.rows);
        cursor = page.next;
      } while (cursor !== null);
      return rows;
    },
    totalEvents: async (companyId) =>
      (await ask<{ events: number }>(`companies/${companyId}/events/totals`)).events,
  };
}
