/** Whole sessions lane by lane, for all that is drawn of them. */
import type { LogonSession } from '@logonscope/core';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { isOneOf } from '../../questions/asked.ts';
import type { Question } from '../../questions/question.ts';
import { readAll } from '../../questions/scan.ts';
import { askSessions } from '../../questions/sessions.ts';
import type { Source } from '../../questions/source.ts';
import { type LaneKind, listLanes } from './lanes.ts';
import { listSiteLanes, onSite } from './site-lanes.ts';

/** Databases limit how many values one statement takes. */
const NAMES_AT_ONCE = 500;

export type DrawnBy = LaneKind | 'site';

export interface DrawWish {
  readonly by: DrawnBy;
  /** Left out: the page of lanes that the list gives for the same question. */
  readonly lanes?: readonly string[] | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Ids of the lanes wished for, in order. */
export async function lanesWished(source: Source, question: Question, wish: DrawWish) {
  if (wish.lanes !== undefined) return wish.lanes;
  return (await listAnyLanes(source, question, wish)).lanes.map(({ id }) => id);
}

/** One page of lanes of whichever kind. */
export function listAnyLanes(source: Source, question: Question, { by, ...page }: DrawWish) {
  return by === 'site' ? listSiteLanes(source, question, page) : listLanes(source, question, { by, ...page });
}

/** The lanes with their sessions in the range, in the order of the ids. */
export async function* laneSessions(
  source: Source,
  question: Question,
  by: DrawnBy,
  ids: readonly string[],
): AsyncGenerator<{ readonly lane: number; readonly sessions: readonly LogonSession[] }> {
  const { companyId } = question;
  const numbers = by === 'computer' ? await numbersOf(source, companyId, ids) : null;
  const { scan } = await askSessions(source, question);
  for (const [lane, id] of ids.entries()) {
    // One by one, since the index of an account or a computer has its sessions in order.
    const own =
      by === 'site'
        ? (await askSessions(source, question, [onSite(sql.ref('sessions.site_id'), id)])).scan(OLDEST_FIRST)
        : scan(OLDEST_FIRST, [onLane(by, numbers?.get(id) ?? id)]);
    const sessions: LogonSession[] = [];
    for await (const piece of readAll(own)) for (const session of piece) sessions.push(session);
    yield { lane, sessions };
  }
}

const OLDEST_FIRST = { sort: 'start', order: 'asc' } as const;
/** No computer has this number: the lane of a name that the company does not know. */
const NO_COMPUTER = -1;

function onLane(by: LaneKind, id: string | number): RawBuilder<SqlBool> {
  if (by === 'user') return sql<SqlBool>`sessions.account = ${id}`;
  return sql<SqlBool>`sessions.computer_id = ${typeof id === 'number' ? id : NO_COMPUTER}`;
}

/** Numbers of computers by their names. */
async function numbersOf({ scope }: Source, companyId: number, names: readonly string[]) {
  const numbers = new Map<string, number>();
  for (let first = 0; first < names.length; first += NAMES_AT_ONCE) {
    const rows = await scope
      .computers()
      .select(['computers.id', 'computers.name'])
      .where('computers.company_id', '=', companyId)
      .where(isOneOf(sql.ref('computers.name'), names.slice(first, first + NAMES_AT_ONCE)))
      .execute();
    for (const { id, name } of rows) numbers.set(name, id);
  }
  return numbers;
}
