/** One computer's log, from unordered events to finished sessions, findings and coverage. */
import type { Finding, FindingCode, Instant, LifeSpan, LogonSession, SessionEvent } from '../model.ts';
import { type Boot, feed, newComputerFold } from './boots.ts';
import { type CorrectedLog, correctClock } from './clock.ts';
import { computerAway } from './computer-away.ts';
import type { Coverage } from './coverage.ts';
import { evidenceOf, type SessionDraft } from './draft.ts';
import { type FinishContext, finishSession, isLoneAbsence } from './finish.ts';
import { type LifeLine, lifeLineOf } from './life-line.ts';
import type { SessionizeOptions } from './options.ts';
import { atOf, mergeStreams, type OrderedEvents, type Stamped, streamsOf } from './order.ts';
import { COMPUTER_FINDINGS, contextOf, newSurvey, type Survey, survey } from './survey.ts';

export interface ComputerResult {
  readonly sessions: LogonSession[];
  readonly findings: Finding[];
  readonly coverage: Coverage;
  /** Events of each session by its id, where asked for. */
  readonly eventsOf: Map<string, SessionEvent[]> | null;
  /** Beginnings of boots, in order. */
  readonly boots: readonly Boot[];
}

/** The log of one computer in its total order, on corrected time. */
export interface ComputerLog extends OrderedEvents {
  readonly corrected: CorrectedLog;
  readonly life: LifeLine;
}

export function readComputer(
  events: readonly SessionEvent[],
  spans: readonly LifeSpan[],
  asOf?: Instant,
): ComputerLog {
  const seen = asOf === undefined ? events : events.filter(({ time }) => time <= asOf);
  const alive = asOf === undefined ? spans : clip(spans, asOf);
  const corrected = correctClock(streamsOf(seen), alive);
  return {
    corrected,
    ...mergeStreams(corrected.streams),
    life: lifeLineOf(corrected.streams),
  };
}

function clip(spans: readonly LifeSpan[], asOf: Instant): LifeSpan[] {
  return spans.flatMap((span) => (span.from > asOf ? [] : [{ ...span, to: Math.min(span.to, asOf) }]));
}

/** Sessions of one computer, sorted by start. */
export function sessionizeComputer(
  computer: string,
  log: ComputerLog,
  options: SessionizeOptions,
): ComputerResult {
  const fold = newComputerFold(options.everyLogon ?? false, log.life, options.keepEvents);
  const facts = newSurvey();
  // One object for all events: it is read at once or copied, and most of the events leave nothing behind.
  const stamped: { -readonly [K in keyof Stamped]: Stamped[K] } = { event: log.events[0]!, at: 0 };
  for (let i = 0; i < log.events.length; i++) {
    stamped.event = log.events[i]!;
    stamped.at = atOf(log, i);
    feed(fold, stamped);
    survey(facts, stamped);
  }
  const shared = computerAway(facts.special, log.corrected.changes, log.life);
  const ofLog = contextOf(computer, log, facts, shared.candidates, options);
  const findings = computerFindings(computer, log, facts, shared.unplaced);
  const sessions: LogonSession[] = [];
  const eventsOf = options.keepEvents ? new Map<string, SessionEvent[]>() : null;
  for (const boot of fold.boots) {
    const context = { ...ofLog, next: boot.next };
    if (boot.boot?.implied === true) findings.push(finding('implied-boot', computer, boot.boot.event));
    for (const draft of boot.state.drafts) {
      const session = finishDraft(draft, context, findings);
      if (session === null) continue;
      if (session.kind === 'network' && !options.everyLogon) continue;
      sessions.push(session);
      if (draft.keptEvents !== null) eventsOf?.set(session.id, draft.keptEvents);
    }
  }
  sessions.sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
  const boots = fold.boots.flatMap(({ boot }) => (boot === null ? [] : [boot]));
  return { sessions, findings, coverage: coverageOf(computer, log, facts), eventsOf, boots };
}

function finishDraft(draft: SessionDraft, context: FinishContext, findings: Finding[]): LogonSession | null {
  const session = finishSession(draft, context);
  if (session === null) {
    if (!draft.dissolved && isLoneAbsence(draft))
      findings.push(finding('orphan-lock', context.computer, draft.firstEvent!));
    return null;
  }
  for (const code of session.findings) {
    findings.push({
      code,
      computer: session.computer,
      time: session.start,
      sessionId: session.id,
      evidence: session.startEvidence,
    });
  }
  return session;
}

/** A jump that shortens or lengthens what people see by less than this is not worth a finding. */
const NOTABLE_JUMP_MS = 60_000;

function computerFindings(
  computer: string,
  { corrected, life }: ComputerLog,
  { remarkable }: Survey,
  unplaced: readonly Instant[],
): Finding[] {
  const findings: Finding[] = [];
  for (const event of remarkable) findings.push(finding(COMPUTER_FINDINGS[event.signal]!, computer, event));
  for (const { previousTime, newTime, events: told } of corrected.changes) {
    if (Math.abs(newTime - previousTime) < NOTABLE_JUMP_MS) continue;
    const evidence = told[0] === undefined ? null : evidenceOf(told[0]);
    findings.push({ code: 'clock-jump', computer, time: newTime, sessionId: null, evidence });
  }
  for (const time of unplaced) {
    findings.push({ code: 'clock-jump', computer, time, sessionId: null, evidence: null });
  }
  for (const gap of life.gaps.all) {
    findings.push({
      code: 'log-gap',
      computer,
      time: gap.from,
      sessionId: null,
      evidence: `${gap.channel}: ${gap.missing}`,
    });
  }
  return findings;
}

function finding(code: FindingCode, computer: string, event: SessionEvent): Finding {
  return { code, computer, time: event.time, sessionId: null, evidence: evidenceOf(event) };
}

function coverageOf(
  computer: string,
  { events, corrected, life }: ComputerLog,
  { lockData, remarkable }: Survey,
): Coverage {
  return {
    computer,
    from: life.first,
    to: life.last,
    events: events.length,
    lockData,
    gaps: life.gaps.all,
    cleared: remarkable.map(({ time }) => time),
    channels: [...new Set(corrected.streams.map(({ channel }) => channel))].filter(
      (channel) => channel !== '',
    ),
  };
}
