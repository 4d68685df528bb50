/** What `logonscope db` can do with an installation's database: one function for each word. */
import { statSync } from 'node:fs';
import type { ServerSettings } from '@logonscope/server';
import { withoutCredentials } from '@logonscope/settings';
import { visible } from '@logonscope/writers';
import { CLEAN, type ExitStatus, WITH_PROBLEMS } from '../exit-status.ts';
import { counted, type Maintenance, type Store, say, withInstallation } from '../store-work.ts';
import type { Terminal } from '../terminal.ts';

export interface DbWork {
  readonly settings: ServerSettings;
  /** Of backup and restore. */
  readonly file: string;
  /** Address of the database to copy to. */
  readonly to: string;
  /** Of rebuild; null is all of them. */
  readonly company: string | null;
  readonly terminal: Terminal;
}

type CopiedTable = Awaited<ReturnType<Maintenance['copyStore']>>[number];

/** Brings the schema up to date, which may be to make it. */
export function migrateDatabase({ settings, terminal }: DbWork): Promise<ExitStatus> {
  return withInstallation<ExitStatus>(settings, 'make', async (store, maintenance) => {
    const applied = await store.migrate();
    if (settings.databaseAdminUrl !== null) await maintenance.migrateDatabase(settings);
    for (const name of applied) say(terminal, `applied ${name}`);
    say(terminal, `${withoutCredentials(settings.databaseUrl)} is up to date`);
    return CLEAN;
  });
}

/** Reads everything and says what is wrong. */
export function checkDatabase({ settings, terminal }: DbWork): Promise<ExitStatus> {
  return withInstallation<ExitStatus>(settings, 'inspect', async (store, { schemaState, checkStore }) => {
    const { missing } = await schemaState(store);
    for (const name of missing) say(terminal, `schema   ${name} is missing; run: logonscope db migrate`);
    if (missing.length > 0) return WITH_PROBLEMS;
    const companies = await companyNames(store);
    const faults = await checkStore(store);
    for (const { code, companyId, computer, message } of faults) {
      const where = [companies.get(companyId) ?? `company ${companyId}`, computer].filter(
        (word) => word !== null,
      );
      say(terminal, `${visible(where.join(', '))}   ${code}   ${message}`);
    }
    const mended = faults.some(({ code }) => code === 'sessions-differ');
    if (mended) say(terminal, '→ Sessions are made anew from their events by: logonscope db rebuild');
    if (faults.length > 0) return WITH_PROBLEMS;
    say(terminal, `${withoutCredentials(settings.databaseUrl)} is in order`);
    return CLEAN;
  });
}

async function companyNames({ db }: Store): Promise<ReadonlyMap<number, string>> {
  const rows = await db.selectFrom('companies').select(['id', 'name']).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Moves the whole installation to another database, with a count and a checksum for each table. */
export function copyDatabase({ settings, to, terminal }: DbWork): Promise<ExitStatus> {
  return withInstallation<ExitStatus>(settings, 'read', async (store, { openNew, copyStore }) => {
    const target = await openNew(to, process.cwd());
    try {
      tellTables(terminal, await copyStore(store, target));
    } finally {
      await target.close();
    }
    say(terminal, `copied to ${withoutCredentials(to)}; what arrived was read again and is the same`);
    return CLEAN;
  });
}

function tellTables(terminal: Terminal, tables: readonly CopiedTable[]): void {
  const widest = Math.max(...tables.map(({ table }) => table.length));
  for (const { table, rows, digest } of tables)
    say(terminal, `${table.padEnd(widest)}   ${counted(rows).padStart(12)} rows   sha256 ${digest}`);
}

/** Writes everything to one new file, also while a server runs. */
export function backUpDatabase({ settings, file, terminal }: DbWork): Promise<ExitStatus> {
  return withInstallation<ExitStatus>(settings, 'read', async (store, { backup }) => {
    await backup(store, file);
    say(terminal, `wrote ${visible(file)} (${counted(statSync(file).size)} bytes); secret.key is not in it`);
    return CLEAN;
  });
}

/** Fills a database that is empty from such a file. */
export function restoreDatabase({ settings, file, terminal }: DbWork): Promise<ExitStatus> {
  return withInstallation<ExitStatus>(settings, 'make', async (store, { restore }) => {
    tellTables(terminal, await restore(store, file));
    say(terminal, `restored ${visible(file)}; what arrived was read again and is the same`);
    return CLEAN;
  });
}

/** Makes all sessions anew from their events. */
export function rebuildDatabase({ settings, company, terminal }: DbWork): Promise<ExitStatus> {
  return withInstallation<ExitStatus>(settings, 'change', async (store, { companyNamed }) => {
    const only = company === null ? null : await companyNamed(store, company);
    const now = Date.now();
    const { computers, sessions, corrected } = await store.events.rebuild(
      now,
      ...(only === null ? [] : [only.id]),
    );
    say(
      terminal,
      `${counted(computers)} computers, ${counted(sessions)} sessions made anew from their events`,
    );
    say(
      terminal,
      corrected === 0
        ? 'nothing differed'
        : `${counted(corrected)} were missing, different or too many; they are right now`,
    );
    return CLEAN;
  });
}
