/** The lanes of a timeline: which people or computers have sessions in the range, by name. */
import { accountKey, type LogonSession } from '@logonscope/core';
import { encodeCursor } from '@logonscope/protocol';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { isOneOf } from '../../questions/asked.ts';
import { ignoredChips, type Question } from '../../questions/question.ts';
import { cursorKeys } from '../../questions/scan.ts';
import { type AskedSessions, askSessions } from '../../questions/sessions.ts';
import { readSome } from '../../questions/some.ts';
import type { Source } from '../../questions/source.ts';

export type LaneKind = 'user' | 'computer';

export interface Lane {
  /** The account's key, or the computer's name. */
  readonly id: string;
  readonly name: string;
  readonly sessions: number;
  readonly useMs: number;
  readonly firstStart: number;
}

/** Sessions looked at one by one where the database cannot judge the filter. */
const GROUPED_MAX = 100_000;

export interface LanePage {
  readonly by: LaneKind;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** One page of lanes by name; what is on them is drawn by `draw.ts`. */
export async function listLanes(source: Source, question: Question, { by, cursor, limit }: LanePage) {
  const asked = await askSessions(source, question);
  const after = cursorKeys(cursor, ['string', 'string']);
  const lanes =
    asked.fits === null
      ? await groupedByStore(source, asked, by, after, limit)
      : await groupedHere(asked, by);
  const rest = lanes.filter(
    ({ name, id }) =>
      after === null || name > String(after[0]) || (name === after[0] && id > String(after[1])),
  );
  const shown = rest.slice(0, limit);
  const last = shown.at(-1);
  return {
    lanes: shown,
    next: rest.length > limit ? encodeCursor([last!.name, last!.id]) : null,
    ignored: ignoredChips(asked.ignored),
  };
}

/** One more than asked for, so that it shows whether there is a next page. */
async function groupedByStore(
  source: Source,
  asked: AskedSessions,
  by: LaneKind,
  after: readonly unknown[] | null,
  limit: number,
): Promise<Lane[]> {
  const [id, name] = COLUMNS[by];
  const past = after === null ? sql<SqlBool>`1 = 1` : isPast(name, id, after);
  const rows = await asked
    .rows()
    .innerJoin('computers', (join) =>
      join
        .onRef('computers.company_id', '=', 'sessions.company_id')
        .onRef('computers.id', '=', 'sessions.computer_id'),
    )
    .select([id.as('id'), name.as('name'), sql<number>`count(*)`.as('sessions')])
    .select(sql<number>`sum(sessions.use_ms)`.as('use_ms'))
    .select(sql<number>`min(sessions.start_at)`.as('first_start'))
    .groupBy(id)
    .having(past)
    .orderBy(name)
    .orderBy(id)
    .modifyEnd(source.limit(limit + 1))
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    sessions: Number(row.sessions),
    useMs: Number(row.use_ms),
    firstStart: Number(row.first_start),
  }));
}

const COLUMNS: Readonly<Record<LaneKind, readonly [RawBuilder<string>, RawBuilder<string>]>> = {
  user: [sql<string>`sessions.account`, sql<string>`min(sessions.user_name)`],
  computer: [sql<string>`computers.name`, sql<string>`min(computers.name)`],
};

function isPast(name: RawBuilder<string>, id: RawBuilder<string>, [atName, atId]: readonly unknown[]) {
  return sql<SqlBool>`(${name} > ${atName} or (${name} = ${atName} and ${id} > ${atId}))`;
}

async function groupedHere(asked: AskedSessions, by: LaneKind): Promise<Lane[]> {
  const found = new Map<string, { -readonly [K in keyof Lane]: Lane[K] }>();
  await readSome(asked.scan({ sort: 'start', order: 'asc' }), GROUPED_MAX, (session) => {
    const id = laneOf(session, by);
    const name = by === 'user' ? session.user.toLowerCase() : id;
    const lane = found.get(id) ?? { id, name, sessions: 0, useMs: 0, firstStart: session.start };
    found.set(id, lane);
    if (name < lane.name) lane.name = name;
    lane.sessions += 1;
    lane.useMs += session.useMs;
  });
  return [...found.values()].sort((a, b) => compare(a.name, b.name) || compare(a.id, b.id));
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** The lane that a session lies on. */
export function laneOf(session: LogonSession, by: LaneKind): string {
  return by === 'user' ? accountKey(session) : session.computer;
}

/** Sessions of some lanes, as a condition on their rows. */
export function onLanes(companyId: number, by: LaneKind, ids: readonly string[]): RawBuilder<SqlBool> {
  if (by === 'user') return isOneOf(sql.ref('sessions.account'), ids);
  return sql<SqlBool>`sessions.computer_id in (select c.id from computers as c
    where c.company_id = ${companyId} and ${isOneOf(sql.ref('c.name'), ids)})`;
}
