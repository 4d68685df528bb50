/** How many sessions lasted and were in use, over the whole range: read one by one where they are few, else added up. */
import { useIntervals } from '@logonscope/core';
import { encodeMinimap } from '@logonscope/protocol';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { BoundQuestion } from '../../questions/question.ts';
import { readAll } from '../../questions/scan.ts';
import { type AskedSessions, askSessions } from '../../questions/sessions.ts';
import type { Source } from '../../questions/source.ts';

/** Above this many sessions their figures are added up by the database. */
const ONE_BY_ONE_MAX = 2_000;

/** Milliseconds of each bin that sessions were there, and in use. */
interface Drawn {
  readonly present: Float64Array;
  readonly inUse: Float64Array;
}

/**
 * The minimap of a range. Where many sessions are added up, how long they were there is as exact; each one's use is then
 * spread evenly over it, which no eye can tell from the truth where a bin holds more than a session.
 */
export async function drawMinimap(
  source: Source,
  question: BoundQuestion,
  { bins, oneByOneMax = ONE_BY_ONE_MAX }: { readonly bins: number; readonly oneByOneMax?: number },
): Promise<Uint8Array> {
  const { from, to } = question;
  const binMs = Math.max(1, (to - from) / bins);
  const asked = await askSessions(source, question);
  const few = asked.fits !== null || !(await hasMore(source, asked, oneByOneMax));
  const { present, inUse } = few
    ? await drawEach(asked, question, { bins, binMs })
    : await drawSums(asked, question, bins);
  const thousandths = (ms: Float64Array) =>
    Uint32Array.from(ms, (length) => Math.ceil((length / binMs) * 1000));
  return encodeMinimap({ fromMs: from, binMs, inUse: thousandths(inUse), present: thousandths(present) });
}

async function hasMore({ limit }: Source, asked: AskedSessions, most: number): Promise<boolean> {
  const sessions = (await asked.rows()).select('sessions.start_at').orderBy('sessions.start_at');
  return (await sessions.modifyEnd(limit(most + 1)).execute()).length > most;
}

async function drawEach(
  { scan }: AskedSessions,
  { from, to }: BoundQuestion,
  { bins, binMs }: { bins: number; binMs: number },
): Promise<Drawn> {
  const inUse = new Float64Array(bins);
  const present = new Float64Array(bins);
  const add = (into: Float64Array, start: number, end: number) => {
    const [first, last] = [Math.max(start, from), Math.min(end, to)];
    for (let bin = Math.max(0, Math.floor((first - from) / binMs)); bin < bins; bin++) {
      const [left, right] = [from + bin * binMs, from + (bin + 1) * binMs];
      if (left >= last) break;
      into[bin]! += Math.max(0, Math.min(last, right) - Math.max(first, left));
    }
  };
  for await (const piece of readAll(scan({ sort: 'start', order: 'asc' }))) {
    for (const session of piece) {
      add(present, session.start, session.end ?? session.asOf);
      for (const stretch of useIntervals(session)) add(inUse, stretch.from, stretch.to);
    }
  }
  return { present, inUse };
}

/**
 * Sessions that begin in one bin and end in another, together: their sums tell to the millisecond how long they were in
 * each. Whole numbers stand in the statement itself, so that all databases see that what is selected is grouped by.
 */
async function drawSums(asked: AskedSessions, { from, to }: BoundQuestion, bins: number): Promise<Drawn> {
  const whole = (n: number) => sql.lit(Math.round(n));
  const [begin, finish, span, count] = [whole(from), whole(to), whole(to - from), whole(bins)];
  const ends = sql<number>`coalesce(sessions.end_at, sessions.start_at + sessions.duration_ms)`;
  const start = sql<number>`(case when sessions.start_at < ${begin} then 0 else sessions.start_at - ${begin} end)`;
  const end = sql<number>`(case when ${ends} > ${finish} then ${span} else ${ends} - ${begin} end)`;
  /** The number of the bin, times the span: whole without a division, which databases do not agree on. */
  const binOf = (at: RawBuilder<number>) => sql<number>`(${at} * ${count} - (${at} * ${count}) % ${span})`;
  const [inside, length] = [sql`(${end} - ${start})`, sql`(${ends} - sessions.start_at)`];
  /** Use of the part inside; in seconds, since the product of milliseconds of years exceeds 64 bits. */
  const used = sql<number>`(case when ${inside} = ${length} then sessions.use_ms
    else sessions.use_ms / 1000 * ${inside} / ${length} * 1000 end)`;
  const rows = await (await asked.rows())
    .where(sql<SqlBool>`${ends} > sessions.start_at`)
    .select([binOf(start).as('first'), binOf(end).as('last'), sql<number>`count(*)`.as('sessions')])
    .select([sql<number>`sum(${start})`.as('starts'), sql<number>`sum(${end})`.as('ends')])
    .select(sql<number>`sum(${used})`.as('used'))
    .groupBy([binOf(start), binOf(end)])
    .execute();
  const drawn: Drawn = { present: new Float64Array(bins), inUse: new Float64Array(bins) };
  for (const row of rows) addGroup(drawn, row, to - from);
  return drawn;
}

interface Group {
  readonly first: number;
  readonly last: number;
  readonly sessions: number;
  /** Sums of milliseconds since the range's beginning. */
  readonly starts: number;
  readonly ends: number;
  readonly used: number;
}

function addGroup({ present, inUse }: Drawn, group: Group, spanMs: number): void {
  const bins = present.length;
  const binMs = spanMs / bins;
  const [first, last] = [group.first, group.last].map((n) => Math.round(Number(n) / spanMs)) as [
    number,
    number,
  ];
  const [sessions, starts, ends] = [Number(group.sessions), Number(group.starts), Number(group.ends)];
  const total = ends - starts;
  const add = (bin: number, ms: number) => {
    if (bin >= bins || ms <= 0) return;
    present[bin]! += ms;
    inUse[bin]! += (Number(group.used) * ms) / total;
  };
  if (first === last) {
    add(first, total);
    return;
  }
  add(first, sessions * (first + 1) * binMs - starts);
  for (let bin = first + 1; bin < last; bin++) add(bin, sessions * binMs);
  add(last, ends - sessions * last * binMs);
}
