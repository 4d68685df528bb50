/** People of a company: who has sessions, and what there is of each. */
import { type LogonSession, personTime } from '@logonscope/core';
import { type CursorKeys, encodeCursor } from '@logonscope/protocol';
import { type SqlBool, sql } from 'kysely';
import { sessionOfBody } from '../../db/index.ts';
import { isOneOf } from '../../questions/asked.ts';
import { fitsPattern } from '../../questions/like.ts';
import { userNames } from '../../questions/names.ts';
import { cursorKeys } from '../../questions/scan.ts';
import type { Source } from '../../questions/source.ts';
import {
  failedLogons,
  personalSessions,
  type Reach,
  reachOf,
  SUMS,
  searchPattern,
  summaryOf,
  type Within,
} from '../../questions/summaries.ts';

/** Sessions of one person that are put together moment by moment; a year at three a day is a thousand. */
const UNITED_MAX = 20_000;

const NAME = sql<string>`min(sessions.user_name)`;

interface PageWish {
  readonly search: string;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** One page of people by name. */
export async function listPeople(source: Source, within: Within, { search, cursor, limit }: PageWish) {
  const after = cursorKeys(cursor, ['string', 'string']);
  const reach = await reachOf(source, within);
  const wish = { search, after, most: limit + 1 };
  const rows = await (search.trim() === '' ? inOrder(source, reach, wish) : searched(source, reach, wish));
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit ? encodeCursor([last!.user_name, last!.account]) : null;
  return { rows: await toWire(source, within, shown), next };
}

interface Wish {
  readonly search: string;
  /** Name and account of the last one shown. */
  readonly after: CursorKeys | null;
  readonly most: number;
}

/** Whoever fits a search: everybody is looked at. */
function searched(source: Source, reach: Reach, { search, after, most }: Wish): Promise<Grouped[]> {
  let query = grouped(source, reach).where(
    fitsPattern(sql.ref('sessions.user_name'), searchPattern(search.toLowerCase())),
  );
  if (after !== null) {
    const [name, account] = after;
    query = query.having(
      sql<SqlBool>`(${NAME} > ${name} or (${NAME} = ${name} and sessions.account > ${account}))`,
    );
  }
  return query.orderBy(NAME).orderBy('sessions.account').modifyEnd(source.limit(most)).execute();
}

/** Everybody by the first of his names: names are gone through in order, and only what those few have is added up. */
async function inOrder(source: Source, reach: Reach, { after, most }: Wish): Promise<Grouped[]> {
  const people: Grouped[] = [];
  const from = after === null ? null : String(after[0]);
  const isPast = ({ user_name, account }: Grouped) =>
    after === null || user_name > String(after[0]) || (user_name === after[0] && account > String(after[1]));
  for await (const names of userNames(source, reach.companyId, { from, atOnce: most })) {
    const named = await personalSessions(source, reach)
      .where(isOneOf(sql.ref('sessions.user_name'), names))
      .select('sessions.account')
      .groupBy(['sessions.user_name', 'sessions.account'])
      .execute();
    const accounts = [...new Set(named.map(({ account }) => account))];
    const found = await grouped(source, reach)
      .where(isOneOf(sql.ref('sessions.account'), accounts))
      .execute();
    const here = new Set(names);
    people.push(...found.filter((one) => here.has(one.user_name) && isPast(one)).sort(byName));
    if (people.length >= most) break;
  }
  return people.slice(0, most);
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const byName = (a: Grouped, b: Grouped) => compare(a.user_name, b.user_name) || compare(a.account, b.account);

function grouped(source: Source, reach: Reach) {
  return personalSessions(source, reach)
    .select(['sessions.account', NAME.as('user_name')])
    .select(sql<number>`count(distinct sessions.computer_id)`.as('computers'))
    .select(SUMS)
    .groupBy('sessions.account');
}

type Grouped = Awaited<ReturnType<ReturnType<typeof grouped>['execute']>>[number];

async function toWire(source: Source, within: Within, rows: readonly Grouped[]) {
  const names = await shownNames(source, within, rows);
  const failed = await failedLogons(
    source,
    within,
    'user_name',
    rows.map(({ user_name }) => user_name),
  );
  return rows.map((row) => ({
    id: row.account,
    name: names.get(row.account) ?? row.user_name,
    user: row.user_name,
    computers: Number(row.computers),
    ...summaryOf(row, failed.get(row.user_name) ?? 0),
  }));
}

/** `CORP\Ana`, as the newest session of each writes it. */
async function shownNames({ scope }: Source, { companyId }: Within, rows: readonly Grouped[]) {
  if (rows.length === 0) return new Map<string, string>();
  const newest = new Map(rows.map(({ account, last_start }) => [account, Number(last_start)]));
  const found = await scope
    .sessions()
    .select(['sessions.account', 'sessions.start_at', 'sessions.body'])
    .where('sessions.company_id', '=', companyId)
    .where(isOneOf(sql.ref('sessions.account'), [...newest.keys()]))
    .where(isOneOf(sql.ref('sessions.start_at'), [...new Set(newest.values())]))
    .execute();
  const names = new Map<string, string>();
  for (const { account, start_at, body } of found) {
    if (newest.get(account) !== start_at) continue;
    const { user, domain } = sessionOfBody(body, null);
    names.set(account, domain === null ? user : `${domain}\\${user}`);
  }
  return names;
}

/** One person and the computers used; null if nobody of that id has sessions in the range. */
export async function findPerson(source: Source, within: Within, account: string) {
  const reach = await reachOf(source, within);
  const row = await grouped(source, reach).where('sessions.account', '=', account).executeTakeFirst();
  if (row === undefined) return null;
  const [wire] = await toWire(source, within, [row]);
  const { sessions, complete } = await sessionsOf(source, reach, account);
  const range = {
    from: within.from ?? Number.NEGATIVE_INFINITY,
    to: within.to ?? Number.POSITIVE_INFINITY,
  };
  const { useUnionMs } = personTime(sessions, account, range);
  const seenOn = computersOf(sessions);
  return { ...wire!, useUnionSeconds: useUnionMs / 1000, seenOn, complete };
}

/** The computers of some sessions, the most used first. */
function computersOf(sessions: readonly LogonSession[]) {
  const found = new Map<string, { computer: string; sessions: number; useSeconds: number }>();
  for (const { computer, useMs } of sessions) {
    const known = found.get(computer) ?? { computer, sessions: 0, useSeconds: 0 };
    found.set(computer, known);
    known.sessions += 1;
    known.useSeconds += useMs / 1000;
  }
  return [...found.values()].sort(
    (a, b) => b.useSeconds - a.useSeconds || (a.computer < b.computer ? -1 : 1),
  );
}

async function sessionsOf(
  source: Source,
  reach: Reach,
  account: string,
): Promise<{ sessions: LogonSession[]; complete: boolean }> {
  const rows = await personalSessions(source, reach)
    .innerJoin('computers', (join) =>
      join
        .onRef('computers.company_id', '=', 'sessions.company_id')
        .onRef('computers.id', '=', 'sessions.computer_id'),
    )
    .select(['sessions.body', 'computers.as_of'])
    .where('sessions.account', '=', account)
    .orderBy('sessions.start_at', 'desc')
    .orderBy('sessions.id', 'desc')
    .modifyEnd(source.limit(UNITED_MAX + 1))
    .execute();
  const sessions = rows.slice(0, UNITED_MAX).map(({ body, as_of }) => sessionOfBody(body, as_of));
  return { sessions, complete: rows.length <= UNITED_MAX };
}
