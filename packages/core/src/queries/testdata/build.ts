/** Builds sessions and events for tests from the few facts a test is about; times without a date are on one Monday. */
import {
  AWAY_REASONS,
  type Away,
  type AwayReason,
  type EventDetail,
  type Instant,
  type LogonSession,
  type SessionEvent,
  type Signal,
} from '../../model.ts';

/** A Monday without a change of clocks. */
export const MONDAY = '2025-03-03';

/** `09:00` and `09:00:30` are UTC on that Monday; anything longer is read as ISO. */
export function at(text: string): Instant {
  const iso = /^\d\d:\d\d(:\d\d)?$/.test(text) ? `${MONDAY}T${text}Z` : text;
  const instant = Date.parse(iso);
  if (Number.isNaN(instant)) throw new Error(`"${text}" is not a time`);
  return instant;
}

type Span = readonly [from: string, to: string];

export interface SessionFacts extends Partial<Omit<LogonSession, 'start' | 'end' | 'asOf' | 'away'>> {
  readonly start: string;
  /** Left out: still open. */
  readonly end?: string;
  readonly asOf?: string;
  readonly away?: Partial<Record<AwayReason, readonly Span[]>>;
  readonly earliestStart?: string | null;
  readonly earliestEnd?: string;
  readonly latestEnd?: string;
}

/** What every session of these tests has, unless a test says otherwise. */
const ORDINARY = {
  computerFqdn: null,
  domain: 'CORP',
  sid: null,
  logonIds: ['0x3e9a'],
  aliasLogonIds: [],
  terminalSessionId: 1,
  logonType: 2,
  kind: 'console',
  startBy: 'logon',
  ledger: [],
  startEvidence: null,
  endEvidence: null,
  elevated: false,
  sourceAddress: null,
  clientName: null,
  logonProcess: null,
  lockData: true,
  findings: [],
  events: 2,
} as const satisfies Partial<LogonSession>;

/** A console session of CORP\alice on PC1 unless told otherwise; lengths are counted from edge to edge. */
export function session(facts: SessionFacts): LogonSession {
  const { earliestStart, earliestEnd, latestEnd, away: spans, ...given } = facts;
  const start = at(facts.start);
  const end = facts.end === undefined ? null : at(facts.end);
  const asOf = at(facts.asOf ?? facts.end ?? '18:00');
  const away = awayOf(spans ?? {});
  const until = end ?? asOf;
  const total = coveredMs(away, start, until);
  const useMs = until - start - total;
  const byReason = AWAY_REASONS.map((reason) => {
    return [
      reason,
      coveredMs(
        away.filter((one) => one.reason === reason),
        start,
        until,
      ),
    ] as const;
  });
  const computer = facts.computer ?? 'PC1';
  const user = facts.user ?? 'alice';
  return {
    ...ORDINARY,
    id: `${computer} ${user} ${facts.start}`,
    endBy: end === null ? 'open' : 'logoff',
    useMinMs: useMs,
    useMaxMs: useMs,
    ...given,
    computer,
    user,
    start,
    startEarliest: earliestStart === undefined ? start : earliestStart === null ? null : at(earliestStart),
    startLatest: start,
    end,
    endEarliest: earliestEnd === undefined ? until : at(earliestEnd),
    endLatest: latestEnd === undefined ? until : at(latestEnd),
    asOf,
    durationMs: until - start,
    useMs,
    awayMs: { ...(Object.fromEntries(byReason) as Record<AwayReason, number>), total },
    away,
  };
}

function awayOf(spans: NonNullable<SessionFacts['away']>): Away[] {
  return AWAY_REASONS.flatMap((reason) =>
    (spans[reason] ?? []).map(([from, to]) => {
      return { reason, from: at(from), to: at(to), evidence: [null, null], inferred: [] };
    }),
  );
}

/** Counted between all edges one by one, so that it shares no code with what it checks. */
function coveredMs(away: readonly Away[], from: Instant, to: Instant): number {
  const edges = [from, to, ...away.flatMap((one) => [one.from, one.to])].sort((a, b) => a - b);
  let sum = 0;
  for (const [i, edge] of edges.entries()) {
    const next = edges[i + 1] ?? edge;
    const inside = edge >= from && next <= to && away.some((one) => one.from <= edge && next <= one.to);
    if (inside) sum += next - edge;
  }
  return sum;
}

let recordId = 0;

/** An event of CORP\alice on PC1 unless told otherwise. */
export function event(
  time: string,
  signal: Signal,
  facts: Partial<Omit<SessionEvent, 'time' | 'signal' | 'detail'>> & { detail?: EventDetail } = {},
): SessionEvent {
  recordId += 1;
  return {
    computer: 'PC1',
    computerFqdn: null,
    channel: 'Security',
    provider: null,
    eventId: null,
    recordId,
    user: 'alice',
    domain: 'CORP',
    sid: null,
    logonId: null,
    linkedLogonId: null,
    logonType: null,
    terminalSessionId: null,
    sessionName: null,
    sourceAddress: null,
    sourcePort: null,
    destinationAddress: null,
    destinationPort: null,
    clientName: null,
    workstation: null,
    elevated: null,
    status: null,
    subStatus: null,
    failureReason: null,
    logonProcess: null,
    authPackage: null,
    identity: null,
    source: { file: 'Security.evtx', record: recordId },
    detail: null,
    ...facts,
    time: at(time),
    signal,
  };
}
