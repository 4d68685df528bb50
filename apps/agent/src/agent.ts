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
import type { Health } from './health.ts';
import { createHealthWatch } from './health-watch.ts';
import { type Outbox, openOutbox } from './outbox/outbox.ts';
import { runSource } from './run-source.ts';
import type { AgentSettings } from './settings.ts';
import type { EventSource } from './source.ts';
import { VERSION } from './version.ts';
import { MEGABYTE, openWords } from './words.ts';
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

export function openAgent(options: AgentOptions): Agent {
  const { folder, computer, clock, random = Math.random } = options;
  let settings = options.settings();
  const words = openWords(
    folder,
    () => clock.now(),
    () => settings,
  );
  const { trouble, debug } = words;
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
  const delivery = createDelivery({
    ...{ outbox, clock, random, trouble, debug },
    ways: () => ways,
    sender: () => {
      const publicAddress = watch.publicAddress();
      return { computer, epoch: outbox.epoch, localAddress: localAddress(), publicAddress };
    },
    kept: (events, again) => {
      for (const event of events) eventLog.mark(event, again ? 2 : 1);
    },
  });
  const watch = createHealthWatch({
    ...{ clock, outbox, computer, trouble, debug, auditPolicy: options.auditPolicy },
    ...{ settings: () => settings, http: () => http, passed: () => delivery.hurry() },
  });
  const sourcePorts = { outbox, eventLog, clock, trouble, debug };
  return {
    outbox,
    health: () => watch.last(),
    reconfigure() {
      settings = options.settings();
      http.close();
      http = httpOf(settings);
      ways = [batchWay(http), plainWay(http, timeOf)];
      watch.checkNow();
    },
    async run(stop) {
      words.tell(`winagentUSM ${VERSION} begins`);
      const sources = options.sources.map((source) => runSource({ source, ...sourcePorts }, stop));
      await Promise.all([watch.run(stop), delivery.run(stop), ...sources]);
      http.close();
      outbox.close();
      words.tell('winagentUSM ends');
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
