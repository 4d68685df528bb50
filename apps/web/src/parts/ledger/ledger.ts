/** How a session's use time comes about: every line that is added or taken off, with the records that tell of it. */
import type { getSession } from '@logonscope/protocol';
import type { BodyOf } from '../../data/source.ts';
import { lengthText } from '../words/lengths.ts';
import { ENDS, REASONS, recordWord, STARTS, wordOf } from '../words/names.ts';

export type ExplainedSession = BodyOf<typeof getSession>;

/** A line that takes time off. */
export interface LedgerLine {
  readonly reason: string;
  readonly word: string;
  readonly meaning: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** How long it lasted. */
  readonly lengthMs: number;
  /** How much of it no earlier line has taken off. */
  readonly countedMs: number;
  /** The record at each end, or how the end came about without one. */
  readonly evidence: readonly [EdgeEvidence, EdgeEvidence];
  /** Why less is counted than it lasted; null where all of it is. */
  readonly note: string | null;
}

export interface EdgeEvidence {
  readonly record: string | null;
  readonly words: string;
}

export interface Ledger {
  readonly startMs: number;
  /** The end, or up to where an open session is counted. */
  readonly endMs: number;
  readonly grossMs: number;
  readonly lines: readonly LedgerLine[];
  readonly useMs: number;
  readonly leastMs: number;
  readonly mostMs: number;
  /** Why `leastMs` and `mostMs` are what they are; empty where the figure is certain. */
  readonly doubts: readonly string[];
  /** What the lines add up to is what the session says. */
  readonly addsUp: boolean;
}

const ms = (seconds: number) => Math.round(seconds * 1_000);

/** The ledger of a session as the API explains it. */
export function ledgerOf(session: ExplainedSession): Ledger {
  const startMs = Date.parse(session.start);
  const endMs = session.end === null ? Math.max(startMs, Date.parse(session.asOf)) : Date.parse(session.end);
  const lines = session.ledger.map((entry) => lineOf(entry, session));
  const grossMs = ms(session.durationSeconds);
  const useMs = ms(session.useSeconds);
  const taken = lines.reduce((sum, { countedMs }) => sum + countedMs, 0);
  return {
    startMs,
    endMs,
    grossMs,
    lines,
    useMs,
    leastMs: ms(session.useSecondsMin),
    mostMs: ms(session.useSecondsMax),
    doubts: doubtsOf(session, lines),
    addsUp: grossMs - taken === useMs,
  };
}

type Entry = ExplainedSession['ledger'][number];

function lineOf(entry: Entry, session: ExplainedSession): LedgerLine {
  const { word, meaning } = wordOf(REASONS, entry.reason);
  const [fromMs, toMs] = [Date.parse(entry.from), Date.parse(entry.to)];
  const countedMs = ms(entry.countedSeconds);
  const covered = toMs - fromMs - countedMs;
  return {
    reason: entry.reason,
    word,
    meaning,
    fromMs,
    toMs,
    lengthMs: toMs - fromMs,
    countedMs,
    evidence: [edge(entry, 'from', 0), goesOn(entry, session) ?? edge(entry, 'to', 1)],
    note:
      covered > 0
        ? `${lengthText(covered)} of it is taken off by a line above: each moment counts once.`
        : null,
  };
}

/** Of an open session the last stretch may simply not be over. */
function goesOn({ to, evidence }: Entry, { endBy, asOf }: ExplainedSession): EdgeEvidence | null {
  const isLast = endBy === 'open' && to === asOf && (evidence[1] ?? null) === null;
  return isLast ? { record: null, words: 'still so when the log ended' } : null;
}

function edge(entry: Entry, side: 'from' | 'to', index: 0 | 1): EdgeEvidence {
  const record = entry.evidence[index] ?? null;
  if (entry.inferred.includes(side)) {
    return { record, words: 'no record shows it; put there by a rule' };
  }
  if (record !== null) return { record, words: recordWord(record) };
  return { record, words: side === 'from' ? 'start of the session' : 'lasted until the session ended' };
}

/** Sentences on what the log leaves open, in the order in which one reads the session. */
function doubtsOf(session: ExplainedSession, lines: readonly LedgerLine[]): string[] {
  const doubts: string[] = [];
  const certain =
    session.useSecondsMin === session.useSeconds && session.useSecondsMax === session.useSeconds;
  if (session.startBy === 'first-seen') {
    doubts.push(`${STARTS['first-seen'].meaning} What lies before the first sign is not counted.`);
  }
  if (session.endBy === 'crash' || session.endBy === 'superseded' || session.endBy === 'logoff-begin') {
    doubts.push(wordOf(ENDS, session.endBy).meaning);
  }
  if (session.endBy === 'open') doubts.push(ENDS.open.meaning);
  if (certain) return session.endBy === 'open' ? doubts : [];
  const halfOpen = lines.filter(({ evidence: [, to] }) => to.record === null);
  if (halfOpen.length > 0) {
    doubts.push(
      `${halfOpen.length} away ${halfOpen.length === 1 ? 'stretch has' : 'stretches have'} no closing record.`,
    );
  }
  if (session.ledger.some(({ inferred }) => inferred.length > 0)) {
    doubts.push('Some edges stand in no record; a rule puts them there.');
  }
  if (!session.coverage.lockData) {
    doubts.push('The log of this computer never holds a lock: time at a locked screen is counted as use.');
  }
  return doubts;
}
