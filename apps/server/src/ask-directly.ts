/** The questions of one company without HTTP and sign-in: for whoever measures or inspects a store it holds. */
import { admit } from './access/caller.ts';
import { Scope } from './access/scope.ts';
import type { Store } from './db/index.ts';
import { listComputers } from './features/computers/queries.ts';
import { listEvents, totalEvents } from './features/events/queries.ts';
import { listPeople } from './features/people/queries.ts';
import { listSessions, totalSessions } from './features/sessions/queries.ts';
import { drawDays, drawSegments } from './features/timeline/draw.ts';
import { type DrawWish, listAnyLanes } from './features/timeline/lane-sessions.ts';
import { drawMinimap } from './features/timeline/minimap.ts';
import { type AskedFields, questionOf } from './questions/question.ts';

type Fields = Partial<AskedFields>;
type Page = { readonly limit: number };

/** Asks as a member of the company would; `fields` are those of the query string. */
export function askDirectly(store: Store, companyId: number) {
  const caller = admit({
    kind: 'person' as const,
    userId: 0,
    name: 'direct',
    role: 'User' as const,
    memberships: [{ companyId, role: 'User' as const }],
  });
  const source = { scope: Scope.of(store, caller), limit: store.dialect.page };
  const question = (fields: Fields) => questionOf(companyId, { filter: '', timezone: 'UTC', ...fields });
  const within = (fields: Fields) => {
    const { from, to } = question(fields);
    return { companyId, from, to };
  };
  const bound = (fields: Fields) => {
    const asked = question(fields);
    return { ...asked, from: asked.from ?? 0, to: asked.to ?? 0 };
  };
  return {
    events: (fields: Fields, page: Page & { readonly order: 'asc' | 'desc' }) =>
      listEvents(source, question(fields), page),
    eventTotals: (fields: Fields) => totalEvents(source, question(fields)),
    sessions: (fields: Fields, page: Page & Parameters<typeof listSessions>[2]) =>
      listSessions(source, question(fields), page),
    sessionTotals: (fields: Fields) => totalSessions(source, question(fields)),
    people: (fields: Fields, page: Page) => listPeople(source, within(fields), { ...page, search: '' }),
    computers: (fields: Fields, page: Page) => listComputers(source, within(fields), { ...page, search: '' }),
    lanes: (fields: Fields, page: DrawWish) => listAnyLanes(source, question(fields), page),
    days: (fields: Fields, wish: DrawWish) => drawDays(source, bound(fields), { ...wish, dayStart: 0 }),
    segments: (fields: Fields, wish: DrawWish) => drawSegments(source, bound(fields), wish),
    minimap: (fields: Fields, bins: number) => drawMinimap(source, bound(fields), { bins }),
  };
}
