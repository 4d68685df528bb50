/** Sessions one by one in the form that the page draws them from. */
import { END_EVIDENCE, type LogonSession, sessionSteps, TIMELINE_STATES } from '@logonscope/core';
import { encodeSessions, SESSION_TRAITS, type WireSession } from '@logonscope/protocol';
import type { BoundQuestion } from '../../questions/question.ts';
import type { Source } from '../../questions/source.ts';
import { type DrawnBy, type DrawWish, laneSessions, lanesWished } from './lane-sessions.ts';

/** The sessions of each lane that touch the range, whole. */
export async function drawSessions(
  source: Source,
  question: BoundQuestion,
  wish: DrawWish,
): Promise<Uint8Array> {
  const ids = await lanesWished(source, question, wish);
  const lanes: WireSession[][] = ids.map(() => []);
  for await (const { lane, sessions } of laneSessions(source, question, wish.by, ids)) {
    lanes[lane] = sessions.map((session) => wireSession(session, wish.by));
  }
  return encodeSessions(lanes);
}

function wireSession(session: LogonSession, by: DrawnBy): WireSession {
  const { id, start, endBy, startBy } = session;
  const steps = sessionSteps(session);
  const end = session.end ?? Math.max(start, session.asOf);
  const last = steps.at(-1);
  const bit = (holds: boolean, trait: number) => (holds ? trait : 0);
  return {
    id,
    earliest: steps[0]?.at ?? start,
    start,
    end,
    latest: Math.max(end, last?.at ?? end),
    other: otherOf(session, by),
    traits:
      END_EVIDENCE.indexOf(endBy) |
      bit(startBy === 'first-seen', SESSION_TRAITS.firstSeen) |
      bit(session.elevated, SESSION_TRAITS.elevated) |
      bit(session.kind === 'remote', SESSION_TRAITS.remote) |
      bit(!session.lockData, SESSION_TRAITS.noLockData),
    steps: steps.slice(0, -1).map(({ at, state }) => ({ at, state: TIMELINE_STATES.indexOf(state) })),
  };
}

/** What a lane does not say itself: the computer of a person, the person on a computer, both at a site. */
function otherOf({ user, domain, computer }: LogonSession, by: DrawnBy): string {
  const account = domain === null ? user : `${domain}\\${user}`;
  if (by === 'user') return computer;
  return by === 'computer' ? account : `${account} on ${computer}`;
}
