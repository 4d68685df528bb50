/** What the sessions of a question have in common: how many there are of each kind, end, certainty, person and computer. */
import { certaintyOf, type LogonSession } from '@logonscope/core';
import { sql } from 'kysely';
import { ignoredChips, type Question } from '../../questions/question.ts';
import { type AskedSessions, askSessions } from '../../questions/sessions.ts';
import { readSome } from '../../questions/some.ts';
import type { Source } from '../../questions/source.ts';

/** Sessions looked at one by one; more would keep others waiting. */
const COUNTED_MAX = 100_000;
/** The store keeps so much of a user's name for asking. */
const NAME_MAX = 255;

/** How many sessions have a value, by the value. */
type Counts = Map<string, number>;
/** Keys of the filter language, so that a value can become a condition. */
const KEYS = ['type', 'end', 'cert', 'elevated', 'site', 'user', 'host'] as const;
type Key = (typeof KEYS)[number];
type Facets = Record<Key, Counts>;

/** Few values and many sessions each. */
type Traits = Pick<LogonSession, 'kind' | 'startBy' | 'endBy' | 'elevated'>;

/** The most frequent values of each key, at most `values` of a key. */
export async function facetSessions(
  source: Source,
  { question, values }: { readonly question: Question; readonly values: number },
) {
  const asked = await askSessions(source, question);
  const found = Object.fromEntries(KEYS.map((key) => [key, new Map()])) as Facets;
  let complete = true;
  if (asked.fits === null) await countByStore(source, asked, found, values);
  else ({ complete } = await countHere(source, question.companyId, asked, found));
  const facets = KEYS.map((key) => ({ key, ...mostFrequent(found[key], values) }));
  return { facets, complete, ignored: ignoredChips(asked.ignored) };
}

const add = (counts: Counts, value: string, sessions: number) =>
  void counts.set(value, (counts.get(value) ?? 0) + sessions);

function addTraits(found: Facets, traits: Traits, sessions: number): void {
  add(found.type, traits.kind, sessions);
  add(found.end, traits.endBy, sessions);
  add(found.cert, certaintyOf(traits), sessions);
  add(found.elevated, traits.elevated ? 'yes' : 'no', sessions);
}

function mostFrequent(counts: Counts, values: number) {
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return {
    values: sorted.slice(0, values).map(([value, sessions]) => ({ value, sessions })),
    complete: sorted.length <= values,
  };
}

const sessions = sql<number>`count(*)`;

async function countByStore(
  source: Source,
  asked: AskedSessions,
  found: Facets,
  values: number,
): Promise<void> {
  const rows = await asked.rows();
  const traits = await rows
    .select(['sessions.kind', 'sessions.start_by', 'sessions.end_by', 'sessions.elevated'])
    .select(sessions.as('sessions'))
    .groupBy(['sessions.kind', 'sessions.start_by', 'sessions.end_by', 'sessions.elevated'])
    .execute();
  for (const row of traits) {
    const { kind, start_by: startBy, end_by: endBy } = row;
    addTraits(found, { kind, startBy, endBy, elevated: row.elevated === 1 } as Traits, Number(row.sessions));
  }
  await countNames(source, asked, found, values);
}

/** One more than wanted of each, which tells whether there are more. */
async function countNames(
  { limit }: Source,
  asked: AskedSessions,
  found: Facets,
  values: number,
): Promise<void> {
  const rows = await asked.rows();
  const users = await rows
    .select(['sessions.user_name as value', sessions.as('sessions')])
    .groupBy('sessions.user_name')
    .orderBy(sessions, 'desc')
    .orderBy('sessions.user_name')
    .modifyEnd(limit(values + 1))
    .execute();
  for (const row of users) add(found.user, row.value, Number(row.sessions));
  const places = rows.innerJoin('computers', (join) =>
    join
      .onRef('computers.company_id', '=', 'sessions.company_id')
      .onRef('computers.id', '=', 'sessions.computer_id'),
  );
  const computers = await places
    .select(['computers.name as value', sessions.as('sessions')])
    .groupBy('computers.name')
    .orderBy(sessions, 'desc')
    .orderBy('computers.name')
    .modifyEnd(limit(values + 1))
    .execute();
  for (const row of computers) add(found.host, row.value, Number(row.sessions));
  const sites = await rows
    .innerJoin('sites', (join) =>
      join.onRef('sites.company_id', '=', 'sessions.company_id').onRef('sites.id', '=', 'sessions.site_id'),
    )
    .select(['sites.name as value', sessions.as('sessions')])
    .groupBy('sites.name')
    .orderBy(sessions, 'desc')
    .orderBy('sites.name')
    .modifyEnd(limit(values + 1))
    .execute();
  for (const row of sites) add(found.site, row.value, Number(row.sessions));
}

async function countHere(source: Source, companyId: number, asked: AskedSessions, found: Facets) {
  const sites = await source.scope
    .sites('session.read')
    .select(['sites.id', 'sites.name'])
    .where('sites.company_id', '=', companyId)
    .execute();
  const names = new Map(sites.map(({ id, name }) => [id, name]));
  return readSome(asked.scan({ sort: 'start', order: 'desc' }), COUNTED_MAX, (session, row) => {
    addTraits(found, session, 1);
    add(found.user, session.user.toLowerCase().slice(0, NAME_MAX), 1);
    add(found.host, session.computer, 1);
    const site = row.site_id === null ? undefined : names.get(row.site_id);
    if (site !== undefined) add(found.site, site, 1);
  });
}
