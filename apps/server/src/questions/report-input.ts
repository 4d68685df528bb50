/** What a report of the core reads, out of the store: the sessions, events and coverage of a question. */
import {
  ANALYTICS,
  type Coverage,
  type LifeSpan,
  type LogonSession,
  REPORTS,
  type Report,
  type ReportInput,
  type ReportOptions,
  type SessionEvent,
  sessionize,
} from '@logonscope/core';
import { sql } from 'kysely';
import { AppError } from '../app-error.ts';
import { eventOfBody, lifeSpanOf } from '../db/index.ts';
import { askEvents } from './events.ts';
import type { Question } from './question.ts';
import { askSessions } from './sessions.ts';
import { readSome } from './some.ts';
import type { Source } from './source.ts';

/** The engine takes them into memory: about 2 kB each. */
const SESSIONS_MAX = 400_000;
const EVENTS_MAX = 500_000;

const ALL: readonly Report[] = [...REPORTS, ...ANALYTICS];

export interface ReportWish {
  readonly report: string;
  readonly question: Question;
  readonly dayStart: number;
  readonly options: ReportOptions;
}

/** A report of that name; throws the refusal for one that does not exist. */
export function reportOf(id: string): Report {
  const report = ALL.find((known) => known.id.toLowerCase() === id.toLowerCase());
  if (report === undefined) throw new AppError('not-found', 'report/not-found', 'There is no such report.');
  return report;
}

export const REPORT_LIST = ALL.map(({ id, title, method }) => ({ id, title, method }));

/** Everything the report reads. The range defaults to all there is, as on the command line. */
export async function reportInput(source: Source, wish: ReportWish, report: Report): Promise<ReportInput> {
  const { question } = wish;
  const sessions: LogonSession[] = [];
  const asked = await askSessions(source, question);
  const read = await readSome(asked.scan({ sort: 'start', order: 'asc' }), SESSIONS_MAX, (session) => {
    sessions.push(session);
  });
  if (!read.complete) throw tooMuch('sessions', SESSIONS_MAX);
  // The store's order of sessions that start together is its own; reports get the engine's.
  sessions.sort((a, b) => a.start - b.start || compare(a.computer, b.computer) || compare(a.id, b.id));
  const events = report.needsEvents ? await eventsOf(source, question) : [];
  const coverage = report.needsCoverage ? await coverageOf(source, question.companyId) : [];
  const known = await knownRange(source, question.companyId);
  const starts = sessions.map(({ start }) => start);
  return {
    sessions,
    events,
    coverage,
    from: question.from ?? least([known.from, ...starts]),
    to: question.to ?? known.to + 1,
    timezone: question.context.timezone,
    dayStartHour: wish.dayStart,
    options: wish.options,
    ...(wish.options.groupBy === 'site' && { siteOf: await sitesOf(source, question.companyId) }),
  };
}

/** The site of each computer of a company, by the computer's name. */
async function sitesOf({ scope }: Source, companyId: number): Promise<(computer: string) => string | null> {
  const rows = await scope
    .computers('report.read')
    .innerJoin('sites', (join) =>
      join.onRef('sites.company_id', '=', 'computers.company_id').onRef('sites.id', '=', 'computers.site_id'),
    )
    .select(['computers.name as computer', 'sites.name as site'])
    .where('computers.company_id', '=', companyId)
    .execute();
  const sites = new Map(rows.map(({ computer, site }) => [computer, site]));
  return (computer) => sites.get(computer) ?? null;
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function least(instants: readonly number[]): number {
  let found = instants[0]!;
  for (const instant of instants) if (instant < found) found = instant;
  return found;
}

async function eventsOf(source: Source, question: Question): Promise<SessionEvent[]> {
  const events: SessionEvent[] = [];
  const asked = await askEvents(source, question);
  const { complete } = await readSome(asked.scan('asc'), EVENTS_MAX, (event) => void events.push(event));
  if (!complete) throw tooMuch('events', EVENTS_MAX);
  return events;
}

/** First and last event of any computer of the company. */
async function knownRange({ scope }: Source, companyId: number): Promise<{ from: number; to: number }> {
  const row = await scope
    .computers('report.read')
    .select([
      sql<number | null>`min(computers.first_event_at)`.as('first'),
      sql<number | null>`max(computers.last_event_at)`.as('last'),
    ])
    .where('computers.company_id', '=', companyId)
    .executeTakeFirst();
  return { from: Number(row?.first ?? 0), to: Number(row?.last ?? 0) };
}

/** What evidence there is, computer by computer, so that only one log at a time is in memory. */
async function coverageOf({ scope, limit }: Source, companyId: number): Promise<Coverage[]> {
  const computers = await scope
    .computers('report.read')
    .select(['computers.id', 'computers.name', 'computers.life_until'])
    .where('computers.company_id', '=', companyId)
    .orderBy('computers.name')
    .execute();
  const coverage: Coverage[] = [];
  for (const { id, name, life_until } of computers) {
    const rows = await scope
      .events('report.read')
      .select('events.body')
      .where('events.company_id', '=', companyId)
      .where('events.computer_id', '=', id)
      .orderBy('events.time')
      .orderBy('events.hash')
      .modifyEnd(limit(EVENTS_MAX + 1))
      .execute();
    if (rows.length > EVENTS_MAX) throw tooMuch('events', EVENTS_MAX);
    const life = life_until === null ? [] : await lifeOf(scope, companyId, { id, name });
    for (const one of sessionize(
      rows.map(({ body }) => eventOfBody(body)),
      life,
    ).coverage)
      coverage.push(one);
  }
  return coverage;
}

/** Which records imported logs had between the events of a computer. */
async function lifeOf(
  scope: Source['scope'],
  companyId: number,
  { id, name }: { id: number; name: string },
): Promise<LifeSpan[]> {
  const rows = await scope
    .lifeSpans()
    .selectAll()
    .where('life_spans.company_id', '=', companyId)
    .where('life_spans.computer_id', '=', id)
    .execute();
  return rows.map(lifeSpanOf(name));
}

function tooMuch(what: string, most: number): AppError {
  return new AppError(
    'too-large',
    'report/too-large',
    `A report reads up to ${most} ${what}; there are more. Narrow the range or the filter.`,
  );
}
