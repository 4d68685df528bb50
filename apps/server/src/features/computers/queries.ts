/** Computers of a company: what there is of each, and who was seen there. */
import { encodeCursor } from '@logonscope/protocol';
import { sql } from 'kysely';
import { fitsPattern } from '../../questions/like.ts';
import { cursorKeys } from '../../questions/scan.ts';
import type { Source } from '../../questions/source.ts';
import {
  failedLogons,
  personalSessions,
  reachOf,
  SUMS,
  searchPattern,
  summaryOf,
  type Within,
} from '../../questions/summaries.ts';

/** People of one computer that are listed; a terminal server has hundreds. */
const SEEN_MAX = 500;

interface PageWish {
  readonly search: string;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

function computers({ scope }: Source, companyId: number) {
  return scope
    .computers()
    .leftJoin('sites', (join) =>
      join.onRef('sites.company_id', '=', 'computers.company_id').onRef('sites.id', '=', 'computers.site_id'),
    )
    .select(['computers.id', 'computers.name', 'computers.fqdn', 'sites.name as site'])
    .select(['computers.agent_version', 'computers.last_seen_at'])
    .where('computers.company_id', '=', companyId);
}

type Row = Awaited<ReturnType<ReturnType<typeof computers>['execute']>>[number];

/** One page of computers by name. */
export async function listComputers(source: Source, within: Within, { search, cursor, limit }: PageWish) {
  const after = cursorKeys(cursor, ['string']);
  let query = computers(source, within.companyId);
  if (search.trim() !== '') {
    query = query.where(fitsPattern(sql.ref('computers.name'), searchPattern(search.toUpperCase())));
  }
  if (after !== null) query = query.where('computers.name', '>', String(after[0]));
  const rows = await query
    .orderBy('computers.name')
    .modifyEnd(source.limit(limit + 1))
    .execute();
  const shown = rows.slice(0, limit);
  const next = rows.length > limit ? encodeCursor([shown.at(-1)!.name]) : null;
  return { rows: await toWire(source, within, shown), next };
}

async function toWire(source: Source, within: Within, rows: readonly Row[]) {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const reach = await reachOf(source, within);
  const sums = await personalSessions(source, reach)
    .select('sessions.computer_id')
    .select(sql<number>`count(distinct sessions.account)`.as('people'))
    .select(SUMS)
    .where('sessions.computer_id', 'in', ids)
    .groupBy('sessions.computer_id')
    .execute();
  const sumsOf = new Map(sums.map((sum) => [sum.computer_id, sum]));
  const failed = await failedLogons(source, within, 'computer_id', ids);
  return rows.map(({ id, name, fqdn, site, agent_version, last_seen_at }) => ({
    id,
    name,
    fqdn,
    site,
    agentVersion: agent_version,
    reportedAt: new Date(last_seen_at).toISOString(),
    people: Number(sumsOf.get(id)?.people ?? 0),
    ...summaryOf(sumsOf.get(id), failed.get(id) ?? 0),
  }));
}

/** One computer and the people seen there; null if the company has none of that name. */
export async function findComputer(source: Source, within: Within, name: string) {
  const row = await computers(source, within.companyId)
    .where('computers.name', '=', name.trim().split('.', 1)[0]!.toUpperCase())
    .executeTakeFirst();
  if (row === undefined) return null;
  const [wire] = await toWire(source, within, [row]);
  const use = sql<number>`sum(sessions.use_ms)`;
  const seen = await personalSessions(source, await reachOf(source, within))
    .select(['sessions.account', sql<string>`min(sessions.user_name)`.as('user_name')])
    .select([sql<number>`count(*)`.as('sessions'), use.as('use_ms')])
    .where('sessions.computer_id', '=', row.id)
    .groupBy('sessions.account')
    .orderBy(use, 'desc')
    .orderBy('sessions.account')
    .modifyEnd(source.limit(SEEN_MAX))
    .execute();
  return {
    ...wire!,
    seen: seen.map(({ account, user_name, sessions, use_ms }) => ({
      id: account,
      user: user_name,
      sessions: Number(sessions),
      useSeconds: Number(use_ms) / 1000,
    })),
  };
}
