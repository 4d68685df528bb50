/** The addresses of the app on files: where files are given, and the pages that show what is in them. */
import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouteComponent,
} from '@tanstack/react-router';
import { NotFoundPage } from '../../app/not-found.tsx';
import { readSearch, type Search, writeSearch } from '../../app/view.ts';
import { ErrorPanel, Skeleton } from '../../ui/index.ts';
import { LocalFrame } from './local-frame.tsx';
import { LocalPage } from './local-page.tsx';

const root = createRootRoute({
  notFoundComponent: NotFoundPage,
  validateSearch: (search: Record<string, unknown>): Search => search as Search,
});

const start = createRoute({ getParentRoute: () => root, path: '/', component: LocalPage });
const files = createRoute({ getParentRoute: () => root, path: '/c/$company', component: LocalFrame });

const of = (path: string, load: () => Promise<{ default: RouteComponent }>) =>
  createRoute({ getParentRoute: () => files, path, component: lazyRouteComponent(load) });

const PAGES = [
  of('/timeline', () => import('../timeline/index.tsx')),
  of('/sessions', () => import('../sessions/index.tsx')),
  of('/sessions/$sessionId', () => import('../session/index.tsx')),
  of('/events', () => import('../events/index.tsx')),
  of('/people', () => import('../people/index.tsx')),
  of('/people/$personId', () => import('../person/index.tsx')),
  of('/computers', () => import('../computers/index.tsx')),
  of('/computers/$computer', () => import('../computer/index.tsx')),
  of('/who', () => import('../who/index.tsx')),
  of('/reports', () => import('../reports/index.tsx')),
  of('/reports/car-coverage', () => import('../reports/car-coverage.tsx')),
  of('/reports/$report', () => import('../reports/report.tsx')),
];

const tree = root.addChildren([start, files.addChildren(PAGES)]);

/** A router below `/local`; behind the hash where the page is a file itself and has no addresses. */
export function createLocalRouter() {
  const isFile = location.protocol === 'file:';
  return createRouter({
    routeTree: tree,
    ...(isFile ? { history: createHashHistory() } : { basepath: '/local' }),
    parseSearch: readSearch,
    stringifySearch: writeSearch,
    scrollRestoration: true,
    defaultPreload: 'intent',
    defaultPendingComponent: () => <Skeleton rows={10} />,
    defaultErrorComponent: ({ error, reset }) => <ErrorPanel error={error} onRetry={reset} />,
  });
}
