/** Everything a running server holds between its store and its routes, made in order and closed in the opposite one. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Access, createAccess, LIMITS, type Limits } from './access/access.ts';
import type { LimitRule } from './access/limits/limiter.ts';
import type { Store } from './db/index.ts';
import { accountRoutes } from './features/account/routes.ts';
import { companyRoutes } from './features/administration/companies.ts';
import { oversightRoutes } from './features/administration/oversight.ts';
import { userRoutes } from './features/administration/users.ts';
import { agentListRoute } from './features/agents/list.ts';
import { agentRoutes } from './features/agents/routes.ts';
import { computerRoutes } from './features/computers/routes.ts';
import { eventRoutes } from './features/events/routes.ts';
import { exportRoutes } from './features/exports/routes.ts';
import { healthRoutes } from './features/health/routes.ts';
import { openIngest } from './features/ingest/open.ts';
import { createHub } from './features/live/hub.ts';
import { liveRoutes } from './features/live/routes.ts';
import { openApiRoutes } from './features/openapi/routes.ts';
import { peopleRoutes } from './features/people/routes.ts';
import { privacyRoutes } from './features/privacy/routes.ts';
import { reportRoutes } from './features/reports/routes.ts';
import { retentionRoutes } from './features/retention/routes.ts';
import { scheduleRetention } from './features/retention/schedule.ts';
import { savedViewRoutes } from './features/saved-views/routes.ts';
import { sessionRoutes } from './features/sessions/routes.ts';
import { timelineRoutes } from './features/timeline/routes.ts';
import { workingHoursRoutes } from './features/working-hours/routes.ts';
import type { Route } from './http/mount.ts';
import { openReading } from './open-reading.ts';
import type { Metrics } from './operations/metrics.ts';
import { providerOf } from './settings/provider.ts';
import type { ServerSettings } from './settings.ts';

export interface PartsOptions {
  readonly settings: ServerSettings;
  readonly store: Store;
  readonly secretKey: string;
  /** Whether browsers come by https. */
  readonly secure: boolean;
  readonly clock: () => number;
  readonly metrics: Metrics;
  /** Something failed that no request waits for. */
  readonly trouble: (error: unknown) => void;
}

export interface Parts {
  readonly access: Access;
  readonly routes: readonly Route[];
  /** From now on: not ready, open streams end, imports stop. */
  stop(): void;
  /** After the last request: waits for what was taken, stores what was counted. */
  close(): Promise<void>;
}

/** How often counts are stored and ended sessions thrown away. */
const TICK_MS = 10_000;
/** Nobody sends as much; used where limits are switched off. */
const NO_LIMIT: LimitRule = { limit: 1e12, periodSeconds: 1 };

/** Makes access and the features of one server. */
export function openParts(options: PartsOptions): Parts {
  const { settings, store, clock, metrics, trouble } = options;
  const access = openAccess(options);
  const closing = new AbortController();
  const hub = createHub(store.live, randomUUID());
  const ingest = openIngest({
    store,
    now: clock,
    uploadFolder: join(settings.instanceFolder, 'uploads'),
    assumedTimezone: settings.timezone,
    trouble,
  });
  metrics.gauge('ingest_queued_events', 'Events taken in and not yet committed.', () =>
    ingest.commits.queuedEvents(),
  );
  const ticking = setInterval(() => access.tick().catch(trouble), TICK_MS).unref();
  const retention = scheduleRetention({ store, clock, defaults: settings, owner: randomUUID() }, trouble);
  const source = { limit: store.dialect.page };
  const reading = openReading(store, { url: settings.databaseUrl, folder: settings.instanceFolder });
  return {
    access,
    routes: [
      ...ingest.routes,
      ...liveRoutes(hub, { closing: closing.signal }),
      ...eventRoutes(source, reading),
      ...sessionRoutes(source, reading),
      ...peopleRoutes(source),
      ...computerRoutes(source),
      ...timelineRoutes(source, reading),
      ...reportRoutes(reading),
      ...exportRoutes(reading),
      ...accountRoutes(access),
      ...userRoutes(access),
      ...companyRoutes(access),
      ...oversightRoutes(access, store.dialect.page),
      ...agentRoutes(access, settings),
      agentListRoute(source),
      ...privacyRoutes(access, store),
      ...retentionRoutes(access, settings),
      ...savedViewRoutes(access),
      ...workingHoursRoutes(access, settings),
      ...healthRoutes({
        ping: () => ping(store),
        stopping: () => closing.signal.aborted,
        metrics: () => metrics.registry.metrics(),
        metricsToken: settings.metricsToken,
      }),
      ...openApiRoutes(),
    ],
    stop: () => closing.abort(),
    async close() {
      clearInterval(ticking);
      await retention.close();
      hub.close();
      await reading.close();
      await ingest.close();
      await access.close();
    },
  };
}

function openAccess({ settings, store, clock, secretKey, secure, trouble }: PartsOptions): Access {
  return createAccess({
    store,
    clock,
    secretKey,
    secure,
    sessionLimits: {
      idleMs: settings.idleLifetimeMs,
      absoluteMs: settings.absoluteLifetimeMs,
      rememberMs: settings.rememberLifetimeMs,
    },
    limits: limitsOf(settings),
    redisUrl: settings.redisUrl,
    provider: providerOf(settings),
    onTrouble: trouble,
  });
}

function limitsOf(settings: ServerSettings): Limits {
  if (!settings.rateLimiting) return { ...LIMITS, login: NO_LIMIT, register: NO_LIMIT, api: NO_LIMIT };
  const rule = (limit: number, periodMs: number) => ({ limit, periodSeconds: periodMs / 1_000 });
  return {
    login: rule(settings.loginLimit, settings.loginPeriodMs),
    register: rule(settings.registerLimit, settings.registerPeriodMs),
    api: rule(settings.apiLimit, settings.apiPeriodMs),
  };
}

/** The cheapest question that every database has to look into its tables for. */
async function ping({ db }: Store): Promise<void> {
  await db.selectFrom('app_settings').select('name').where('name', '=', '').executeTakeFirst();
}
