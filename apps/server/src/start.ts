/** Puts the server together: settings, store, access, features, HTTP; and takes it down again in order. */
import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { withoutCredentials } from '@logonscope/settings';
import type { FastifyInstance } from 'fastify';
import { createHttp } from './http/create.ts';
import { logAnswers } from './operations/answers.ts';
import { type Connections, watchConnections } from './operations/connections.ts';
import { openMigrated, wallNotes } from './operations/database.ts';
import { addressOf, expiryNote, type Tls, tlsOf } from './operations/door.ts';
import { keepFailures } from './operations/failures.ts';
import { type FirstCredentials, firstStart } from './operations/first-start.ts';
import { greetingText } from './operations/greeting.ts';
import { createMetrics, type Metrics } from './operations/metrics.ts';
import { secretKeyOf } from './operations/secret-key.ts';
import { openParts } from './parts.ts';
import type { ServerSettings } from './settings.ts';
import { WEB_FOLDER } from './web/files.ts';
import { addWeb } from './web/routes.ts';

export interface StartOptions {
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
  /** For people: the address, and once the first password. */
  readonly say?: (text: string) => void;
  /** Where log lines go; standard output unless told. */
  readonly logTo?: { write(line: string): void };
  /** What is worth telling about the settings. */
  readonly notes?: readonly string[];
  /** What the company of a first start is called. */
  readonly company?: string;
  /** Where the built web app lies. */
  readonly webFolder?: string;
}

export interface StartedServer {
  /** `http://127.0.0.1:8000`. */
  readonly address: string;
  /** What the first start made up; null on every later one. */
  readonly first: FirstCredentials | null;
  /** Stops accepting, lets running requests finish, closes the store. Calling it again waits for the same end. */
  close(): Promise<void>;
}

/**
 * Starts a server with these settings. Rejects when the database does not answer, the port is taken or a file cannot
 * be read or written; nothing is left running then.
 */
export async function startServer(
  settings: ServerSettings,
  {
    clock = Date.now,
    say = (text) => void process.stdout.write(text),
    logTo,
    notes = [],
    company,
    webFolder = WEB_FOLDER,
  }: StartOptions = {},
): Promise<StartedServer> {
  mkdirSync(settings.instanceFolder, { recursive: true, mode: 0o700 });
  const secretKey = secretKeyOf(settings);
  const tls = tlsOf(settings, clock());
  const store = await openMigrated(settings);
  const undo: (() => Promise<void>)[] = [() => store.close()];
  try {
    const first = await firstStart({ store, clock }, company);
    const metrics = createMetrics();
    const secure = reachedByHttps(settings, tls);
    const trouble = (error: unknown) => app.log.error({ err: error }, 'background work failed');
    const parts = openParts({ settings, store, secretKey, secure, clock, metrics, trouble });
    undo.unshift(() => parts.close());
    const { gate } = parts.access;
    const alsoAdd = (server: FastifyInstance) => addWeb(server, webFolder);
    const app = await createHttp({
      gate,
      routes: parts.routes,
      alsoAdd,
      ...httpOptions(settings, tls, logTo),
    });
    metrics.observe(app);
    if (tls !== null) gaugeExpiry(metrics, tls);
    logAnswers(app);
    keepFailures(app, store, clock);
    const connections = watchConnections(app.server);
    undo.unshift(() => closeWithin(app, connections, settings.shutdownTimeoutMs));
    await app.listen({ host: settings.host, port: settings.port });
    const address = addressOf(settings, app.server.address() as AddressInfo, tls);
    const generatedCertificate = tls?.generated ? tls.certFile : null;
    const database = withoutCredentials(settings.databaseUrl);
    const doubts = (await store.dialect.doubts?.(store.db)) ?? [];
    const said = [
      ...notes,
      ...doubts,
      ...wallNotes(store),
      ...[tls].flatMap((each) => (each && expiryNote(each, clock())) ?? []),
    ];
    say(greetingText({ address, database, generatedCertificate, first, notes: said, nowMs: clock() }));
    let closed: Promise<void> | null = null;
    const close = () => {
      parts.stop();
      return inOrder(undo);
    };
    return { address, first, close: () => (closed ??= close()) };
  } catch (error) {
    await inOrder(undo);
    throw error;
  }
}

/** All of them, also when one fails; the first failure is told at the end. */
async function inOrder(steps: readonly (() => Promise<void>)[]): Promise<void> {
  const failed: unknown[] = [];
  for (const step of steps) await step().catch((error: unknown) => failed.push(error));
  if (failed.length > 0) throw failed[0];
}

function httpOptions(settings: ServerSettings, tls: Tls | null, logTo: StartOptions['logTo']) {
  return {
    trustedProxies: settings.trustedProxies,
    ...(tls === null ? {} : { tls: { cert: tls.cert, key: tls.key } }),
    hstsMaxAgeSeconds: hstsSeconds(settings, tls),
    logLevel: settings.debug ? 'debug' : settings.logLevel,
    ...(logTo === undefined ? {} : { logTo }),
    requestTimeoutMs: settings.requestTimeoutMs,
  };
}

/** Whether browsers come by https: to us, or to the proxy before us. */
function reachedByHttps({ publicUrl, trustedProxies }: ServerSettings, tls: Tls | null): boolean {
  if (publicUrl !== null) return publicUrl.startsWith('https:');
  return tls !== null || trustedProxies.length > 0;
}

function gaugeExpiry({ gauge }: Metrics, { expiresMs }: Tls): void {
  const help = 'When the certificate ends, in seconds since 1970.';
  gauge('certificate_expires_timestamp_seconds', help, () => expiresMs / 1_000);
}

/** A browser that was told so would refuse plain http for a year, for a certificate that may not last. */
function hstsSeconds({ hsts, hstsMaxAgeMs }: ServerSettings, tls: Tls | null): number | null {
  return hsts && !tls?.generated ? Math.floor(hstsMaxAgeMs / 1_000) : null;
}

/** Running requests get the time; after it their connections are cut, so that the store can be closed in order. */
async function closeWithin(app: FastifyInstance, connections: Connections, timeoutMs: number) {
  const timer = setTimeout(() => app.server.closeAllConnections(), timeoutMs);
  const closed = app.close();
  connections.finish();
  await closed.finally(() => clearTimeout(timer));
}
