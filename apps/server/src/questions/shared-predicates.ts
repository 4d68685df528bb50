/** Predicates that sessions and events answer alike: who, where, from where. */
import { isSidPattern, type Predicate, parseAccount } from '@logonscope/core';
import { sql } from 'kysely';
import { type Asked, atLeast, either, exactly, NEVER, NOT_ASKED } from './asked.ts';
import { fitsPattern } from './like.ts';
import type { Places } from './places.ts';

/** Longer names are cut in the column, so longer patterns are left to the pure evaluation. */
const KEPT_CHARS = 255;
const ADDRESS_CHARS = 64;
/** What Windows writes where it knows no account: kept under the name instead, see `accountKey`. */
const NOBODY = 's-1-0-0';

/** A predicate on columns both tables have; null if only one of them can answer. */
export function askShared(predicate: Predicate, table: 'events' | 'sessions', places: Places): Asked | null {
  const column = (name: string) => sql.ref<string | null>(`${table}.${name}`);
  switch (predicate.is) {
    case 'word': {
      if (predicate.pattern.length > KEPT_CHARS) return NOT_ASKED;
      const pattern = `*${predicate.pattern}*`;
      const user = fitsPattern(column('user_name'), pattern.toLowerCase());
      return exactly(either([user, places.computerName(pattern).where!]));
    }
    case 'account':
      return askAccount(predicate.pattern, column);
    case 'computer':
      return places.computer(predicate.pattern);
    case 'site':
      return places.site(predicate.pattern);
    case 'address':
      return askAddress(predicate.pattern, column);
    default:
      return null;
  }
}

function askAccount(
  pattern: string,
  column: (name: string) => ReturnType<typeof sql.ref<string | null>>,
): Asked {
  if (pattern.length > KEPT_CHARS) return NOT_ASKED;
  const user = column('user_name');
  if (!pattern.includes('*')) {
    const query = parseAccount(pattern);
    if (query.by === 'sid') {
      return query.sid.toLowerCase() === NOBODY
        ? NOT_ASKED
        : exactly(fitsPattern(column('account'), query.sid));
    }
    const fits = fitsPattern(user, query.user);
    return query.domain === null ? exactly(fits) : atLeast(fits);
  }
  // A short pattern of SIDs might also fit the one that the column does not keep.
  if (isSidPattern(pattern)) {
    return NOBODY.startsWith(pattern.slice(0, pattern.indexOf('*')).toLowerCase())
      ? NOT_ASKED
      : atLeast(fitsPattern(column('account'), pattern.toUpperCase()));
  }
  const slash = pattern.lastIndexOf('\\');
  const name = pattern.slice(slash + 1).toLowerCase();
  return slash < 0
    ? exactly(fitsPattern(user, name))
    : atLeast(fitsPattern(user, name === '' ? '*' : `*${name}`));
}

function askAddress(
  pattern: string,
  column: (name: string) => ReturnType<typeof sql.ref<string | null>>,
): Asked {
  const wanted = pattern.trim().toLowerCase();
  if (wanted.length > ADDRESS_CHARS) return NEVER;
  const address = sql<string | null>`lower(${column('source_address')})`;
  const [base = '', bits] = wanted.split('/');
  if (bits === undefined || !/^\d{1,2}$/.test(bits)) return atLeast(fitsPattern(address, wanted));
  // Whole numbers of the block's address are equal in all of it; the rest is arithmetic that SQL spells four ways.
  const fixed = base.split('.').slice(0, Math.floor(Number(bits) / 8));
  return fixed.length === 0 ? NOT_ASKED : atLeast(fitsPattern(address, `${fixed.join('.')}*`));
}
