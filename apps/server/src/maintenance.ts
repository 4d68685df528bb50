/** An installation without its server: opened for the commands that migrate, check, copy, keep and mend it. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { withoutCredentials } from '@logonscope/settings';
import { databaseFile, openStore, type Store, schemaState } from './db/index.ts';
import type { ServerSettings } from './settings.ts';

export { backup, checkStore, copyStore, restore, schemaState } from './db/index.ts';
export { importLocal } from './features/ingest/imports/import-local.ts';
export { migrateDatabase } from './operations/database.ts';

/**
 * What is to be done with the store. To inspect and to read hold up no server that runs; to read and to change need a
 * database that is up to date; to make takes one that is new.
 */
type Use = 'inspect' | 'read' | 'change' | 'make';

const MUST_BE_CURRENT: ReadonlySet<Use> = new Set(['read', 'change']);

/** Opens the database of these settings; throws, saying what to do, where it cannot serve the use. */
export async function openInstallation(
  settings: Pick<ServerSettings, 'databaseUrl' | 'databaseAdminUrl' | 'instanceFolder'>,
  use: Use,
): Promise<Store> {
  // The tables' owner, where there is one of its own: commands work on all companies.
  const databaseUrl = settings.databaseAdminUrl ?? settings.databaseUrl;
  const { instanceFolder } = settings;
  if (use === 'make') return openNew(databaseUrl, instanceFolder);
  const file = databaseFile(databaseUrl, instanceFolder);
  if (file !== null && !existsSync(file)) throw new Error(`There is no database at ${file}`);
  const readOnly = use === 'inspect' || use === 'read';
  const store = await openStore(databaseUrl, { folder: instanceFolder, readOnly });
  if (!MUST_BE_CURRENT.has(use)) return store;
  try {
    const { missing } = await schemaState(store);
    if (missing.length === 0) return store;
    const shown = withoutCredentials(databaseUrl);
    throw new Error(`${shown} lacks ${missing.join(', ')}; run: logonscope db migrate`);
  } catch (error) {
    await store.close();
    throw error;
  }
}

/**
 * Opens a database to be filled; relative SQLite files are taken from `folder`. A file that is new can be read by its
 * owner only, for it will hold hashes of passwords.
 */
export async function openNew(url: string, folder: string): Promise<Store> {
  const file = databaseFile(url, folder);
  if (file !== null && !existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, '', { flag: 'a', mode: 0o600 });
  }
  return openStore(url, { folder });
}

/** A company by its name, in any case; throws with the names there are. */
export async function companyNamed({ db }: Store, name: string): Promise<{ id: number; name: string }> {
  const companies = await db
    .selectFrom('companies')
    .select(['id', 'name', 'name_key'])
    .orderBy('name')
    .execute();
  const found = companies.find(({ name_key }) => name_key === name.trim().toLowerCase());
  if (found !== undefined) return found;
  throw new Error(`There is no company ${JSON.stringify(name)}; there ${areNamed(companies)}`);
}

/** A site of a company by its name, in any case. */
export async function siteNamed({ db }: Store, companyId: number, name: string): Promise<{ id: number }> {
  const sites = await db
    .selectFrom('sites')
    .select(['id', 'name', 'name_key'])
    .where('company_id', '=', companyId)
    .orderBy('name')
    .execute();
  const found = sites.find(({ name_key }) => name_key === name.trim().toLowerCase());
  if (found !== undefined) return found;
  throw new Error(`The company has no site ${JSON.stringify(name)}; there ${areNamed(sites)}`);
}

/** A terminal holds a few names; whoever has more knows them. */
const NAMED_MAX = 10;

function areNamed(rows: readonly { name: string }[]): string {
  if (rows.length === 0) return 'is none';
  const named = rows.slice(0, NAMED_MAX).map(({ name }) => JSON.stringify(name));
  return `is ${named.join(', ')}${rows.length > NAMED_MAX ? ', …' : ''}`;
}
