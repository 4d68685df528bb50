/** Saved views over HTTP: one's own, and those that are shared in a company. */
import { createView, deleteView, editView, listViews, reply, SAVED_VIEWS_MAX } from '@logonscope/protocol';
import type { Access } from '../../access/access.ts';
import { type Caller, mayIn } from '../../access/caller.ts';
import {
  changeView,
  insertView,
  removeView,
  type SavedView,
  viewOf,
  viewsOf,
} from '../../access/portal/saved-views.ts';
import { AppError } from '../../app-error.ts';
import { newId } from '../../db/ids.ts';
import { type Route, route } from '../../http/mount.ts';

/** Who is asking; keys and strangers are stopped at the gate. */
function personOf(caller: Caller) {
  if (caller.kind === 'person') return caller;
  throw new AppError('forbidden', 'access/forbidden', 'Views are saved by people.');
}

function toWire({ ownerId, createdAt, ...view }: SavedView, userId: number) {
  return { ...view, mine: ownerId === userId, createdAt: new Date(createdAt).toISOString() };
}

const byName = (a: SavedView, b: SavedView) => a.name.localeCompare(b.name, 'en') || a.id - b.id;

/** A view that the person may see; another's own is as absent as one that never was. */
async function requireView(
  { portal }: Pick<Access, 'portal'>,
  companyId: number,
  viewId: number,
  userId: number,
) {
  const view = await viewOf(portal.store.db, companyId, viewId);
  if (view !== null && (view.shared || view.ownerId === userId)) return view;
  throw new AppError('not-found', 'view/not-found', 'There is no such saved view.');
}

/** Its maker, or for a shared one an administrator of the company: else nobody could tidy up after those who left. */
function requireMaker(view: SavedView, caller: Caller, companyId: number): void {
  if (caller.kind === 'person' && view.ownerId === caller.userId) return;
  if (view.shared && mayIn(caller, 'member.read', companyId)) return;
  throw new AppError('forbidden', 'access/forbidden', 'Only its maker may change this view.');
}

export function savedViewRoutes({ portal }: Pick<Access, 'portal'>): Route[] {
  const { store, clock } = portal;
  return [
    route(listViews, {
      action: 'view.read',
      async handle({ caller, scope, params }) {
        const companyId = await scope.requireCompany('view.read', params.companyId);
        const { userId } = personOf(caller);
        const views = await viewsOf(store, companyId, SAVED_VIEWS_MAX);
        const seen = views.filter(({ shared, ownerId }) => shared || ownerId === userId).sort(byName);
        return reply(200, { rows: seen.map((view) => toWire(view, userId)) });
      },
    }),
    route(createView, {
      action: 'view.save',
      async handle({ caller, scope, params, body }) {
        const companyId = await scope.requireCompany('view.save', params.companyId);
        const { userId, name: by } = personOf(caller);
        const known = await viewsOf(store, companyId, SAVED_VIEWS_MAX);
        if (known.length >= SAVED_VIEWS_MAX) {
          throw new AppError(
            'conflict',
            'view/too-many',
            `A company keeps ${SAVED_VIEWS_MAX} views. Delete some.`,
          );
        }
        const view: SavedView = { ...body, id: newId(), ownerId: userId, by, createdAt: clock() };
        await insertView(store.db, companyId, view);
        return reply(201, toWire(view, userId));
      },
    }),
    ...changingRoutes({ portal }),
  ];
}

function changingRoutes({ portal }: Pick<Access, 'portal'>): Route[] {
  const { store, clock } = portal;
  return [
    route(editView, {
      action: 'view.save',
      async handle({ caller, scope, params, body }) {
        const companyId = await scope.requireCompany('view.save', params.companyId);
        const { userId } = personOf(caller);
        const view = await requireView({ portal }, companyId, params.viewId, userId);
        requireMaker(view, caller, companyId);
        const changed = { ...view, name: body.name ?? view.name, shared: body.shared ?? view.shared };
        await changeView(store.db, companyId, changed, clock());
        return reply(200, toWire(changed, userId));
      },
    }),
    route(deleteView, {
      action: 'view.save',
      async handle({ caller, scope, params }) {
        const companyId = await scope.requireCompany('view.save', params.companyId);
        const view = await requireView({ portal }, companyId, params.viewId, personOf(caller).userId);
        requireMaker(view, caller, companyId);
        await removeView(store.db, companyId, view.id);
        return reply(204, null);
      },
    }),
  ];
}
