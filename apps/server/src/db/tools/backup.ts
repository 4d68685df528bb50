/** A backup is a store of its own: one SQLite file, whatever the installation runs on. */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { sql } from 'kysely';
import { openStore, type Store } from '../store.ts';
import { type CopiedTable, copyStore } from './copy.ts';
import { schemaState } from './schema-state.ts';

/** The file holds hashes of passwords and everybody's days: nobody else may read it, not even while it is written. */
const OWNER_ONLY = 0o600;

/**
 * Writes the whole store to a new file; refuses to write over one, and leaves none behind that is not whole. SQLite is
 * copied as it stands at one moment.
 */
export async function backup(store: Store, file: string): Promise<void> {
  const path = resolve(file);
  if (existsSync(path)) throw new Error(`There is a file already: ${path}`);
  writeFileSync(path, '', { flag: 'wx', mode: OWNER_ONLY });
  try {
    await writeBackup(store, path);
  } catch (error) {
    for (const part of [path, `${path}-wal`, `${path}-shm`]) rmSync(part, { force: true });
    throw error;
  }
}

async function writeBackup(store: Store, path: string): Promise<void> {
  if (store.dialect.name === 'sqlite') {
    await sql`vacuum into ${path}`.execute(store.db);
    return;
  }
  const target = await openStore(`sqlite:///${path}`, { folder: '.' });
  try {
    await copyStore(store, target);
    // In one file, so that it can be carried away and read where nothing can be written.
    await sql`pragma journal_mode = delete`.execute(target.db);
  } finally {
    await target.close();
  }
}

/** Fills an empty store from a backup; returns the tables as they arrived. */
export async function restore(store: Store, file: string): Promise<CopiedTable[]> {
  const path = resolve(file);
  if (!existsSync(path)) throw new Error(`There is no backup at ${path}`);
  const source = await openBackup(path);
  try {
    return await copyStore(source, store);
  } finally {
    await source.close();
  }
}

/** A backup of an older program is brought up to date where it lies; any other is only read. */
async function openBackup(path: string): Promise<Store> {
  const url = `sqlite:///${path}`;
  const asItIs = await openStore(url, { folder: '.', readOnly: true });
  try {
    const { applied, missing } = await schemaState(asItIs);
    if (applied.length === 0) throw new Error(`This is no backup of Logonscope: ${path}`);
    if (missing.length === 0) return asItIs;
  } catch (error) {
    await asItIs.close();
    throw error;
  }
  await asItIs.close();
  const source = await openStore(url, { folder: '.' });
  await source.migrate();
  return source;
}
