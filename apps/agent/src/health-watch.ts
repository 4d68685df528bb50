/** Checks health at the start, every so many minutes, and whenever settings changed. */
import type { Clock } from './clock.ts';
import type { Http } from './deliver/http.ts';
import { CLOCK_AHEAD_MS_MAX, checkHealth, type Health, type HealthPorts } from './health.ts';
import type { Outbox } from './outbox/outbox.ts';
import { publicAddress } from './public-address.ts';
import type { AgentSettings } from './settings.ts';
import { VERSION } from './version.ts';
import type { Words } from './words.ts';

export interface HealthWatchPorts extends Pick<Words, 'trouble' | 'debug'> {
  readonly clock: Clock;
  readonly outbox: Outbox;
  readonly computer: string;
  readonly auditPolicy: HealthPorts['auditPolicy'] | undefined;
  settings(): AgentSettings;
  http(): Http;
  /** Called after each check that passed. */
  passed(): void;
}

export interface HealthWatch {
  run(stop: AbortSignal): Promise<void>;
  checkNow(): void;
  last(): Health | null;
  publicAddress(): string | null;
}

const MINUTE_MS = 60_000;
/** Longer than timers can wait; whoever wants no checks gets none. */
const NEVER_MS = 2 ** 31 - 1;

export function createHealthWatch(ports: HealthWatchPorts): HealthWatch {
  const { clock, outbox, computer, auditPolicy, trouble, debug } = ports;
  let last: Health | null = null;
  let address: string | null = null;
  let checkNow: () => void = () => {};

  async function check(): Promise<void> {
    const { obtainPublicIp, publicIpUrls, healthCheckPath } = ports.settings();
    const http = ports.http();
    if (obtainPublicIp) address = await publicAddress(http, publicIpUrls);
    const found = await checkHealth({
      ...{ http, clock, outbox, computer, version: VERSION, originalPath: healthCheckPath },
      ...(auditPolicy === undefined ? {} : { auditPolicy }),
    });
    if (!found.ok && found.why !== last?.why) trouble(`health check failed: ${found.why}`);
    if (found.ok) debug('health check passed');
    const ahead = found.clockAheadMs ?? 0;
    if (Math.abs(ahead) > CLOCK_AHEAD_MS_MAX)
      trouble(`the clock of this computer is ${Math.round(ahead / 1000)} s off against the server's`);
    last = found;
    if (found.ok) ports.passed();
  }

  return {
    async run(stop) {
      while (!stop.aborted) {
        await check();
        const asked = new AbortController();
        checkNow = () => asked.abort();
        const minutes = ports.settings().healthCheckMinutes;
        const pauseMs = minutes === 0 ? NEVER_MS : minutes * MINUTE_MS;
        await clock.wait(pauseMs, AbortSignal.any([stop, asked.signal]));
      }
    },
    checkNow: () => checkNow(),
    last: () => last,
    publicAddress: () => address,
  };
}
