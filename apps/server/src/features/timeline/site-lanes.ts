/** Lanes of sites: what happened at each place of a company, whoever and on whatever computer. */
import { encodeCursor } from '@logonscope/protocol';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { ignoredChips, type Question } from '../../questions/question.ts';
import { cursorKeys } from '../../questions/scan.ts';
import { askSessions } from '../../questions/sessions.ts';
import { readSome } from '../../questions/some.ts';
import type { Source } from '../../questions/source.ts';
import type { Lane } from './lanes.ts';

/** The id of the lane of sessions whose key belongs to no site. */
const NO_SITE = '0';
const NO_SITE_NAME = '(no site)';
/** Sessions looked at one by one where the database cannot judge the filter. */
const LOOKED_AT_MAX = 100_000;

/** Rows of a site by its lane's id; an id that is no number has none. */
export function onSite(column: RawBuilder<unknown>, id: string): RawBuilder<SqlBool> {
  if (id === NO_SITE) return sql<SqlBool>`${column} is null`;
  const site = /^\d{1,15}$/.test(id) ? Number(id) : -1;
  return sql<SqlBool>`${column} = ${site}`;
}

/** One page of the sites with sessions in the range, by name. There are few sites: all are looked at. */
export async function listSiteLanes(
  source: Source,
  question: Question,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
) {
  const after = cursorKeys(cursor, ['string', 'string']);
  const { companyId } = question;
  const sites = await source.scope
    .sites('session.read')
    .select(['sites.id', 'sites.name'])
    .where('sites.company_id', '=', companyId)
    .execute();
  const lanes: Lane[] = [];
  let ignored: ReturnType<typeof ignoredChips> = [];
  for (const { id, name } of [...sites, { id: Number(NO_SITE), name: NO_SITE_NAME }]) {
    const site = String(id);
    const asked = await askSessions(source, question, [onSite(sql.ref('sessions.site_id'), site)]);
    ignored = ignoredChips(asked.ignored);
    const lane = { id: site, name, sessions: 0, useMs: 0, firstStart: Number.POSITIVE_INFINITY };
    await readSome(asked.scan({ sort: 'start', order: 'asc' }), LOOKED_AT_MAX, ({ start, useMs }) => {
      lane.sessions += 1;
      lane.useMs += useMs;
      lane.firstStart = Math.min(lane.firstStart, start);
    });
    if (lane.sessions > 0) lanes.push(lane);
  }
  const key = ({ name, id }: Lane) => [name, id] as const;
  const isAfter = (lane: Lane) =>
    after === null || compare(key(lane), [String(after[0]), String(after[1])]) > 0;
  const rest = lanes.sort((a, b) => compare(key(a), key(b))).filter(isAfter);
  const shown = rest.slice(0, limit);
  const last = shown.at(-1);
  return { lanes: shown, next: rest.length > limit ? encodeCursor([last!.name, last!.id]) : null, ignored };
}

function compare(a: readonly [string, string], b: readonly [string, string]): number {
  const [one, other] = a[0] === b[0] ? [a[1], b[1]] : [a[0], b[0]];
  return one < other ? -1 : one > other ? 1 : 0;
}
