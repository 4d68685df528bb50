/** What administrators do with sites and their keys: make, rename, disable, rotate, delete; each written down. */
import type { Transaction } from 'kysely';
import { AppError } from '../../app-error.ts';
import { newId } from '../../db/ids.ts';
import type { Tables } from '../../db/schema.ts';
import { type Acting, entryOf, type Ground } from '../acting.ts';
import { HOUR_MS } from '../clock.ts';
import type { Action } from '../roles.ts';
import { audited } from '../trail/audit.ts';
import { newKeyText } from './key-text.ts';

/** Agents are told of a new key by hand or script: until then the old one works on. */
const ROTATION_OVERLAP_HOURS = 24;

/** A key right after it was made: the only time its text is known. */
export interface MadeKey {
  readonly id: number;
  readonly text: string;
  readonly prefix: string;
}

export interface KeyChange {
  readonly description?: string | null;
  readonly active?: boolean;
  readonly expiresAtMs?: number | null;
}

interface KeyPlace {
  readonly companyId: number;
  readonly siteId: number;
  readonly description: string | null;
  readonly expiresAtMs: number | null;
}

/** Makes a key for a site. */
export async function createKey(ground: Ground, acting: Acting, place: KeyPlace): Promise<MadeKey> {
  await acting.scope.requireCompany('key.create', place.companyId);
  const site = await acting.scope
    .sites('key.create')
    .select(['sites.id', 'sites.name'])
    .where('sites.company_id', '=', place.companyId)
    .where('sites.id', '=', place.siteId)
    .executeTakeFirst();
  if (site === undefined) throw new AppError('not-found', 'site/not-found', 'There is no such site.');
  return audited(ground.store, async (trx) => {
    const made = await insertKey(trx, ground, { ...place, createdBy: acting.origin.userId });
    const target = `key:${made.id} ${made.prefix} ${site.name}`;
    const deed = { action: 'key.create', target, companyId: place.companyId };
    return { result: made, entries: [entryOf(ground, acting.origin, deed)] };
  });
}

/** Stores a new key; also used for the first key of a company. */
export async function insertKey(
  trx: Transaction<Tables>,
  { clock }: Ground,
  { companyId, siteId, description, expiresAtMs, createdBy }: KeyPlace & { createdBy: number | null },
): Promise<MadeKey> {
  const id = newId();
  const { text, prefix, hash } = newKeyText(id);
  const row = {
    company_id: companyId,
    id,
    site_id: siteId,
    description,
    prefix,
    key_hash: hash,
    is_active: 1 as const,
    created_at: clock(),
    created_by: createdBy,
    expires_at: expiresAtMs,
    last_used_at: null,
    last_used_from: null,
  };
  await trx.insertInto('api_keys').values(row).execute();
  return { id, text, prefix };
}

interface KeyAddress {
  readonly companyId: number;
  readonly keyId: number;
}

/** The key, if the caller may do this with it; missing and foreign keys are the same. */
async function keyFor({ scope }: Acting, action: Action, { companyId, keyId }: KeyAddress) {
  const row = await scope
    .apiKeys(action)
    .selectAll()
    .where('api_keys.company_id', '=', companyId)
    .where('api_keys.id', '=', keyId)
    .executeTakeFirst();
  if (row === undefined) throw new AppError('not-found', 'key/not-found', 'There is no such key.');
  return row;
}

/** Renames, disables, enables or dates a key. */
export async function changeKey(
  ground: Ground,
  acting: Acting,
  at: KeyAddress,
  change: KeyChange,
): Promise<void> {
  const key = await keyFor(acting, 'key.edit', at);
  const { description, active, expiresAtMs } = change;
  const set = {
    description: description === undefined ? key.description : description,
    is_active: active === undefined ? key.is_active : active ? (1 as const) : (0 as const),
    expires_at: expiresAtMs === undefined ? key.expires_at : expiresAtMs,
  };
  await audited(ground.store, async (trx) => {
    await keyRows(trx, at).set(set).execute();
    const deed = {
      action: 'key.edit',
      target: `key:${key.id} ${key.prefix}`,
      companyId: at.companyId,
      detail: { ...change },
    };
    return { result: undefined, entries: [entryOf(ground, acting.origin, deed)] };
  });
}

function keyRows(trx: Transaction<Tables>, { companyId, keyId }: KeyAddress) {
  return trx.updateTable('api_keys').where('company_id', '=', companyId).where('id', '=', keyId);
}

/** Makes a successor; the old key works on for so many hours, 0 ends it now. */
export async function rotateKey(
  ground: Ground,
  acting: Acting,
  at: KeyAddress,
  overlapHours = ROTATION_OVERLAP_HOURS,
): Promise<MadeKey> {
  const key = await keyFor(acting, 'key.rotate', at);
  const endMs = ground.clock() + overlapHours * HOUR_MS;
  const ends = key.expires_at === null ? endMs : Math.min(key.expires_at, endMs);
  return audited(ground.store, async (trx) => {
    await keyRows(trx, at).set({ expires_at: ends }).execute();
    const made = await insertKey(trx, ground, {
      companyId: at.companyId,
      siteId: key.site_id,
      description: key.description,
      expiresAtMs: null,
      createdBy: acting.origin.userId,
    });
    const target = `key:${key.id} ${key.prefix}`;
    const detail = { successor: made.prefix, overlapHours };
    const deed = { action: 'key.rotate', target, companyId: at.companyId, detail };
    return { result: made, entries: [entryOf(ground, acting.origin, deed)] };
  });
}

/** Deletes a key and its usage; events keep the site they came from. */
export async function deleteKey(ground: Ground, acting: Acting, at: KeyAddress): Promise<void> {
  const key = await keyFor(acting, 'key.delete', at);
  await audited(ground.store, async (trx) => {
    const { companyId, keyId } = at;
    await trx
      .deleteFrom('api_key_usage')
      .where('company_id', '=', companyId)
      .where('key_id', '=', keyId)
      .execute();
    await trx.deleteFrom('api_keys').where('company_id', '=', companyId).where('id', '=', keyId).execute();
    const deed = { action: 'key.delete', target: `key:${key.id} ${key.prefix}`, companyId };
    return { result: undefined, entries: [entryOf(ground, acting.origin, deed)] };
  });
}
