/** What is on the lanes, in the binary forms that the timeline draws from. */
import {
  daysOf,
  END_EVIDENCE,
  useIntervals as inUseOf,
  type LogonSession,
  sessionSteps,
  stateLengths,
  stepsOf,
  TIMELINE_STATES,
} from '@logonscope/core';
import {
  BIN_STATES,
  encodeDayBins,
  encodeMinimap,
  encodeSegments,
  encodeSessions,
  packDayBin,
  SESSION_TRAITS,
  toSegments,
  type WireSession,
  type WireState,
} from '@logonscope/protocol';
import { type DrawnFields, type LaneKind, laneSessions } from './lanes.ts';
import { type AskedFields, questionOf, sessionsFor } from './question.ts';
import type { LocalStore } from './store.ts';

/** Which of the five states of a bin a state is drawn as; `none` is drawn as nothing. */
const BIN_OF: Readonly<Record<WireState, (typeof BIN_STATES)[number] | null>> = {
  none: null,
  active: 'active',
  idle: 'idle',
  locked: 'locked',
  disconnected: 'disconnected',
  asleep: 'disconnected',
  paused: 'disconnected',
  loggingOff: 'disconnected',
  unknown: 'unknown',
};

const rangeOf = ({ from, to }: { from: string; to: string }) => ({
  from: Date.parse(from),
  to: Date.parse(to),
});

/** Day bins of each lane, one per local day. */
export function drawDays(store: LocalStore, fields: DrawnFields & { readonly dayStart: number }) {
  const range = rangeOf(fields);
  const lanes = laneSessions(store, fields);
  const days = daysOf([range], { timezone: fields.timezone ?? 'UTC', dayStartHour: fields.dayStart });
  const bins = new Uint32Array(lanes.length * days.length);
  for (const [lane, sessions] of lanes.entries()) {
    for (const [day, lengths] of stateLengths(stepsOf(sessions, range), days).entries()) {
      const byBin = BIN_STATES.map(() => 0);
      for (const [number, ms] of lengths.entries()) {
        const bin = BIN_OF[TIMELINE_STATES[number]!];
        if (bin !== null) byBin[BIN_STATES.indexOf(bin)]! += ms;
      }
      bins[lane * days.length + day] = packDayBin(byBin, days[day]!.to - days[day]!.from);
    }
  }
  const boundaries = days.length === 0 ? [range.from] : [days[0]!.from, ...days.map(({ to }) => to)];
  return encodeDayBins({ boundaries, lanes: lanes.length, bins });
}

/** Every change of state of each lane, to the second. */
export function drawSegments(store: LocalStore, fields: DrawnFields) {
  const range = rangeOf(fields);
  const baseMs = Math.floor(range.from / 1000) * 1000;
  const lanes = laneSessions(store, fields).map((sessions) => {
    const points = stepsOf(sessions, range).map(({ at, state }) => ({
      atMs: at,
      state: TIMELINE_STATES.indexOf(state),
    }));
    return toSegments(points, baseMs);
  });
  return encodeSegments({ baseMs, lanes });
}

/** The sessions of each lane that touch the range, whole. */
export function drawSessions(store: LocalStore, fields: DrawnFields) {
  return encodeSessions(
    laneSessions(store, fields).map((sessions) => sessions.map((session) => wireSession(session, fields.by))),
  );
}

function wireSession(session: LogonSession, by: LaneKind): WireSession {
  const { id, start, endBy, startBy } = session;
  const steps = sessionSteps(session);
  const end = session.end ?? Math.max(start, session.asOf);
  const last = steps.at(-1);
  const bit = (holds: boolean, trait: number) => (holds ? trait : 0);
  return {
    ...{ id, start, end },
    earliest: steps[0]?.at ?? start,
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

/** What a lane does not say itself: the computer of a person, the person on a computer. */
function otherOf({ user, domain, computer }: LogonSession, by: LaneKind): string {
  const account = domain === null ? user : `${domain}\\${user}`;
  if (by === 'user') return computer;
  return by === 'computer' ? account : `${account} on ${computer}`;
}

/** How long sessions were there and in use, bin by bin. */
export function drawMinimap(
  store: LocalStore,
  fields: AskedFields & { readonly from: string; readonly to: string; readonly bins: number },
) {
  const { bins } = fields;
  const { from, to } = rangeOf(fields);
  const binMs = Math.max(1, (to - from) / bins);
  const inUse = new Float64Array(bins);
  const present = new Float64Array(bins);
  const add = (into: Float64Array, start: number, end: number) => {
    const [first, last] = [Math.max(start, from), Math.min(end, to)];
    for (let bin = Math.max(0, Math.floor((first - from) / binMs)); bin < bins; bin++) {
      const [left, right] = [from + bin * binMs, from + (bin + 1) * binMs];
      if (left >= last) break;
      into[bin]! += Math.max(0, Math.min(last, right) - Math.max(first, left));
    }
  };
  for (const session of sessionsFor(store, questionOf(fields)).found) {
    add(present, session.start, session.end ?? session.asOf);
    for (const stretch of inUseOf(session)) add(inUse, stretch.from, stretch.to);
  }
  const thousandths = (ms: Float64Array) =>
    Uint32Array.from(ms, (length) => Math.ceil((length / binMs) * 1000));
  return encodeMinimap({ fromMs: from, binMs, inUse: thousandths(inUse), present: thousandths(present) });
}
