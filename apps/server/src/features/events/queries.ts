/** Events of a company: pages, totals, one event. */
import type { Signal } from '@logonscope/core';
import { eventOfBody } from '../../db/index.ts';
import { eventToWire, keyOfEventId } from '../../questions/event-wire.ts';
import { askEvents, EVENT_KEYS } from '../../questions/events.ts';
import { ignoredChips, type Question } from '../../questions/question.ts';
import { cursorKeys, readPage } from '../../questions/scan.ts';
import { readSome } from '../../questions/some.ts';
import type { Source } from '../../questions/source.ts';

/** Events looked at one by one for a total; more would keep others waiting. */
const COUNTED_MAX = 200_000;

export interface PageWish {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** One page of events in order of time. */
export async function listEvents(
  source: Source,
  question: Question,
  { order, cursor, limit }: PageWish & { readonly order: 'asc' | 'desc' },
) {
  const asked = await askEvents(source, question);
  const { found, next } = await readPage(asked.scan(order), cursorKeys(cursor, EVENT_KEYS), limit);
  const rows = found.map(({ row, subject }) => eventToWire(row, subject));
  return { rows, next, ignored: ignoredChips(asked.ignored) };
}

/** How many events fit, by signal. Counted by the database, or one by one where it cannot judge the filter. */
export async function totalEvents(source: Source, question: Question) {
  const asked = await askEvents(source, question);
  const bySignal: Record<string, number> = {};
  const count = (signal: Signal, events: number) => {
    bySignal[signal] = (bySignal[signal] ?? 0) + events;
  };
  let complete = true;
  if (asked.fits === null) {
    const rows = await asked
      .rows()
      .select(['events.signal', (eb) => eb.fn.countAll().as('events')])
      .groupBy('events.signal')
      .execute();
    for (const { signal, events } of rows) count(signal as Signal, Number(events));
  } else {
    const read = await readSome(asked.scan('desc'), COUNTED_MAX, ({ signal }) => count(signal, 1));
    complete = read.complete;
  }
  const events = Object.values(bySignal).reduce((sum, some) => sum + some, 0);
  return { events, bySignal, complete, ignored: ignoredChips(asked.ignored) };
}

/** One event with all it says; null if the company has none of that id. */
export async function findEvent({ scope }: Source, companyId: number, id: string) {
  const key = keyOfEventId(id);
  const row = await scope
    .events()
    .leftJoin('sites', (join) =>
      join.onRef('sites.company_id', '=', 'events.company_id').onRef('sites.id', '=', 'events.site_id'),
    )
    .select(['events.computer_id', 'events.time', 'events.hash', 'events.body', 'events.received_at'])
    .select('sites.name as site')
    .where('events.company_id', '=', companyId)
    .where('events.computer_id', '=', key?.computer_id ?? 0)
    .where('events.time', '=', key?.time ?? 0)
    .where('events.hash', '=', key?.hash ?? 0)
    .executeTakeFirst();
  if (row === undefined) return null;
  const event = eventOfBody(row.body);
  return {
    ...eventToWire(row, event),
    detail: event.detail === null ? null : { ...event.detail },
    receivedAt: new Date(row.received_at).toISOString(),
    site: row.site,
  };
}
