/** The claim: what was acknowledged is there exactly once, nothing else is, and sessions are what a rebuild gives. */
import { openStore } from '@logonscope/server';
import type { Company, Portal, StoredRow } from './portal.ts';
import { nameOf, type Sent } from './senders.ts';

/** What is wrong with a store after a test; all empty in one that kept its word. */
export interface Wrong {
  /** Acknowledged and not there. */
  readonly lost: readonly string[];
  readonly twice: readonly string[];
  /** There, and never sent. */
  readonly invented: readonly string[];
  /** Told to be new more than once. */
  readonly newAgain: readonly string[];
  /** Statuses that are neither success nor "come again". */
  readonly otherAnswers: readonly string[];
  /** Refusals for the moment without Retry-After. */
  readonly withoutRetryAfter: readonly string[];
  /** How far the daily totals are from the events. */
  readonly totalsOff: number;
}

export const NOTHING_WRONG: Wrong = {
  ...{
    lost: [],
    twice: [],
    invented: [],
    newAgain: [],
    otherAnswers: [],
    withoutRetryAfter: [],
    totalsOff: 0,
  },
};

const EXPECTED_ANSWERS: ReadonlySet<string> = new Set(['200', '201', '429', '503', 'cut']);

/** Compares what senders know with what the portal shows of their company. */
export async function compare(sent: Sent, portal: Portal, { id }: Pick<Company, 'id'>): Promise<Wrong> {
  const rows = await portal.events(id);
  const counts = countsOf(rows);
  const total = await portal.totalEvents(id);
  return {
    lost: [...sent.acknowledged].filter((name) => !counts.has(name)),
    twice: [...counts].filter(([, count]) => count > 1).map(([name]) => name),
    invented: [...counts.keys()].filter((name) => !sent.offered.has(name)),
    newAgain: [...sent.toldNew].filter(([, count]) => count > 1).map(([name]) => name),
    otherAnswers: [...sent.answers.keys()].filter((status) => !EXPECTED_ANSWERS.has(status)),
    withoutRetryAfter: sent.withoutRetryAfter.map(({ status, body }) => `${status} ${body}`),
    totalsOff: total - rows.length,
  };
}

function countsOf(rows: readonly StoredRow[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(nameOf(row), (counts.get(nameOf(row)) ?? 0) + 1);
  return counts;
}

/** Makes all sessions anew; how many there are, and how many differed before. */
export async function rebuilt(url: string, folder: string): Promise<{ sessions: number; corrected: number }> {
  const store = await openStore(url, { folder });
  try {
    const { sessions, corrected } = await store.events.rebuild(Date.now());
    return { sessions, corrected };
  } finally {
    await store.close();
  }
}

/** `1203 acknowledged, 1250 offered; answers 200: 40, 201: 1163, cut: 12`. */
export function told({ acknowledged, offered, answers }: Sent): string {
  const counts = [...answers].sort().map(([status, count]) => `${status}: ${count}`);
  return `${acknowledged.size} acknowledged of ${offered.size} offered; answers ${counts.join(', ')}`;
}

/** The middle and the 99th of a hundred, in whole milliseconds. */
export function quantiles(tookMs: readonly number[]): { readonly p50Ms: number; readonly p99Ms: number } {
  const sorted = tookMs.toSorted((a, b) => a - b);
  const at = (q: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0);
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
}
