/** Every page there is: one line each, loaded when it is first opened. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouteComponent,
} from '@tanstack/react-router';
import { NotFoundPage } from './app/not-found.tsx';
import { readSearch, type Search, writeSearch } from './app/view.ts';
import { ErrorPanel, Skeleton } from './ui/index.ts';

type Load = () => Promise<{ default: RouteComponent }>;

const root = createRootRoute({
  notFoundComponent: NotFoundPage,
  validateSearch: (search: Record<string, unknown>): Search => search as Search,
});

/** What only a person who is signed in sees. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  component: lazyRouteComponent(() => import('./app/behind.ts'), 'SignedIn'),
});
/** The pages about one company, in the frame with its navigation. */
const company = createRoute({
  getParentRoute: () => signedIn,
  path: '/c/$company',
  component: lazyRouteComponent(() => import('./app/behind.ts'), 'CompanyFrame'),
});

const open = (path: string, load: Load) =>
  createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load) });
const own = (path: string, load: Load) =>
  createRoute({ getParentRoute: () => signedIn, path, component: lazyRouteComponent(load) });
const of = (path: string, load: Load) =>
  createRoute({ getParentRoute: () => company, path, component: lazyRouteComponent(load) });

/** Before anybody is known. */
const OPEN_PAGES = [
  open('/login', () => import('./pages/login/index.tsx')),
  // Where the way through a sign-in provider ends.
  open('/sign-in', () => import('./pages/login/index.tsx')),
  open('/register', () => import('./pages/register/index.tsx')),
  open('/help', () => import('./pages/help/index.tsx')),
];

/** About the person and the installation. */
const OWN_PAGES = [
  createRoute({
    getParentRoute: () => signedIn,
    path: '/',
    component: lazyRouteComponent(() => import('./app/behind.ts'), 'Home'),
  }),
  own('/account', () => import('./pages/account/index.tsx')),
  own('/setup', () => import('./pages/setup/index.tsx')),
  own('/admin/companies', () => import('./pages/admin/companies/index.tsx')),
  own('/admin/users', () => import('./pages/admin/users/index.tsx')),
  own('/admin/settings', () => import('./pages/admin/settings/index.tsx')),
  own('/admin/audit', () => import('./pages/admin/audit/index.tsx')),
  own('/admin/errors', () => import('./pages/admin/errors/index.tsx')),
];

/** About one company. */
const COMPANY_PAGES = [
  of('/', () => import('./pages/now/index.tsx')),
  of('/timeline', () => import('./pages/timeline/index.tsx')),
  of('/sessions', () => import('./pages/sessions/index.tsx')),
  of('/sessions/$sessionId', () => import('./pages/session/index.tsx')),
  of('/events', () => import('./pages/events/index.tsx')),
  of('/people', () => import('./pages/people/index.tsx')),
  of('/people/$personId', () => import('./pages/person/index.tsx')),
  of('/computers', () => import('./pages/computers/index.tsx')),
  of('/computers/$computer', () => import('./pages/computer/index.tsx')),
  of('/who', () => import('./pages/who/index.tsx')),
  of('/saved', () => import('./pages/saved/index.tsx')),
  of('/reports', () => import('./pages/reports/index.tsx')),
  of('/reports/car-coverage', () => import('./pages/reports/car-coverage.tsx')),
  of('/reports/$report', () => import('./pages/reports/report.tsx')),
  of('/admin/sites', () => import('./pages/admin/sites/index.tsx')),
  of('/admin/agents', () => import('./pages/admin/agents/index.tsx')),
  of('/admin/imports', () => import('./pages/admin/imports/index.tsx')),
  of('/admin/members', () => import('./pages/admin/members/index.tsx')),
  of('/admin/working-hours', () => import('./pages/admin/working-hours/index.tsx')),
  of('/admin/retention', () => import('./pages/admin/retention/index.tsx')),
  of('/admin/audit', () => import('./pages/admin/audit/index.tsx')),
];

const tree = root.addChildren([
  ...OPEN_PAGES,
  signedIn.addChildren([...OWN_PAGES, company.addChildren(COMPANY_PAGES)]),
]);

/** A router on the address bar. */
export function createAppRouter() {
  return createRouter({
    routeTree: tree,
    parseSearch: readSearch,
    stringifySearch: writeSearch,
    scrollRestoration: true,
    defaultPreload: 'intent',
    defaultPendingComponent: () => <Skeleton rows={10} />,
    defaultErrorComponent: ({ error, reset }) => <ErrorPanel error={error} onRetry={reset} />,
  });
}
