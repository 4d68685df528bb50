/** A session told in full: what was measured, what was taken off by which evidence, and how sure that is. */
import type { Evidence, Instant, LedgerEntry, LogonSession, SessionEvent } from '@logonscope/core';
import { AWAY_WORDS, accountName, clockText, END_WORDS, START_WORDS } from './words.ts';

export interface ExplanationOptions {
  /** Writes an instant for people. */
  readonly showTime: (at: Instant) => string;
  /** A sentence about a finding's code. */
  readonly findingSentence: (code: string) => string;
}

/** The ledger of one session as lines of text; the last figure of the running total is the use time. */
export function explainSession(session: LogonSession, options: ExplanationOptions): string[] {
  const { showTime, findingSentence } = options;
  const lines = [
    `${accountName(session)} on ${session.computer}   session ${session.id}   ${placeText(session)}`,
    `  from  ${showTime(session.start)}   ${START_WORDS[session.startBy]}${cited(session.startEvidence)}`,
    `  to    ${showTime(session.end ?? session.asOf)}   ${END_WORDS[session.endBy]}${cited(session.endEvidence)}`,
    '',
    ...ledgerLines(session, showTime),
    '',
    ...boundLines(session, showTime),
  ];
  for (const code of session.findings) lines.push(`  finding ${code}: ${findingSentence(code)}`);
  return lines;
}

/** Counts down from the length of the session to its use time. */
function ledgerLines(session: LogonSession, showTime: (at: Instant) => string): string[] {
  let leftMs = session.durationMs;
  const rows = [[clockText(leftMs), '', 'session']];
  for (const entry of session.ledger) {
    leftMs -= entry.countedMs;
    const taken = entry.countedMs === 0 ? '0:00:00' : `−${clockText(entry.countedMs)}`;
    const span = spanText(showTime(entry.from), showTime(entry.to));
    rows.push([clockText(leftMs), taken, AWAY_WORDS[entry.reason], span, evidenceText(entry)]);
  }
  rows.push([clockText(session.useMs), '', 'use time']);
  return alignColumns(rows);
}

/** Figures to the right, words to the left; the last cell of a row is not filled up. */
function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    }
  }
  return rows.map((row) => {
    const cells = row.map((cell, column) => {
      if (column < FIGURE_COLUMNS) return cell.padStart(widths[column]!);
      return column === row.length - 1 ? cell : cell.padEnd(widths[column]!);
    });
    return `  ${cells.join('   ')}`;
  });
}

const FIGURE_COLUMNS = 2;

/** `2025-11-03 10:31:10 – 10:46:41 +00:00`: what both times have in common is said once. */
function spanText(from: string, to: string): string {
  const first = from.split(' ');
  const last = to.split(' ');
  if (first.length < 3 || first[0] !== last[0] || first.at(-1) !== last.at(-1)) return `${from} – ${to}`;
  return `${first.slice(0, -1).join(' ')} – ${last.slice(1).join(' ')}`;
}

function evidenceText({ evidence, inferred, countedMs, from, to }: LedgerEntry): string {
  const edge = (at: 'from' | 'to', shown: Evidence | null) =>
    inferred.includes(at) ? 'inferred' : shown === null ? `session ${EDGE_WORDS[at]}` : shortEvidence(shown);
  const overlap = countedMs < to - from ? `   (${clockText(to - from)}, the rest is taken off already)` : '';
  return `${edge('from', evidence[0])} → ${edge('to', evidence[1])}${overlap}`;
}

const EDGE_WORDS = { from: 'start', to: 'end' } as const;

/** Of a file the name is enough, its folder is said by the events below; a channel keeps its whole name. */
function shortEvidence(evidence: Evidence): string {
  const name = evidence.slice(Math.max(evidence.lastIndexOf('/'), evidence.lastIndexOf('\\')) + 1);
  return /\.\w+:\d+$/.test(name) ? name : evidence;
}

function boundLines(session: LogonSession, showTime: (at: Instant) => string): string[] {
  const { useMinMs, useMaxMs, useMs } = session;
  const upTo = session.endBy === 'open' ? ' up to there' : '';
  if (useMinMs === useMs && useMaxMs === useMs) return [`  exact${upTo}: nothing had to be inferred`];
  const lines = [`  between ${clockText(useMinMs)} and ${clockText(useMaxMs)}, because`];
  if (session.startEarliest !== session.startLatest) {
    const earliest = session.startEarliest === null ? 'an unknown time' : showTime(session.startEarliest);
    lines.push(`    it began between ${earliest} and ${showTime(session.startLatest)}`);
  }
  if (session.endEarliest !== session.endLatest) {
    const bound = (at: Instant | null) => (at === null ? 'an unknown time' : showTime(at));
    lines.push(`    it ended between ${bound(session.endEarliest)} and ${bound(session.endLatest)}`);
  }
  if (lines.length === 1)
    lines.push('    an away interval lacks one of its ends, or part of the log is missing');
  return lines;
}

function placeText({ kind, logonType, logonIds, sourceAddress, clientName, elevated }: LogonSession): string {
  const parts: string[] = [kind];
  if (logonType !== null) parts.push(`logon type ${logonType}`);
  if (logonIds.length > 0) parts.push(logonIds.join(', '));
  const from = [clientName, sourceAddress].filter((part) => part !== null).join(' ');
  if (from !== '') parts.push(`from ${from}`);
  if (elevated) parts.push('elevated');
  return parts.join(', ');
}

const cited = (evidence: Evidence | null) => (evidence === null ? '' : ` (${shortEvidence(evidence)})`);

/** Signals that concern every session of their computer. */
const OF_THE_COMPUTER: ReadonlySet<string> = new Set([
  'crash',
  'boot',
  'resume',
  'wake',
  'sleep',
  'clockChange',
  'shutdown',
]);

/**
 * The events that a person would look up to check the session: those that name it by logon ID, those of its
 * terminal session and account without an ID, and what happened to the computer meanwhile.
 */
export function eventsOf(session: LogonSession, events: readonly SessionEvent[]): SessionEvent[] {
  const ids = new Set([...session.logonIds, ...session.aliasLogonIds]);
  const first = session.startEarliest ?? session.start;
  const last = session.endLatest ?? session.end ?? session.asOf;
  const user = session.user.toLowerCase();
  return events.filter((event) => {
    if (event.computer !== session.computer || event.time < first || event.time > last) return false;
    if (event.logonId !== null) return ids.has(event.logonId);
    if (OF_THE_COMPUTER.has(event.signal)) return true;
    return event.user !== null && event.user.toLowerCase() === user;
  });
}
