/** Events and signs of life in, sessions with their ledgers out. The door to the session engine for whole logs. */
import { computerNames } from '../events/values.ts';
import type { Finding, LifeSpan, LogonSession, SessionEvent } from '../model.ts';
import { readComputer, sessionizeComputer } from './computer.ts';
import type { Coverage } from './coverage.ts';
import type { SessionizeOptions } from './options.ts';

export interface SessionizedLog {
  /** Sorted by start, then computer, then id. */
  readonly sessions: LogonSession[];
  readonly findings: Finding[];
  readonly coverage: Coverage[];
  /** Events of each session by its id, if `keepEvents` was asked for; else empty. */
  readonly eventsOf: Map<string, SessionEvent[]>;
}

/**
 * Sessions of any number of computers. The result depends only on the set of events, not on their order or
 * on duplicates (spec section 2). Never throws on odd input.
 */
export function sessionize(
  events: Iterable<SessionEvent>,
  life: Iterable<LifeSpan> = [],
  options: SessionizeOptions = {},
): SessionizedLog {
  const byComputer = groupBy(events);
  const lifeOf = groupBy(life, (name) => computerNames(name).computer);
  const result: SessionizedLog = { sessions: [], findings: [], coverage: [], eventsOf: new Map() };
  for (const computer of [...byComputer.keys()].sort()) {
    const log = readComputer(byComputer.get(computer)!, lifeOf.get(computer) ?? [], options.asOf);
    if (log.events.length === 0) continue;
    const one = sessionizeComputer(computer, log, options);
    for (const session of one.sessions) result.sessions.push(session);
    for (const finding of one.findings) result.findings.push(finding);
    result.coverage.push(one.coverage);
    for (const [id, list] of one.eventsOf ?? []) result.eventsOf.set(id, list);
  }
  result.sessions.sort(
    (a, b) => a.start - b.start || compareText(a.computer, b.computer) || compareText(a.id, b.id),
  );
  return result;
}

const compareText = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1);

/**
 * Groups by computer. Neighbours mostly share one: a stretch of them is copied as a whole, without growing a list.
 * Readers of raw records know the name only as written.
 */
function groupBy<T extends { readonly computer: string }>(
  items: Iterable<T>,
  named: (computer: string) => string = (computer) => computer,
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  const list = Array.isArray(items) ? (items as readonly T[]) : [...items];
  for (let from = 0; from < list.length; ) {
    const { computer } = list[from]!;
    let to = from + 1;
    while (to < list.length && list[to]!.computer === computer) to++;
    const name = named(computer);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, list.slice(from, to));
    else for (let i = from; i < to; i++) group.push(list[i]!);
    from = to;
  }
  return groups;
}
