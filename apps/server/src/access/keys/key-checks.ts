/** Checks the key that an agent sends: the answer is kept for some seconds, so that ingest does not ask each time. */
import type { Kysely } from 'kysely';
import type { Tables } from '../../db/schema.ts';
import { admit, type KeyCaller } from '../caller.ts';
import { type Clock, SECOND_MS } from '../clock.ts';
import { tokenHash } from '../secrets.ts';
import { isKeyText } from './key-text.ts';

/** Other processes hear of a disabled key no later than this; the one that disabled it at once. */
const KEPT_MS = 10 * SECOND_MS;
const KEPT_MAX = 10_000;

export type KeyRefusal = 'missing' | 'unknown' | 'disabled' | 'expired';
export type KeyCheck = { readonly caller: KeyCaller } | { readonly refused: KeyRefusal };

export interface KeyChecks {
  check(text: string | undefined): KeyCheck | Promise<KeyCheck>;
  /** Whether this text was a good key when it was last looked at, however long ago. */
  knows(text: string | undefined): boolean;
  /** Forgets what is known of all keys: called after any of them changed. */
  forget(): void;
}

interface Kept {
  readonly caller: KeyCaller;
  readonly untilMs: number;
  readonly expiresAtMs: number;
}

/** Keeps positive answers only: an unknown key costs its sender a query and the limits of his address. */
export function keyChecks(db: Kysely<Tables>, clock: Clock): KeyChecks {
  const kept = new Map<string, Kept>();
  const asked = new Map<string, Promise<KeyCheck>>();
  let generation = 0;

  async function ask(hash: string): Promise<KeyCheck> {
    const begun = generation;
    const row = await keyRow(db, hash);
    const check = checkOf(row, clock());
    kept.delete(hash);
    // An answer that was on its way while a key changed may be outdated.
    if ('caller' in check && begun === generation) {
      if (kept.size >= KEPT_MAX) kept.clear();
      const expiresAtMs = row?.expires_at ?? Number.POSITIVE_INFINITY;
      kept.set(hash, { caller: check.caller, untilMs: clock() + KEPT_MS, expiresAtMs });
    }
    return check;
  }

  return {
    check(text) {
      if (text === undefined || text === '') return { refused: 'missing' };
      if (!isKeyText(text)) return { refused: 'unknown' };
      const hash = tokenHash(text);
      const known = kept.get(hash);
      const nowMs = clock();
      if (known !== undefined && nowMs < known.untilMs) {
        return nowMs < known.expiresAtMs ? { caller: known.caller } : { refused: 'expired' };
      }
      const running = asked.get(hash);
      if (running !== undefined) return running;
      const answer = ask(hash).finally(() => asked.delete(hash));
      asked.set(hash, answer);
      return answer;
    },
    knows: (text) => text !== undefined && isKeyText(text) && kept.has(tokenHash(text)),
    forget() {
      generation++;
      kept.clear();
      asked.clear();
    },
  };
}

type KeyRow = Awaited<ReturnType<typeof keyRow>>;

/** The one query that cannot know the company: the key tells it. */
function keyRow(db: Kysely<Tables>, hash: string) {
  return db
    .selectFrom('api_keys')
    .innerJoin('companies', 'companies.id', 'api_keys.company_id')
    .innerJoin('sites', (join) =>
      join.onRef('sites.company_id', '=', 'api_keys.company_id').onRef('sites.id', '=', 'api_keys.site_id'),
    )
    .select([
      'api_keys.id',
      'api_keys.company_id',
      'api_keys.site_id',
      'api_keys.expires_at',
      'api_keys.is_active',
      'companies.is_active as company_active',
      'sites.is_active as site_active',
    ])
    .where('api_keys.key_hash', '=', hash)
    .executeTakeFirst();
}

function checkOf(row: KeyRow, nowMs: number): KeyCheck {
  if (row === undefined) return { refused: 'unknown' };
  if (!row.is_active || !row.company_active || !row.site_active) return { refused: 'disabled' };
  if (row.expires_at !== null && row.expires_at <= nowMs) return { refused: 'expired' };
  return { caller: admit({ kind: 'key', keyId: row.id, companyId: row.company_id, siteId: row.site_id }) };
}
