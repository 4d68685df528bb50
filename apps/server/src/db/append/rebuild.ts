/** Makes sessions anew from all events and tells what differed; nothing does in a store that is in order. */
import type { LifeSpan } from '@logonscope/core';
import type { Kysely } from 'kysely';
import type { StoreDialect } from '../dialects/index.ts';
import { refold } from '../fold/refold.ts';
import { newId } from '../ids.ts';
import type { Rebuilt } from '../ports.ts';
import type { Tables } from '../schema.ts';
import { companyTransaction } from '../transaction.ts';
import { lockComputers, saveComputers } from './computers.ts';
import { readLife } from './life.ts';
import { replaceSessions } from './sessions.ts';
import { readWindows } from './touched.ts';
import { type FoldState, NO_WINDOW } from './window.ts';

/** Computers that are locked and folded in one transaction. */
const AT_ONCE = 50;

/** See `EventStore.rebuild`. */
export async function rebuild(
  db: Kysely<Tables>,
  dialect: StoreDialect,
  now: number,
  companyId?: number,
): Promise<Rebuilt> {
  const companies =
    companyId === undefined
      ? (await db.selectFrom('companies').select('id').orderBy('id').execute()).map(({ id }) => id)
      : [companyId];
  const total = { computers: 0, sessions: 0, corrected: 0 };
  for (const company of companies) {
    const names = await companyTransaction(db, dialect, company, async (tx) =>
      (
        await tx
          .selectFrom('computers')
          .select('name')
          .where('company_id', '=', company)
          .orderBy('id')
          .execute()
      ).map(({ name }) => name),
    );
    for (let i = 0; i < names.length; i += AT_ONCE) {
      const part = await rebuildComputers(db, dialect, company, names.slice(i, i + AT_ONCE), now);
      total.computers += part.computers;
      total.sessions += part.sessions;
      total.corrected += part.corrected;
    }
  }
  return total;
}

function rebuildComputers(
  db: Kysely<Tables>,
  dialect: StoreDialect,
  companyId: number,
  names: readonly string[],
  now: number,
): Promise<Rebuilt> {
  return companyTransaction(db, dialect, companyId, async (tx) => {
    const computers = [...(await lockComputers(tx, dialect, companyId, names, now)).values()];
    const everything = computers.map(({ id }) => ({ computerId: id, from: null }));
    const windows = await readWindows(tx, dialect, companyId, everything);
    const lives = new Map<number, LifeSpan[]>();
    for (const computer of computers) lives.set(computer.id, await readLife(tx, companyId, computer, null));
    const done = computers.map((computer) => {
      const { events, sessions: stored } = windows.get(computer.id) ?? NO_WINDOW;
      const list = events.map(({ event }) => event);
      const folded = refold(computer.name, null, list, list.length === 0 ? [] : lives.get(computer.id));
      return { computer, ...folded, stored, empty: list.length === 0 };
    });
    const folded = done.map(({ computer, sessions, stored }) => ({
      companyId,
      computerId: computer.id,
      siteId: computer.site_id,
      keptUntil: computer.kept_until,
      sessions,
      stored,
    }));
    const { changes } = await replaceSessions(tx, dialect, companyId, folded, now);
    const saved = done.map(({ computer, asOf, horizon, empty }) => ({
      ...computer,
      // Kept sessions are counted to what the computer told last, also when no event is left to tell it.
      as_of: asOf ?? (computer.kept_until === null ? null : computer.as_of),
      fold_state: empty ? null : JSON.stringify({ revision: newId(), horizon } satisfies FoldState),
    }));
    await saveComputers(tx, dialect, saved);
    const sessions = folded.reduce((sum, computer) => sum + computer.sessions.length, 0);
    return { computers: computers.length, sessions, corrected: changes.length };
  });
}
