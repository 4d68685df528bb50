/** A portal on one database, and requests that go through every route once. */
import {
  openTestPortal,
  type TestCompany,
  type TestPerson,
  type TestPortal,
} from '../http/testdata/portal.ts';
import { createMetrics } from '../operations/metrics.ts';
import { openParts, type Parts } from '../parts.ts';
import { readServerSettings, wrongSettingsText } from '../settings.ts';

/** A portal with all routes and what has to be closed behind it. */
export interface WholePortal {
  readonly portal: TestPortal;
  readonly boss: TestPerson;
  readonly company: TestCompany;
  /** Answers of the boss's requests; a server's failure is thrown with the request. */
  ask(method: string, path: string, body?: object): Promise<{ status: number; body: unknown }>;
  /** What the server does by itself every little while. */
  tick(): Promise<void>;
  close(): Promise<void>;
}

export async function wholePortal(url: string, now: () => number): Promise<WholePortal> {
  let parts: Parts | null = null;
  const plenty = { limit: 1e9, periodSeconds: 1 };
  const portal = await openTestPortal({
    url,
    now,
    limits: { login: plenty, register: plenty },
    routes({ store, folder }) {
      const loaded = readServerSettings({ argv: ['--log-level', 'silent'], folder });
      if (!loaded.ok) throw new Error(wrongSettingsText(loaded.wrong));
      const settings = { ...loaded.values, instanceFolder: folder, databaseUrl: url };
      const trouble = (error: unknown) => console.error(error);
      const common = { settings, store, secretKey: 'x'.repeat(32), secure: false, clock: now, trouble };
      parts = openParts({ ...common, metrics: createMetrics() });
      return parts.routes;
    },
  });
  const boss = await portal.addPerson('boss', 'GlobalAdmin');
  const company = await portal.addCompany('Alpha');
  return {
    portal,
    boss,
    company,
    async ask(method, path, body) {
      const address = path.replace(':company', String(company.companyId));
      const answer = await portal.app.inject({
        method: method as 'GET',
        url: `/api/v1/${address}`,
        headers: boss.headers,
        ...(body === undefined ? {} : { payload: body }),
      });
      if (answer.statusCode >= 400)
        throw new Error(`${method} ${address}: ${answer.statusCode} ${answer.body}`);
      const isJson = /^application\/json/.test(String(answer.headers['content-type']));
      return { status: answer.statusCode, body: isJson ? answer.json() : null };
    },
    tick: async () => parts?.access.tick(),
    async close() {
      parts?.stop();
      await parts?.close();
      await portal.close();
    },
  };
}
