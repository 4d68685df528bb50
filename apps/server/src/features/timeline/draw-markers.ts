/** When events of some kinds happened on lanes, thinned to what can be seen. */
import { accountKey } from '@logonscope/core';
import { encodeMarkers, MARKER_SIGNALS } from '@logonscope/protocol';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { isOneOf } from '../../questions/asked.ts';
import { askEvents } from '../../questions/events.ts';
import type { BoundQuestion } from '../../questions/question.ts';
import { readSome } from '../../questions/some.ts';
import type { Source } from '../../questions/source.ts';
import { type DrawnBy, type DrawWish, lanesWished } from './lane-sessions.ts';
import { onSite } from './site-lanes.ts';

const LANES_AT_ONCE = 500;
/** Events looked at one by one where the database cannot judge the filter. */
const LOOKED_AT_MAX = 200_000;

export interface MarkerWish extends DrawWish {
  readonly signals: readonly (typeof MARKER_SIGNALS)[number][];
  /** Of each kind only the first in so many seconds. */
  readonly everySeconds: number;
}

/** The events of a lane: what finds their rows, and which lane a row is on. */
interface Finder {
  readonly where: RawBuilder<SqlBool>;
  laneOf(row: {
    readonly account: string | null;
    readonly user_name: string | null;
    readonly computer_id: number;
  }): number | undefined;
}

type Marks = { at: number; kind: number }[][];

/** The events of each lane, as times and kinds. */
export async function drawMarkers(
  source: Source,
  question: BoundQuestion,
  wish: MarkerWish,
): Promise<Uint8Array> {
  const ids = await lanesWished(source, question, wish);
  const marks: Marks = ids.map(() => []);
  const atOnce = wish.by === 'site' ? 1 : LANES_AT_ONCE;
  for (let first = 0; first < ids.length && wish.signals.length > 0; first += atOnce) {
    const finder = await finderOf(source, question.companyId, wish.by, ids.slice(first, first + atOnce));
    if (finder !== null) await addMarks(source, question, wish, finder, marks.slice(first, first + atOnce));
  }
  return encodeMarkers(marks);
}

async function addMarks(
  source: Source,
  question: BoundQuestion,
  { signals, everySeconds }: MarkerWish,
  finder: Finder,
  marks: Marks,
): Promise<void> {
  const asked = await askEvents(source, question);
  const rows = () =>
    asked
      .rows()
      .where(finder.where)
      .where(isOneOf(sql.ref('events.signal'), signals));
  const add = (row: Parameters<Finder['laneOf']>[0], signal: string, at: number) => {
    const lane = finder.laneOf(row);
    const kind = (MARKER_SIGNALS as readonly string[]).indexOf(signal);
    if (lane !== undefined && kind >= 0) marks[lane]!.push({ at, kind });
  };
  if (asked.fits === null) {
    // A whole number checked by the contract; as a parameter some databases would not see one expression in both places.
    const slot = sql`events.time - events.time % ${sql.raw(String(everySeconds * 1000))}`;
    const found = await rows()
      .select(['events.account', 'events.user_name', 'events.computer_id', 'events.signal'])
      .select(sql<number>`min(events.time)`.as('at'))
      .groupBy(['events.account', 'events.user_name', 'events.computer_id', 'events.signal', slot])
      .execute();
    for (const row of found) add(row, row.signal, Number(row.at));
    return;
  }
  const wanted = new Set<string>(signals);
  await readSome(asked.scan('asc'), LOOKED_AT_MAX, (event, { computer_id }) => {
    const user_name = event.user?.toLowerCase() ?? null;
    if (wanted.has(event.signal))
      add({ account: accountKey(event), user_name, computer_id }, event.signal, event.time);
  });
}

async function finderOf(
  source: Source,
  companyId: number,
  by: DrawnBy,
  ids: readonly string[],
): Promise<Finder | null> {
  if (by === 'site') return { where: onSite(sql.ref('events.site_id'), ids[0]!), laneOf: () => 0 };
  return by === 'computer' ? onComputers(source, companyId, ids) : ofPeople(source, companyId, ids);
}

async function onComputers({ scope }: Source, companyId: number, names: readonly string[]) {
  const rows = await scope
    .computers()
    .select(['computers.id', 'computers.name'])
    .where('computers.company_id', '=', companyId)
    .where(isOneOf(sql.ref('computers.name'), names))
    .execute();
  if (rows.length === 0) return null;
  const laneOfName = new Map(names.map((name, lane) => [name, lane]));
  const lanes = new Map(rows.map(({ id, name }) => [Number(id), laneOfName.get(name)]));
  const ids = rows.map(({ id }) => Number(id));
  return {
    where: isOneOf(sql.ref('events.computer_id'), ids),
    laneOf: ({ computer_id }: { readonly computer_id: number }) => lanes.get(Number(computer_id)),
  };
}

/** By user name, which has an index; a failed logon carries the name alone, and belongs to the one person of that name. */
async function ofPeople({ scope }: Source, companyId: number, accounts: readonly string[]) {
  const rows = await scope
    .sessions()
    .select(['sessions.account', 'sessions.user_name'])
    .where('sessions.company_id', '=', companyId)
    .where(isOneOf(sql.ref('sessions.account'), accounts))
    .groupBy(['sessions.account', 'sessions.user_name'])
    .execute();
  if (rows.length === 0) return null;
  const laneOfAccount = new Map(accounts.map((account, lane) => [account, lane]));
  const lanesOfName = new Map<string, Set<number>>();
  for (const { account, user_name } of rows) {
    const lanes = lanesOfName.get(user_name) ?? new Set();
    lanesOfName.set(user_name, lanes.add(laneOfAccount.get(account)!));
  }
  return {
    where: isOneOf(sql.ref('events.user_name'), [...lanesOfName.keys()]),
    laneOf({ account, user_name }: { readonly account: string | null; readonly user_name: string | null }) {
      const lane = laneOfAccount.get(account ?? '');
      if (lane !== undefined) return lane;
      const named = [...(lanesOfName.get(user_name ?? '') ?? [])];
      return named.length === 1 ? named[0] : undefined;
    },
  };
}
