/** The lanes of a timeline: which people or computers have sessions in the range, by name. */
import { accountKey, type LogonSession } from '@logonscope/core';
import { encodeCursor } from '@logonscope/protocol';
import { sql } from 'kysely';
import { isOneOf } from '../../questions/asked.ts';
import { userNames } from '../../questions/names.ts';
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
  const isPast = ({ name, id }: Lane) =>
    after === null || name > String(after[0]) || (name === after[0] && id > String(after[1]));
  // One more than asked for, so that it shows whether there is a next page.
  const page = {
    companyId: question.companyId,
    from: after === null ? null : String(after[0]),
    isPast,
    most: limit + 1,
  };
  const rest =
    asked.fits !== null
      ? (await groupedHere(asked, by)).filter(isPast)
      : by === 'user'
        ? await usersInOrder(source, asked, page)
        : await computersInOrder(source, asked, page);
  const shown = rest.slice(0, limit);
  const last = shown.at(-1);
  return {
    lanes: shown,
    next: rest.length > limit ? encodeCursor([last!.name, last!.id]) : null,
    ignored: ignoredChips(asked.ignored),
  };
}

interface Wanted {
  readonly companyId: number;
  /** Name of the first lane that may be wanted; null from the beginning. */
  readonly from: string | null;
  isPast(lane: Lane): boolean;
  readonly most: number;
}

const FIGURES = [
  sql<number>`count(*)`.as('sessions'),
  sql<number>`sum(sessions.use_ms)`.as('use_ms'),
  sql<number>`min(sessions.start_at)`.as('first_start'),
] as const;

interface Figures {
  readonly sessions: number;
  readonly use_ms: number;
  readonly first_start: number;
}

const laneWith = (id: string, name: string, row: Figures): Lane => ({
  ...{ id, name, sessions: Number(row.sessions) },
  ...{ useMs: Number(row.use_ms), firstStart: Number(row.first_start) },
});

/**
 * Accounts by the first of their names. Names are gone through in order until the page is full, and only what those few
 * have is added up. An account of several names comes with the first that it has in the answer.
 */
async function usersInOrder(source: Source, asked: AskedSessions, wanted: Wanted): Promise<Lane[]> {
  const { companyId, from, isPast, most } = wanted;
  const lanes: Lane[] = [];
  // A filter that names people leads to them by itself.
  if (asked.narrow) return (await lanesOfUsers(asked.reaching())).filter(isPast).sort(inOrder).slice(0, most);
  for await (const names of userNames(source, companyId, { from, atOnce: most })) {
    const named = await asked
      .reaching()
      .where(isOneOf(sql.ref('sessions.user_name'), names))
      .select('sessions.account')
      .groupBy(['sessions.user_name', 'sessions.account'])
      .execute();
    const accounts = [...new Set(named.map(({ account }) => account))];
    const found = await lanesOfUsers(asked.reaching().where(isOneOf(sql.ref('sessions.account'), accounts)));
    const here = new Set(names);
    lanes.push(...found.filter((lane) => here.has(lane.name) && isPast(lane)).sort(inOrder));
    if (lanes.length >= most) break;
  }
  return lanes.slice(0, most);
}

async function lanesOfUsers(sessions: ReturnType<AskedSessions['reaching']>): Promise<Lane[]> {
  const rows = await sessions
    .select(['sessions.account as id', sql<string>`min(sessions.user_name)`.as('name')])
    .select(FIGURES)
    .groupBy('sessions.account')
    .execute();
  return rows.map((row) => laneWith(row.id, row.name, row));
}

const COMPUTERS_AT_ONCE = 200;

/** The same for computers, which have one name each. */
async function computersInOrder(source: Source, asked: AskedSessions, wanted: Wanted): Promise<Lane[]> {
  const { companyId, from, isPast, most } = wanted;
  const lanes: Lane[] = [];
  for (let after = from, begun = from === null; lanes.length < most; begun = true) {
    let query = source.scope.computers().where('computers.company_id', '=', companyId);
    if (after !== null) query = query.where('computers.name', begun ? '>' : '>=', after);
    const some = await query
      .select(['computers.id', 'computers.name'])
      .orderBy('computers.name')
      .modifyEnd(source.limit(COMPUTERS_AT_ONCE))
      .execute();
    const nameOf = new Map(some.map(({ id, name }) => [id, name]));
    const rows = await asked
      .reaching()
      .where(isOneOf(sql.ref('sessions.computer_id'), [...nameOf.keys()]))
      .select('sessions.computer_id')
      .select(FIGURES)
      .groupBy('sessions.computer_id')
      .execute();
    const found = rows.map((row) => {
      const name = nameOf.get(row.computer_id)!;
      return laneWith(name, name, row);
    });
    lanes.push(...found.filter(isPast).sort(inOrder));
    after = some.at(-1)?.name ?? after;
    if (some.length < COMPUTERS_AT_ONCE) break;
  }
  return lanes.slice(0, most);
}

const inOrder = (a: Lane, b: Lane) => compare(a.name, b.name) || compare(a.id, b.id);

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
  return [...found.values()].sort(inOrder);
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** The lane that a session lies on. */
function laneOf(session: LogonSession, by: LaneKind): string {
  return by === 'user' ? accountKey(session) : session.computer;
}
