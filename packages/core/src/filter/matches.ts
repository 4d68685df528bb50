/** Whether a session or an event is what a filter asks for: the meaning of the language, without any database. */
import { lengthMs, subtract } from '../intervals.ts';
import type { Instant, LogonSession, SessionEvent } from '../model.ts';
import { useIntervals } from '../queries/use.ts';
import { workingHours } from '../reports/out-of-hours.ts';
import type { Certainty, Filter, Measure, Predicate } from './chip.ts';
import { type Clause, conditionOf } from './condition.ts';
import { compares } from './lengths.ts';
import { accountPattern, addressTest, computerPattern, wildcard } from './pattern.ts';

/** What a filter has to know besides the subject itself. */
export interface FilterContext {
  /** IANA zone of the working hours. Default UTC. */
  readonly timezone?: string;
  /** As in the report on use out of hours: default Monday to Friday, 7 to 19. */
  readonly workFromHour?: number;
  readonly workToHour?: number;
  readonly workDays?: readonly number[];
  /** The name of the site a computer belongs to, or null. Default: no sites, so that none is found. */
  readonly siteOf?: (computer: string) => string | null;
}

type Subject = LogonSession | SessionEvent;
type Test<T> = (subject: T) => boolean;

/** Whether one subject fits; for many, make the test once with `sessionMatcher` or `eventMatcher`. */
export function matches(subject: Subject, filter: Filter, context: FilterContext = {}): boolean {
  return 'signal' in subject
    ? eventMatcher(filter, context)(subject)
    : sessionMatcher(filter, context)(subject);
}

/** A test of sessions. Chips that can only be asked of events ask nothing here; see `Condition.ignored`. */
export function sessionMatcher(filter: Filter, context: FilterContext = {}): Test<LogonSession> {
  return allHold(conditionOf(filter, 'session').all, (predicate) => sessionTest(predicate, context));
}

/** A test of events; likewise. */
export function eventMatcher(filter: Filter, context: FilterContext = {}): Test<SessionEvent> {
  return allHold(conditionOf(filter, 'event').all, (predicate) => eventTest(predicate, context));
}

/** All clauses as one test, with one test per predicate. */
export function allHold<T>(clauses: readonly Clause[], testOf: (predicate: Predicate) => Test<T>): Test<T> {
  const tests = clauses.map(({ negated, any }) => {
    const alternatives = any.map(testOf);
    return (subject: T) => alternatives.some((test) => test(subject)) !== negated;
  });
  return (subject) => tests.every((test) => test(subject));
}

/** A test for one predicate of a session; those about events alone hold for none. */
export function sessionTest(predicate: Predicate, context: FilterContext): Test<LogonSession> {
  switch (predicate.is) {
    case 'type':
      return ({ kind, logonType }) =>
        predicate.kinds.length > 0
          ? predicate.kinds.includes(kind)
          : logonType !== null && predicate.logonTypes.includes(logonType);
    case 'length': {
      const { of, op, ms, upToMs } = predicate;
      return (session) => {
        const length = measureOf(session, of);
        return compares(length, op, ms) && (upToMs === null || length <= upToMs);
      };
    }
    case 'certainty':
      return (session) => predicate.among.includes(certaintyOf(session));
    case 'firstSeen':
      return ({ startBy }) => (startBy === 'first-seen') === predicate.yes;
    case 'end':
      return ({ endBy }) => endBy === predicate.by;
    case 'finding':
      return ({ findings }) => findings.includes(predicate.code);
    case 'elevated':
      return ({ elevated }) => elevated === predicate.yes;
    case 'outOfHours':
      return (session) => isUsedOutOfHours(session, context) === predicate.yes;
    default:
      return sharedTest(predicate, context);
  }
}

/** A test for one predicate of an event; those about sessions alone hold for none. */
export function eventTest(predicate: Predicate, context: FilterContext): Test<SessionEvent> {
  switch (predicate.is) {
    case 'type':
      return ({ logonType }) => logonType !== null && predicate.logonTypes.includes(logonType);
    case 'eventId':
      return ({ eventId }) => eventId === predicate.id;
    case 'signal':
      return ({ signal }) => signal === predicate.signal;
    case 'elevated':
      return (event) => (event.elevated === true || event.signal === 'elevated') === predicate.yes;
    case 'outOfHours':
      return ({ time }) => isOutOfHours(time, context) === predicate.yes;
    default:
      return sharedTest(predicate, context);
  }
}

/** What sessions and events answer alike: who, where, from where. */
function sharedTest(predicate: Predicate, context: FilterContext): Test<Subject> {
  switch (predicate.is) {
    case 'word': {
      const test = wildcard(`*${predicate.pattern}*`);
      return ({ user, computer }) => (user !== null && test(user)) || test(computer);
    }
    case 'account':
      return accountPattern(predicate.pattern);
    case 'computer':
      return computerPattern(predicate.pattern);
    case 'site': {
      const test = wildcard(predicate.pattern);
      return ({ computer }) => {
        const site = context.siteOf?.(computer) ?? null;
        return site !== null && test(site);
      };
    }
    case 'address': {
      const test = addressTest(predicate.pattern);
      return ({ sourceAddress }) => test(sourceAddress);
    }
    default:
      return () => false;
  }
}

/**
 * How sure a session's edges are: `open` while it lasts, `bounded` where its end lies between two signs, `inferred`
 * where an edge follows from something else (a shutdown, the first sign of a session begun before), else `exact`.
 */
export function certaintyOf({ startBy, endBy }: Pick<LogonSession, 'startBy' | 'endBy'>): Certainty {
  if (endBy === 'open') return 'open';
  if (endBy === 'crash' || endBy === 'superseded') return 'bounded';
  return endBy === 'shutdown' || startBy === 'first-seen' ? 'inferred' : 'exact';
}

function measureOf({ durationMs, useMs, awayMs }: LogonSession, of: Measure): number {
  if (of === 'duration') return durationMs;
  if (of === 'use') return useMs;
  return of === 'away' ? awayMs.total : awayMs[of];
}

function isUsedOutOfHours(session: LogonSession, context: FilterContext): boolean {
  const used = useIntervals(session);
  return lengthMs(subtract(used, workingHoursAround(used, context))) > 0;
}

function isOutOfHours(at: Instant, context: FilterContext): boolean {
  const moment = [{ from: at, to: at + 1 }];
  return lengthMs(subtract(moment, workingHoursAround(moment, context))) > 0;
}

function workingHoursAround(
  stretches: Parameters<typeof workingHours>[0],
  { timezone = 'UTC', ...options }: FilterContext,
) {
  return workingHours(stretches, { timezone, options });
}
