/** Looks for what should not be: events that are not what their key says, totals that do not add up, stale sessions. */
import type { LifeSpan, LogonSession } from '@logonscope/core';
import type { Kysely } from 'kysely';
import { readKept } from '../append/kept-sessions.ts';
import { readLife } from '../append/life.ts';
import { readWindows } from '../append/touched.ts';
import { NO_WINDOW } from '../append/window.ts';
import { identityHash } from '../fold/identity.ts';
import { besideKept } from '../fold/kept.ts';
import { refold } from '../fold/refold.ts';
import { sessionBody } from '../fold/session-body.ts';
import type { Tables } from '../schema.ts';
import type { Store } from '../store.ts';
import { companyTransaction } from '../transaction.ts';

export interface StoreFault {
  readonly code: 'event-changed' | 'totals-differ' | 'sessions-differ';
  readonly companyId: number;
  /** The computer concerned; null where it is the company's. */
  readonly computer: string | null;
  readonly message: string;
}

const AT_ONCE = 50;
const DAY_MS = 86_400_000;
/** Before every instant that there is. */
const FIRST_DAY = -100_000_000;

/** Reads everything and changes nothing; an empty list is a store in order. */
export async function checkStore(store: Store): Promise<StoreFault[]> {
  const { db, dialect } = store;
  const faults: StoreFault[] = [];
  for (const companyId of await companiesOf(store)) {
    const found = await companyTransaction(db, dialect, companyId, async (tx) => {
      const computers = await tx
        .selectFrom('computers')
        .select(['id', 'name', 'kept_until', 'life_until'])
        .where('company_id', '=', companyId)
        .orderBy('id')
        .execute();
      const here: StoreFault[] = [];
      const countedFrom = await firstWholeDay(tx, companyId);
      let events = 0;
      for (let i = 0; i < computers.length; i += AT_ONCE) {
        const part = computers.slice(i, i + AT_ONCE);
        const since = part.map(({ id }) => ({ computerId: id, from: null }));
        const windows = await readWindows(tx, dialect, companyId, since);
        for (const { id, name, kept_until, life_until } of part) {
          const window = windows.get(id) ?? NO_WINDOW;
          const kept = kept_until === null ? [] : await readKept(tx, companyId, id, Number.MIN_SAFE_INTEGER);
          events += window.events.filter(({ time }) => time >= countedFrom * DAY_MS).length;
          const life = await readLife(tx, companyId, { id, name, life_until }, null);
          here.push(...faultsOf({ companyId, computer: name }, window, { kept, life }));
        }
      }
      const totals = await tx
        .selectFrom('day_totals')
        .select((of) => of.fn.sum<number>('events').as('n'))
        .where('company_id', '=', companyId)
        .where('day', '>=', countedFrom)
        .executeTakeFirst();
      const counted = Number(totals?.n ?? 0);
      if (counted !== events) {
        const message = `The daily totals tell of ${counted} events; there are ${events}.`;
        here.push({ code: 'totals-differ', companyId, computer: null, message });
      }
      return here;
    });
    faults.push(...found);
  }
  return faults;
}

/** Totals go on counting the events of days that retention has deleted; after them they have to agree. */
async function firstWholeDay(db: Kysely<Tables>, companyId: number): Promise<number> {
  const { settings } = await db
    .selectFrom('companies')
    .select('settings')
    .where('id', '=', companyId)
    .executeTakeFirstOrThrow();
  const { heldFrom } = JSON.parse(settings ?? '{}') as { heldFrom?: number };
  return heldFrom === undefined ? FIRST_DAY : Math.floor(heldFrom / DAY_MS) + 1;
}

async function companiesOf({ db }: Store): Promise<number[]> {
  const rows = await db.selectFrom('companies').select('id').orderBy('id').execute();
  return rows.map(({ id }) => id);
}

function faultsOf(
  { companyId, computer }: Pick<StoreFault, 'companyId'> & { readonly computer: string },
  { events, sessions }: typeof NO_WINDOW,
  { kept, life }: { kept: readonly LogonSession[]; life: readonly LifeSpan[] },
): StoreFault[] {
  const faults: StoreFault[] = [];
  const changed = events.filter(
    ({ event, hash, time }) => event.time !== time || identityHash(event) !== hash,
  );
  if (changed.length > 0) {
    const message = `${changed.length} events are not what their keys say.`;
    faults.push({ code: 'event-changed', companyId, computer, message });
  }
  const told = refold(
    computer,
    null,
    events.map(({ event }) => event),
    events.length === 0 ? [] : life,
  ).sessions;
  const right = new Map(besideKept(told, kept).map((session) => [session.id, sessionBody(session)]));
  const wrong = sessions.filter(({ id, body }) => right.get(id) !== body).length;
  const missing = right.size - (sessions.length - wrong);
  if (wrong > 0 || missing > 0) {
    const message = `${wrong} stored sessions are not what the events tell, ${missing} are missing.`;
    faults.push({ code: 'sessions-differ', companyId, computer, message });
  }
  return faults;
}
