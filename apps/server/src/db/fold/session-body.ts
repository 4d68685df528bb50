/**
 * A session as text in the store. What its other fields imply is left out and intervals are lists, so that a day with
 * its ledger takes some hundred bytes: how many bytes are written is most of what writing sessions costs.
 */
import type { Away, AwayReason, LedgerEntry, LogonSession } from '@logonscope/core';
import { AWAY_REASONS } from '@logonscope/core';

/** Reason, milliseconds from the session's start, length, both evidences, counted part if not all, inferred edges. */
type WrittenInterval = readonly [
  reason: AwayReason,
  after: number,
  length: number,
  from: string | null,
  to: string | null,
  counted?: number | null,
  inferred?: LedgerEntry['inferred'],
];

/** A field that says what all sessions say, or what follows from the others, is undefined: JSON leaves it out. */
type Written = { [K in keyof LogonSession]: unknown };

const unless = <T>(value: T, implied: unknown): T | undefined => (value === implied ? undefined : value);
const unlessEmpty = <T>(list: readonly T[]) => (list.length === 0 ? undefined : list);

/**
 * The session as JSON. A closed one is counted to its computer's last sign of life, which moves with every event: that
 * is kept once, with the computer.
 */
export function sessionBody(session: LogonSession): string {
  const { start, end, away, ledger, durationMs } = session;
  const told = (end ?? session.asOf) - start;
  return JSON.stringify({
    id: session.id,
    computer: session.computer,
    computerFqdn: session.computerFqdn ?? undefined,
    user: session.user,
    domain: session.domain ?? undefined,
    sid: session.sid ?? undefined,
    logonIds: unlessEmpty(session.logonIds),
    aliasLogonIds: unlessEmpty(session.aliasLogonIds),
    terminalSessionId: session.terminalSessionId ?? undefined,
    logonType: session.logonType ?? undefined,
    kind: session.kind,
    start,
    startBy: session.startBy,
    startEarliest: unless(session.startEarliest, start),
    startLatest: unless(session.startLatest, start),
    end: end ?? undefined,
    endBy: session.endBy,
    endEarliest: unless(session.endEarliest, end ?? session.asOf),
    endLatest: unless(session.endLatest, end ?? session.asOf),
    asOf: session.endBy === 'open' ? session.asOf : undefined,
    durationMs: unless(durationMs, told),
    useMs: unless(session.useMs, durationMs - session.awayMs.total),
    useMinMs: unless(session.useMinMs, session.useMs),
    useMaxMs: unless(session.useMaxMs, session.useMs),
    awayMs: awayTotals(session.awayMs),
    away: away.length === 0 ? undefined : away.map((interval) => written(interval, start)),
    ledger: sameIntervals(ledger, away) ? undefined : ledger.map((interval) => written(interval, start)),
    startEvidence: session.startEvidence ?? undefined,
    endEvidence: session.endEvidence ?? undefined,
    elevated: unless(session.elevated, false),
    sourceAddress: session.sourceAddress ?? undefined,
    clientName: session.clientName ?? undefined,
    logonProcess: session.logonProcess ?? undefined,
    lockData: unless(session.lockData, true),
    findings: unlessEmpty(session.findings),
    events: session.events,
  } satisfies Written);
}

function awayTotals(awayMs: LogonSession['awayMs']): Partial<LogonSession['awayMs']> | undefined {
  if (awayMs.total === 0 && AWAY_REASONS.every((reason) => awayMs[reason] === 0)) return undefined;
  const totals: Partial<Record<AwayReason | 'total', number>> = {};
  if (awayMs.total !== 0) totals.total = awayMs.total;
  for (const reason of AWAY_REASONS) if (awayMs[reason] !== 0) totals[reason] = awayMs[reason];
  return totals;
}

function written(interval: Away | LedgerEntry, start: number): WrittenInterval {
  const { reason, from, to, evidence, inferred } = interval;
  const length = to - from;
  const counted = 'countedMs' in interval ? interval.countedMs : null;
  const told = [reason, from - start, length, evidence[0], evidence[1]] as const;
  if (inferred.length > 0) return [...told, counted, inferred];
  return counted === length ? told : [...told, counted];
}

function sameIntervals(ledger: readonly LedgerEntry[], away: readonly Away[]): boolean {
  return (
    ledger === away ||
    (ledger.length === away.length &&
      ledger.every((entry, i) => JSON.stringify(written(entry, 0)) === JSON.stringify(written(away[i]!, 0))))
  );
}

/** The session again; `asOf` is that of its computer. */
export function sessionOfBody(body: string, asOf: number | null): LogonSession {
  const told = JSON.parse(body) as Partial<Omit<LogonSession, 'away' | 'ledger' | 'awayMs'>> & {
    readonly start: number;
    readonly away?: readonly WrittenInterval[];
    readonly ledger?: readonly WrittenInterval[];
    readonly awayMs?: Partial<LogonSession['awayMs']>;
  };
  const { start } = told;
  const end = told.end ?? null;
  const countedTo = told.asOf ?? asOf ?? told.endLatest ?? end ?? 0;
  const until = end ?? countedTo;
  const durationMs = told.durationMs ?? until - start;
  const awayMs = { ...NEVER_AWAY, ...told.awayMs };
  const useMs = told.useMs ?? durationMs - awayMs.total;
  const away = (told.away ?? []).map((interval) => read(interval, start));
  return {
    ...USUAL,
    ...{ startEarliest: start, startLatest: start, endEarliest: until, endLatest: until },
    ...{ durationMs, useMs, useMinMs: useMs, useMaxMs: useMs },
    ...(told as object),
    awayMs,
    away,
    ledger: told.ledger === undefined ? away : told.ledger.map((interval) => read(interval, start)),
    asOf: countedTo,
  } as LogonSession;
}

const NEVER_AWAY = Object.fromEntries(
  ['total', ...AWAY_REASONS].map((reason) => [reason, 0]),
) as unknown as LogonSession['awayMs'];

const USUAL: Partial<LogonSession> = {
  computerFqdn: null,
  domain: null,
  sid: null,
  logonIds: [],
  aliasLogonIds: [],
  terminalSessionId: null,
  logonType: null,
  end: null,
  startEvidence: null,
  endEvidence: null,
  elevated: false,
  sourceAddress: null,
  clientName: null,
  logonProcess: null,
  lockData: true,
  findings: [],
};

function read(interval: WrittenInterval | LedgerEntry, start: number): LedgerEntry {
  // Bodies of before hold intervals in full.
  if ('reason' in interval) return interval;
  const [reason, after, length, first, last, counted = length, inferred = []] = interval;
  const from = start + after;
  const told = { reason, from, to: from + length, evidence: [first, last] as const, inferred };
  return (counted === null ? told : { ...told, countedMs: counted }) as LedgerEntry;
}
