/** What is asked of the files: filter, range, zone and working hours, and what fits them. */
import {
  allHold,
  conditionOf,
  eventTest,
  type FilterContext,
  type LogonSession,
  parseFilter,
  type SessionEvent,
  sessionTest,
  zoneProblem,
} from '@logonscope/core';
import { LocalRefusal } from './refusal.ts';
import type { LocalStore, StoredEvent } from './store.ts';

/** The shared query fields, as the protocol has read them. */
export interface AskedFields {
  readonly filter?: string;
  readonly from?: string;
  readonly to?: string;
  readonly timezone?: string;
  readonly workFrom?: number;
  readonly workTo?: number;
  readonly workDays?: readonly number[];
}

export interface Within {
  /** Half-open; null is unbounded. */
  readonly from: number | null;
  readonly to: number | null;
}

export interface Question extends Within {
  readonly filter: ReturnType<typeof parseFilter>['filter'];
  readonly context: FilterContext & { readonly timezone: string };
}

export function withinOf({ from, to }: Pick<AskedFields, 'from' | 'to'>): Within {
  return {
    from: from === undefined ? null : Date.parse(from),
    to: to === undefined ? null : Date.parse(to),
  };
}

/** Throws a refusal that names the place where a filter or zone is not understood. */
export function questionOf(fields: AskedFields): Question {
  const { filter, problems } = parseFilter(fields.filter ?? '');
  const timezone = fields.timezone ?? 'UTC';
  const errors = problems.map(({ from, to, message }) => ({
    field: 'filter',
    expected: `characters ${from} to ${to}: ${message}`,
  }));
  const zone = zoneProblem(timezone);
  if (zone !== null) errors.push({ field: 'timezone', expected: zone });
  if (errors.length > 0) {
    throw new LocalRefusal(400, 'http/invalid-query', 'The question is not understood.', errors);
  }
  const context = {
    timezone,
    ...(fields.workFrom !== undefined && { workFromHour: fields.workFrom }),
    ...(fields.workTo !== undefined && { workToHour: fields.workTo }),
    ...(fields.workDays !== undefined && { workDays: fields.workDays }),
  };
  return { ...withinOf(fields), filter, context };
}

/** How far a session is counted: its end, or, while it is open, when its computer was last heard of. */
const lastSign = ({ start, end, durationMs }: LogonSession) => end ?? start + durationMs;

/** Whether a session begins before the range ends and is still there when it begins. */
export function touches(session: LogonSession, { from, to }: Within): boolean {
  return (
    (to === null || session.start < to) &&
    (from === null || session.start >= from || lastSign(session) >= from)
  );
}

interface Fitting<T> {
  /** In order of time. */
  readonly found: readonly T[];
  readonly ignored: readonly { readonly key: string; readonly value: string }[];
}

/** Sessions that touch the range and fit the filter. */
export function sessionsFor({ sessions }: LocalStore, question: Question): Fitting<LogonSession> {
  const condition = conditionOf(question.filter, 'session');
  const fits = allHold(condition.all, (predicate) => sessionTest(predicate, question.context));
  const found = sessions.filter((session) => touches(session, question) && fits(session));
  return { found, ignored: condition.ignored.map(({ key, value }) => ({ key, value })) };
}

/** Events of the range that fit the filter. */
export function eventsFor({ events }: LocalStore, question: Question): Fitting<StoredEvent> {
  const condition = conditionOf(question.filter, 'event');
  const fits = allHold<SessionEvent>(condition.all, (predicate) => eventTest(predicate, question.context));
  const { from, to } = question;
  const first = from === null ? 0 : firstFrom(events, from);
  const last = to === null ? events.length : firstFrom(events, to);
  const found = events.slice(first, last).filter(({ event }) => fits(event));
  return { found, ignored: condition.ignored.map(({ key, value }) => ({ key, value })) };
}

/** Index of the first event at an instant or later. */
export function firstFrom(events: readonly StoredEvent[], at: number): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (events[middle]!.event.time < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
