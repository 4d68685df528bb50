/** The lanes of a timeline: people or computers with sessions in the range, by name. */
import { accountKey, isoMs, type LogonSession } from '@logonscope/core';
import { compareKeys, type PageWish, pageOf } from './page-of.ts';
import { type AskedFields, questionOf, sessionsFor } from './question.ts';
import type { LocalStore } from './store.ts';

export type LaneKind = 'user' | 'computer' | 'site';

export interface DrawnFields extends AskedFields, PageWish {
  readonly from: string;
  readonly to: string;
  readonly by: LaneKind;
  /** Left out: the page of lanes that the list gives for the same question. */
  readonly lanes?: readonly string[];
}

/** Files know of no sites: all of them lie on one lane. */
const ALL_FILES = '0';

/** The lane that a session lies on. */
export function laneIdOf(session: LogonSession, by: LaneKind): string {
  if (by === 'site') return ALL_FILES;
  return by === 'user' ? accountKey(session) : session.computer;
}

/** The name of a lane as one of its sessions has it. */
function nameOf(session: LogonSession, by: LaneKind): string {
  if (by === 'site') return 'All files';
  return by === 'user' ? session.user.toLowerCase() : session.computer;
}

function lanesOf(sessions: readonly LogonSession[], by: LaneKind) {
  const found = new Map<
    string,
    { id: string; name: string; sessions: number; useMs: number; firstStart: number }
  >();
  for (const session of sessions) {
    const id = laneIdOf(session, by);
    const name = nameOf(session, by);
    const lane = found.get(id) ?? { id, name, sessions: 0, useMs: 0, firstStart: session.start };
    found.set(id, lane);
    if (name < lane.name) lane.name = name;
    lane.sessions += 1;
    lane.useMs += session.useMs;
  }
  const keysOf = ({ name, id }: { name: string; id: string }) => [name, id];
  return {
    lanes: [...found.values()].sort((a, b) => compareKeys(keysOf(a), keysOf(b))),
    keysOf,
  };
}

/** One page of lanes. */
export function listLanes(store: LocalStore, fields: DrawnFields) {
  const { found, ignored } = sessionsFor(store, questionOf(fields));
  const { lanes, keysOf } = lanesOf(found, fields.by);
  const { shown, next } = pageOf(lanes, keysOf, fields);
  const rows = shown.map(({ useMs, firstStart, ...lane }) => {
    const known = fields.by === 'computer' ? store.computers.get(lane.id) : undefined;
    return {
      ...lane,
      useSeconds: useMs / 1000,
      firstStart: isoMs(firstStart),
      knownFrom: known === undefined ? null : isoMs(known.firstEventAt),
      knownTo: known === undefined ? null : isoMs(known.lastEventAt),
    };
  });
  return { rows, next, ignored };
}

/** The lanes wished for in order, each with its sessions of the range, oldest first. */
export function laneSessions(store: LocalStore, fields: DrawnFields): readonly (readonly LogonSession[])[] {
  const { found } = sessionsFor(store, questionOf(fields));
  const ids = lanesWished(found, fields);
  const lanes = new Map(ids.map((id) => [id, [] as LogonSession[]]));
  for (const session of found) lanes.get(laneIdOf(session, fields.by))?.push(session);
  return ids.map((id) => lanes.get(id)!.sort((a, b) => compareKeys([a.start, a.id], [b.start, b.id])));
}

/** Ids of the lanes wished for, in order. */
export function lanesWished(sessions: readonly LogonSession[], fields: DrawnFields): readonly string[] {
  if (fields.lanes !== undefined) return fields.lanes;
  const { lanes, keysOf } = lanesOf(sessions, fields.by);
  return pageOf(lanes, keysOf, fields).shown.map(({ id }) => id);
}
