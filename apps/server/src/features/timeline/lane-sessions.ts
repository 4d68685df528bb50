/** Whole sessions lane by lane, for all that is drawn of them. */
import type { LogonSession } from '@logonscope/core';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Question } from '../../questions/question.ts';
import { readAll } from '../../questions/scan.ts';
import { askSessions } from '../../questions/sessions.ts';
import type { Source } from '../../questions/source.ts';
import { type LaneKind, laneOf, listLanes, onLanes } from './lanes.ts';
import { listSiteLanes, onSite } from './site-lanes.ts';

/** Lanes read together; databases limit how many values one statement takes. */
const LANES_AT_ONCE = 500;

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
  const atOnce = by === 'site' ? 1 : LANES_AT_ONCE;
  for (let first = 0; first < ids.length; first += atOnce) {
    const some = ids.slice(first, first + atOnce);
    const sessionsOf = new Map<string, LogonSession[]>(some.map((id) => [id, []]));
    const { scan } = await askSessions(source, question, [lanesCondition(question.companyId, by, some)]);
    for await (const piece of readAll(scan({ sort: 'start', order: 'asc' }))) {
      for (const session of piece) {
        sessionsOf.get(by === 'site' ? some[0]! : laneOf(session, by))?.push(session);
      }
    }
    for (const [index, id] of some.entries()) yield { lane: first + index, sessions: sessionsOf.get(id)! };
  }
}

function lanesCondition(companyId: number, by: DrawnBy, ids: readonly string[]): RawBuilder<SqlBool> {
  return by === 'site' ? onSite(sql.ref('sessions.site_id'), ids[0]!) : onLanes(companyId, by, ids);
}
