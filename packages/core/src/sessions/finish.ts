/** Turns a draft into the session that people read: its end, its ledger, its bounds, its own clock. */
import type { FindingCode, Instant, LogonSession } from '../model.ts';
import { awayCandidates } from './away.ts';
import type { AwayCandidate } from './away-candidate.ts';
import { type EndContext, endOf } from './close.ts';
import type { SessionDraft, SessionEnd } from './draft.ts';
import { stableHash } from './stable-hash.ts';
import { accountFor, type SessionBounds, type UseTime } from './use-time.ts';

export interface FinishContext extends EndContext {
  readonly ids: SessionIds;
  /** `asOf` as the computer's clock has it. */
  readonly asOfTime: Instant;
  readonly computer: string;
  /** Asleep and paused stretches of the computer, which every session shares. */
  readonly computerAway: readonly AwayCandidate[];
  readonly screensaverDelayMs: number;
  readonly lockData: boolean;
  /** Names of accounts of which some events only tell the SID. */
  readonly nameOfSid: ReadonlyMap<string, { user: string; domain: string | null }>;
}

/** A logon of unknown type shorter than this, without a person's sign, is taken for a network logon. */
const SHORT_UNKNOWN_MS = 300_000;

/** Null for a sign of absence with nothing else to it: no use is known of, so there is no session to show. */
export function finishSession(draft: SessionDraft, context: FinishContext): LogonSession | null {
  if (draft.dissolved || isLoneAbsence(draft)) return null;
  const end = endOf(draft, context);
  const findings: FindingCode[] = [...draft.findings];
  const report = (code: FindingCode) => {
    if (!findings.includes(code)) findings.push(code);
  };
  if (!context.lockData && !draft.listed) report('no-lock-data');
  const bounds = boundsOf(draft, end, context);
  // Everything is shown on the clock that ran when the session began, so that end − start is the duration.
  const shift = draft.startTime - draft.start;
  const candidates = draft.listed ? [] : candidatesOf(draft, bounds, context, end.by === 'logoff', report);
  const use = accountFor(bounds, candidates, end.evidence, shift);
  return assemble(draft, context, end, bounds, use, findings);
}

/** A lock, disconnect or screen saver of someone of whom nothing else was ever seen. */
export function isLoneAbsence(draft: SessionDraft): boolean {
  return draft.startBy === 'first-seen' && draft.openedBy === 'absence' && draft.events === 1;
}

function boundsOf(draft: SessionDraft, end: SessionEnd, { life }: FinishContext): SessionBounds {
  const endAt = Math.max(end.at, draft.start);
  return {
    start: draft.start,
    end: endAt,
    startEarliest: Math.min(draft.start, draft.startEarliest ?? life.first),
    startLatest: draft.startLatest,
    endEarliest: Math.min(endAt, Math.max(end.earliest, draft.start)),
    endLatest: Math.max(endAt, end.latest),
  };
}

function candidatesOf(
  draft: SessionDraft,
  bounds: SessionBounds,
  { life, computerAway, screensaverDelayMs }: FinishContext,
  endsByLogoff: boolean,
  report: (code: FindingCode) => void,
): AwayCandidate[] {
  const { marks } = draft;
  const own = awayCandidates({
    marks,
    gaps: life.gaps,
    screensaverDelayMs,
    latestEnd: bounds.endLatest,
    endsByLogoff,
    report,
  });
  for (const shared of computerAway) {
    if (shared.most.to > bounds.startEarliest && shared.most.from < bounds.endLatest) own.push(shared);
  }
  return own;
}

/** True for what opened without a logon type and shows no person: a network logon as far as one can tell. */
function isShortUnknown(draft: SessionDraft, end: SessionEnd, use: UseTime): boolean {
  if (draft.kind !== 'unknown' || draft.logonType !== null || draft.witnesses.security === undefined)
    return false;
  if (draft.witnesses.terminal !== undefined || draft.witnesses.winlogon !== undefined) return false;
  return end.by === 'logoff' && draft.marks.length === 1 && use.durationMs < SHORT_UNKNOWN_MS;
}

function assemble(
  draft: SessionDraft,
  context: FinishContext,
  end: SessionEnd,
  bounds: SessionBounds,
  use: UseTime,
  findings: FindingCode[],
): LogonSession {
  const shift = draft.startTime - draft.start;
  const shown = (at: Instant) => at + shift;
  const named = draft.account.sid === null ? undefined : context.nameOfSid.get(draft.account.sid);
  const user = draft.account.user ?? named?.user ?? draft.account.sid ?? '?';
  const domain = draft.account.domain ?? named?.domain ?? null;
  const open = end.by === 'open';
  const shortUnknown = isShortUnknown(draft, end, use);
  if (shortUnknown) findings.push('unknown-type');
  const withoutUse = draft.listed || shortUnknown;
  return {
    id: context.ids.take(
      `${context.computer}|${shown(bounds.start)}|${draft.logonIds[0] ?? user.toLowerCase()}`,
    ),
    computer: context.computer,
    computerFqdn: draft.computerFqdn,
    user,
    domain,
    sid: draft.account.sid,
    logonIds: draft.logonIds,
    aliasLogonIds: draft.aliasLogonIds,
    terminalSessionId: draft.terminalSessionId,
    logonType: draft.logonType,
    kind: shortUnknown ? 'network' : draft.kind,
    start: shown(bounds.start),
    startBy: draft.startBy,
    startEarliest: draft.startEarliest === null ? null : shown(draft.startEarliest),
    startLatest: shown(draft.startLatest),
    end: open ? null : shown(bounds.end),
    endBy: end.by,
    endEarliest: shown(bounds.endEarliest),
    endLatest: shown(bounds.endLatest),
    asOf: open ? shown(context.asOf) : context.asOfTime,
    durationMs: use.durationMs,
    useMs: withoutUse ? 0 : use.useMs,
    useMinMs: withoutUse ? 0 : use.useMinMs,
    useMaxMs: withoutUse ? 0 : use.useMaxMs,
    awayMs: use.awayMs,
    away: use.away,
    ledger: use.away,
    startEvidence: draft.startEvidence,
    endEvidence: end.evidence,
    elevated: draft.elevated,
    sourceAddress: draft.sourceAddress,
    clientName: draft.clientName,
    logonProcess: draft.logonProcess,
    lockData: context.lockData,
    findings,
    events: draft.events,
  };
}

/** Names for sessions that stay the same as long as their evidence does. */
export interface SessionIds {
  take(identity: string): string;
}

/** Two sessions of one account can begin in the same instant without logon IDs: the later in order gets a number. */
export function sessionIds(): SessionIds {
  const taken = new Set<string>();
  return {
    take(identity) {
      let id = stableHash(identity);
      for (let n = 2; taken.has(id); n++) id = stableHash(`${identity}|${n}`);
      taken.add(id);
      return id;
    },
  };
}
