/** Who was where, and who was there at the same time: the core's own functions over the sessions that can matter. */
import { isoMs, type LogonSession, overlaps, parseAccount, whereWas, whoWasOn } from '@logonscope/core';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { sessionOfBody } from '../../db/index.ts';
import type { Question } from '../../questions/question.ts';
import { askSessions } from '../../questions/sessions.ts';
import { readSome } from '../../questions/some.ts';
import type { Source } from '../../questions/source.ts';
import { presenceToWire } from './wire.ts';

/** Nobody has more sessions at one moment; what lies beyond is not looked at. */
const CANDIDATES_MAX = 5_000;
/** Sessions compared for overlaps. */
const COMPARED_MAX = 50_000;

type Scoped = { readonly companyId: number; readonly at: number };

/** Who was on a computer at a moment. */
export async function whoWas(source: Source, wish: Scoped & { readonly computer: string }) {
  const name = wish.computer.trim().split('.', 1)[0]!.toUpperCase();
  const sessions = await candidates(source, wish, sql<SqlBool>`computers.name = ${name}`);
  return { rows: whoWasOn(sessions, wish.computer, wish.at).map(presenceToWire) };
}

/** Where a user was at a moment. */
export async function whereWasUser(source: Source, wish: Scoped & { readonly user: string }) {
  const query = parseAccount(wish.user);
  const isAccount =
    query.by === 'sid'
      ? sql<SqlBool>`sessions.account = ${query.sid}`
      : sql<SqlBool>`sessions.user_name = ${query.user}`;
  const sessions = await candidates(source, wish, isAccount);
  return { rows: whereWas(sessions, query, wish.at).map(presenceToWire) };
}

/**
 * Sessions whose outer bounds may hold the moment: begun by then and not surely over, or first seen later, since such
 * a session may have begun any time before.
 */
async function candidates(
  { scope, limit }: Source,
  { companyId, at }: Scoped,
  concerns: RawBuilder<SqlBool>,
): Promise<LogonSession[]> {
  const rows = await scope
    .sessions()
    .innerJoin('computers', (join) =>
      join
        .onRef('computers.company_id', '=', 'sessions.company_id')
        .onRef('computers.id', '=', 'sessions.computer_id'),
    )
    .select(['sessions.body', 'computers.as_of'])
    .where('sessions.company_id', '=', companyId)
    .where('computers.company_id', '=', companyId)
    .where(concerns)
    .where(
      sql<SqlBool>`((sessions.start_at <= ${at} and (sessions.evidence_to is null or sessions.evidence_to >= ${at}))
        or (sessions.start_at > ${at} and sessions.start_by = 'first-seen'))`,
    )
    .orderBy('sessions.start_at')
    .orderBy('sessions.id')
    .modifyEnd(limit(CANDIDATES_MAX))
    .execute();
  return rows.map(({ body, as_of }) => sessionOfBody(body, as_of));
}

export interface OverlapWish {
  readonly companyId: number;
  readonly user: string;
  readonly from: number;
  readonly to: number;
  readonly anywhere: boolean;
}

/** Sessions of others at the same time as a user's, on the same computers or anywhere. */
export async function listOverlaps(source: Source, wish: OverlapWish) {
  const { user, anywhere, ...range } = wish;
  const question: Question = { ...range, filter: { chips: [] }, context: { timezone: 'UTC' } };
  const own = await readSessions(source, { ...question, filter: filterOf('user', [user]) });
  const computers = [...new Set(own.sessions.map(({ computer }) => computer))];
  if (computers.length === 0) return { rows: [], complete: own.complete };
  const all = await readSessions(
    source,
    anywhere || computers.length > 90 ? question : { ...question, filter: filterOf('host', computers) },
  );
  const found = overlaps(all.sessions, user, { from: wish.from, to: wish.to, anywhere });
  const rows = found.map(({ account, session, otherSession, from, to, overlapMs, bothInUseMs }) => ({
    account,
    sessionId: session.id,
    otherSessionId: otherSession.id,
    computer: session.computer,
    otherComputer: otherSession.computer,
    from: isoMs(from),
    to: isoMs(to),
    overlapSeconds: overlapMs / 1000,
    bothInUseSeconds: bothInUseMs / 1000,
  }));
  return { rows, complete: own.complete && all.complete };
}

function filterOf(key: 'user' | 'host', values: readonly string[]): Question['filter'] {
  return { chips: values.map((value) => ({ key, op: '=', value, negated: false, paused: false })) };
}

async function readSessions(source: Source, question: Question) {
  const { scan } = await askSessions(source, question);
  const sessions: LogonSession[] = [];
  const { complete } = await readSome(
    scan({ sort: 'start', order: 'asc' }),
    COMPARED_MAX,
    (session) => void sessions.push(session),
  );
  return { sessions, complete };
}
