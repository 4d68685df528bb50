/** Keys of the original, which were its sites: agents go on with the key they have. */
import { storedKeyOf } from '../../../access/keys/key-text.ts';
import { nameKey } from '../../../access/portal/email.ts';
import { newId } from '../../ids.ts';
import { flagOf, textOf } from './cells.ts';
import { type CompanyNumbers, companyOf } from './companies.ts';
import type { MoveGround } from './ground.ts';
import type { OriginalRow } from './original.ts';

const TABLE = 'app_auth_api_keys';
const NAME_CHARS_MAX = 100;
/** The original named the first site of a company so; a key without a description is of it. */
const UNNAMED = 'HO';

export interface SitePlace {
  readonly companyId: number;
  readonly siteId: number;
}

/** The site of each of the original's keys. */
export type SitePlaces = ReadonlyMap<number, SitePlace>;

export async function takeKeys(
  ground: MoveGround,
  rows: readonly OriginalRow[],
  companies: CompanyNumbers,
): Promise<SitePlaces> {
  const places = new Map<number, SitePlace>();
  for (const row of rows) {
    const companyId = companyOf(companies, row.company_id);
    if (companyId === undefined) {
      const place = { table: TABLE, row: row.id, field: 'company_id' };
      ground.report.leaveOut(place, row.company_id, 'a company that was taken over');
      continue;
    }
    const siteId = await takeKey(ground, row, companyId);
    if (siteId !== null) places.set(row.id, { companyId, siteId });
  }
  return places;
}

/** The site of the key, also where the key itself opens nothing here. Null if the key is another company's. */
async function takeKey(ground: MoveGround, row: OriginalRow, companyId: number): Promise<number | null> {
  const { trx, report, nowMs, instantOf } = ground;
  const place = { table: TABLE, row: row.id, field: 'key' };
  const stored = storedKeyOf(textOf(row.key) ?? '');
  if (stored === null) {
    // The text is not told on: whoever reads the report need not see a secret.
    report.leaveOut(place, null, '64 hexadecimal digits in lower case');
    return siteNamed(ground, row, companyId);
  }
  const known = await trx
    .selectFrom('api_keys')
    .select(['company_id', 'site_id'])
    .where('key_hash', '=', stored.hash)
    .executeTakeFirst();
  if (known !== undefined && known.company_id !== companyId) {
    report.leaveOut(place, null, 'a key that is not in use by another company here');
    return null;
  }
  report.count(TABLE, known === undefined ? 'added' : 'known');
  if (known !== undefined) return known.site_id;
  const siteId = await siteNamed(ground, row, companyId);
  const key = {
    company_id: companyId,
    id: newId(),
    site_id: siteId,
    description: textOf(row.description),
    prefix: stored.prefix,
    key_hash: stored.hash,
    is_active: (flagOf(row.is_active) ?? row.is_active === undefined) ? (1 as const) : (0 as const),
    created_at: instantOf(row.created_at) ?? nowMs,
    created_by: null,
    expires_at: null,
    last_used_at: instantOf(row.last_used),
    last_used_from: null,
  };
  await trx.insertInto('api_keys').values(key).execute();
  return siteId;
}

/** The site of this name in the company, made if it is not there. */
async function siteNamed(ground: MoveGround, row: OriginalRow, companyId: number): Promise<number> {
  const { trx, nowMs } = ground;
  const name = siteName(ground, row);
  const known = await trx
    .selectFrom('sites')
    .select('id')
    .where('company_id', '=', companyId)
    .where('name_key', '=', nameKey(name))
    .executeTakeFirst();
  if (known !== undefined) return known.id;
  const id = newId();
  const named = { name, name_key: nameKey(name) };
  await trx
    .insertInto('sites')
    .values({ company_id: companyId, id, ...named, is_active: 1, created_at: nowMs })
    .execute();
  return id;
}

function siteName({ report }: MoveGround, row: OriginalRow): string {
  const written = textOf(row.description)?.trim() || UNNAMED;
  const characters = [...written];
  if (characters.length <= NAME_CHARS_MAX) return written;
  const name = characters.slice(0, NAME_CHARS_MAX).join('').trim();
  const place = { table: TABLE, row: row.id, field: 'description' };
  report.change(place, written, `a site's name of at most ${NAME_CHARS_MAX} characters; it was cut`);
  return name;
}
