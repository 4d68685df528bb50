/** Events over time: how many of each signal fall into bins of equal length. */
import type { Signal } from '@logonscope/core';
import { sql } from 'kysely';
import { type AskedEvents, askEvents } from '../../questions/events.ts';
import { type BoundQuestion, ignoredChips } from '../../questions/question.ts';
import { readSome } from '../../questions/some.ts';
import type { Source } from '../../questions/source.ts';

/** Events looked at one by one; more would keep others waiting. */
const COUNTED_MAX = 200_000;

/** Counts by signal, one number per bin; counted by the database unless it cannot judge the filter. */
export async function binEvents(
  source: Source,
  { question, bins }: { readonly question: BoundQuestion; readonly bins: number },
) {
  const { from, to } = question;
  const binMs = Math.max(1, Math.ceil((to - from) / bins));
  const bySignal: Record<string, number[]> = {};
  const count = (signal: Signal, time: number, events: number) => {
    bySignal[signal] ??= Array.from({ length: bins }, () => 0);
    bySignal[signal]![Math.floor((time - from) / binMs)]! += events;
  };
  const asked = await askEvents(source, question);
  let complete = true;
  if (asked.fits === null) {
    for (const row of await countedByStore(asked, from, binMs)) {
      count(row.signal as Signal, from + Number(row.offset_ms), Number(row.events));
    }
  } else {
    const scan = asked.scan('desc');
    ({ complete } = await readSome(scan, COUNTED_MAX, ({ signal, time }) => count(signal, time, 1)));
  }
  return {
    from: new Date(from).toISOString(),
    binSeconds: binMs / 1000,
    bySignal,
    complete,
    ignored: ignoredChips(asked.ignored),
  };
}

/**
 * Rows by signal and by where their bin begins. The numbers stand in the text: the expression must be the very same
 * in both places, and some databases take parameters of equal value for different ones.
 */
function countedByStore(asked: AskedEvents, from: number, binMs: number) {
  const since = sql`(events.time - ${sql.lit(from)})`;
  const offset = sql<number>`${since} - ${since} % ${sql.lit(binMs)}`;
  return asked
    .rows()
    .select(['events.signal', offset.as('offset_ms')])
    .select((eb) => eb.fn.countAll().as('events'))
    .groupBy(['events.signal', offset])
    .execute();
}
