/** Computers and sites that patterns mean, looked up before the question itself. */
import type { Condition, Predicate } from '@logonscope/core';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { type Asked, atLeast, exactly, isOneOf, NEVER } from './asked.ts';
import { fitsPattern } from './like.ts';
import type { Source } from './source.ts';

/** So many computers are named one by one, which lets the database go straight to their rows. */
const NAMED_COMPUTERS_MAX = 20;

/** Which rows lie at a place, for the two patterns that name one. */
export interface Places {
  /** Rows of computers whose short or full name fits. */
  computer(pattern: string): Asked;
  /** Rows of computers whose short name fits. */
  computerName(pattern: string): Asked;
  site(pattern: string): Asked;
}

interface Sites {
  readonly ids: readonly number[];
}

/** Looks up what a condition's patterns mean in one company, for rows of `table`. */
export async function placesOf(
  source: Source,
  {
    companyId,
    table,
    condition,
  }: {
    readonly companyId: number;
    readonly table: 'events' | 'sessions';
    readonly condition: Condition;
  },
): Promise<Places> {
  const byName = new Map<string, readonly number[] | null>();
  const bySite = new Map<string, Sites>();
  for (const predicate of condition.all.flatMap(({ any }) => any)) {
    if (predicate.is === 'site') {
      bySite.set(predicate.pattern, await sitesLike(source, companyId, predicate.pattern));
    }
    const pattern = namePattern(predicate);
    if (pattern === null || byName.has(keyOf(pattern))) continue;
    byName.set(keyOf(pattern), await computersLike(source, companyId, pattern));
  }
  const rowsOf = (pattern: NamePattern): RawBuilder<SqlBool> => {
    const ids = byName.get(keyOf(pattern));
    return ids === null || ids === undefined
      ? ofComputersLike(table, companyId, pattern)
      : isOneOf(sql.ref(`${table}.computer_id`), ids);
  };
  return {
    computer(pattern) {
      const rows = rowsOf(computerPattern(pattern));
      return isAboutShortNames(pattern) ? exactly(rows) : atLeast(rows);
    },
    computerName: (pattern) => exactly(rowsOf(wordPattern(pattern))),
    site(pattern) {
      const ids = bySite.get(pattern)?.ids ?? [];
      return ids.length === 0 ? NEVER : exactly(isOneOf(sql.ref(`${table}.site_id`), ids));
    },
  };
}

/** A pattern of computer names, upper case as names are, and whether full names count too. */
interface NamePattern {
  readonly pattern: string;
  readonly full: boolean;
}

const keyOf = ({ pattern, full }: NamePattern) => `${full} ${pattern}`;

/** What a predicate asks of computer names; null if nothing. A free word looks at short names only. */
function namePattern(predicate: Predicate): NamePattern | null {
  if (predicate.is === 'word') return wordPattern(`*${predicate.pattern}*`);
  return predicate.is === 'computer' ? computerPattern(predicate.pattern) : null;
}

const wordPattern = (pattern: string): NamePattern => ({ pattern: pattern.toUpperCase(), full: false });
const computerPattern = (pattern: string): NamePattern => ({
  pattern: pattern.toUpperCase(),
  full: !isAboutShortNames(pattern),
});

/**
 * A full name begins with the short one and a dot. So a pattern without a dot whose only star is its last character
 * fits the full name just when it fits the short one; without any star it fits no full name.
 */
function isAboutShortNames(pattern: string): boolean {
  if (pattern.includes('.')) return false;
  const star = pattern.indexOf('*');
  return star < 0 || star === pattern.length - 1;
}

function nameFits({ pattern, full: withDomain }: NamePattern): RawBuilder<SqlBool> {
  const short = fitsPattern(sql.ref('computers.name'), pattern);
  if (!withDomain) return short;
  const full = fitsPattern(sql`upper(computers.fqdn)`, pattern);
  return sql<SqlBool>`(${short} or ${full})`;
}

/** The computers' numbers; null if there are too many to name. */
async function computersLike(
  { scope, limit }: Source,
  companyId: number,
  pattern: NamePattern,
): Promise<readonly number[] | null> {
  const rows = await scope
    .computers()
    .select('computers.id')
    .where('computers.company_id', '=', companyId)
    .where(nameFits(pattern))
    .orderBy('computers.id')
    .modifyEnd(limit(NAMED_COMPUTERS_MAX + 1))
    .execute();
  return rows.length > NAMED_COMPUTERS_MAX ? null : rows.map(({ id }) => id);
}

/** `+ 0` keeps the database from sorting all rows of many computers instead of reading a page in order. */
function ofComputersLike(table: string, companyId: number, pattern: NamePattern): RawBuilder<SqlBool> {
  return sql<SqlBool>`${sql.ref(`${table}.computer_id`)} + 0 in (
    select computers.id from computers where computers.company_id = ${companyId} and ${nameFits(pattern)})`;
}

async function sitesLike({ scope }: Source, companyId: number, pattern: string): Promise<Sites> {
  const rows = await scope
    .sites('session.read')
    .select('sites.id')
    .where('sites.company_id', '=', companyId)
    .where(fitsPattern(sql.ref('sites.name_key'), pattern.toLowerCase()))
    .execute();
  return { ids: rows.map(({ id }) => id) };
}
