/** The running agent: sources fill the outbox, delivery empties it, health checks look after both. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { localAddress } from './addresses.ts';
import type { Clock } from './clock.ts';
import { batchWay } from './deliver/batch.ts';
import { createDelivery } from './deliver/delivery.ts';
import { createHttp, type Http } from './deliver/http.ts';
import { plainWay } from './deliver/plain.ts';
import { openEventLog } from './event-log.ts';
import { CLOCK_AHEAD_MS_MAX, checkHealth, type Health } from './health.ts';
import { ERROR_LOG, logFile, openTextLog, SESSION_LOG } from './logs.ts';
import { type Outbox, openOutbox } from './outbox/outbox.ts';
import { publicAddress } from './public-address.ts';
import { runSource } from './run-source.ts';
import type { AgentSettings } from './settings.ts';
import type { EventSource } from './source.ts';
import { VERSION } from './version.ts';
import { writtenTime } from './written-time.ts';

export interface AgentOptions {
  /** Holds outbox, logs and settings. */
  readonly folder: string;
  readonly computer: string;
  /** Settings as they are now, and again after each change of them. */
  readonly settings: () => AgentSettings;
  readonly sources: readonly EventSource[];
  readonly clock: Clock;
  readonly random?: () => number;
  readonly outboxBytesMax?: number;
  readonly auditPolicy?: () => Readonly<Record<string, 'none' | 'success' | 'failure' | 'both'>> | null;
}

export interface Agent {
  /** Runs until `stop` is aborted; resolves when everything is put down in order. */
  run(stop: AbortSignal): Promise<void>;
  /** Takes settings that changed, and checks health with them. */
  reconfigure(): void;
  readonly outbox: Outbox;
  /** What the last health check found. */
  health(): Health | null;
}

const MEGABYTE = 1024 * 1024;
const MINUTE_MS = 60_000;

export function openAgent(options: AgentOptions): Agent {
  const { folder, computer, clock, random = Math.random } = options;
  let settings = options.settings();
  const now = () => clock.now();
  const logs = {
    error: openTextLog({
      file: logFile(folder, ERROR_LOG),
      now,
      rotationBytes: () => settings.errorLogMb * MEGABYTE,
    }),
    session: openTextLog({
      file: logFile(folder, SESSION_LOG),
      now,
      rotationBytes: () => settings.sessionLogMb * MEGABYTE,
    }),
  };
  const trouble = (text: string) => {
    logs.error.write(text);
    logs.session.write(text);
  };
  const debug = (text: string) => {
    if (settings.debugLogs) logs.session.write(text);
  };
  const outbox = openOutbox(join(folder, 'outbox'), {
    trouble,
    ...(options.outboxBytesMax === undefined ? {} : { sizeBytesMax: options.outboxBytesMax }),
  });
  const timeOf = (time: number) => writtenTime(settings.timezone, time);
  const eventLog = openEventLog({
    ...{ folder, computer, timeOf, localAddress, trouble },
    rotationBytes: () => settings.eventLogMb * MEGABYTE,
  });
  let http = httpOf(settings);
  let ways = [batchWay(http), plainWay(http, timeOf)];
  let address: string | null = null;
  let health: Health | null = null;
  let checkNow: () => void = () => {};

  const delivery = createDelivery({
    ...{ outbox, clock, random, trouble, debug },
    ways: () => ways,
    sender: () => ({ computer, epoch: outbox.epoch, localAddress: localAddress(), publicAddress: address }),
    kept: (events, again) => {
      for (const event of events) eventLog.mark(event, again ? 2 : 1);
    },
  });

  async function check(): Promise<void> {
    if (settings.obtainPublicIp) address = await publicAddress(http, settings.publicIpUrls);
    const found = await checkHealth({
      ...{ http, clock, outbox, computer, version: VERSION, originalPath: settings.healthCheckPath },
      ...(options.auditPolicy === undefined ? {} : { auditPolicy: options.auditPolicy }),
    });
    if (!found.ok && found.why !== health?.why) trouble(`health check failed: ${found.why}`);
    if (found.ok) debug('health check passed');
    const ahead = found.clockAheadMs ?? 0;
    if (Math.abs(ahead) > CLOCK_AHEAD_MS_MAX)
      trouble(`the clock of this computer is ${Math.round(ahead / 1000)} s off against the server's`);
    health = found;
    if (found.ok) delivery.hurry();
  }

  async function watchHealth(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      await check();
      const asked = new AbortController();
      checkNow = () => asked.abort();
      const either = AbortSignal.any([stop, asked.signal]);
      const minutes = settings.healthCheckMinutes;
      await clock.wait(minutes === 0 ? 2 ** 31 - 1 : minutes * MINUTE_MS, either);
    }
  }

  return {
    outbox,
    health: () => health,
    reconfigure() {
      settings = options.settings();
      http.close();
      http = httpOf(settings);
      ways = [batchWay(http), plainWay(http, timeOf)];
      checkNow();
    },
    async run(stop) {
      logs.session.write(`winagentUSM ${VERSION} begins`);
      await Promise.all([
        watchHealth(stop),
        delivery.run(stop),
        ...options.sources.map((source) =>
          runSource({ source, outbox, eventLog, clock, trouble, debug }, stop),
        ),
      ]);
      http.close();
      outbox.close();
      logs.session.write('winagentUSM ends');
    },
  };
}

function httpOf(settings: AgentSettings): Http {
  return createHttp({
    serverUrl: settings.serverUrl ?? '',
    apiKey: settings.apiKey ?? '',
    product: `winagentUSM/${VERSION}`,
    proxyUrl: settings.proxyUrl,
    pinnedSha256: settings.pinnedSha256,
    verify: settings.verifyTls,
    authorities: settings.authorityFile === null ? null : readFileSync(settings.authorityFile, 'utf8'),
  });
}
