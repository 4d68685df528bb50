/** Health checks: is the server there, is the key right, is this computer's clock right, and what waits here. */
import type { Clock } from './clock.ts';
import type { Http } from './deliver/http.ts';
import { saidBy } from './deliver/server.ts';
import type { Outbox } from './outbox/outbox.ts';

export interface Health {
  readonly ok: boolean;
  /** What is wrong, in words; null where nothing is. */
  readonly why: string | null;
  /** Positive where this computer's clock runs ahead; null where the server does not tell. */
  readonly clockAheadMs: number | null;
  /** Whether the server takes batches. */
  readonly known: 'ours' | 'original' | null;
}

export interface HealthPorts {
  readonly http: Pick<Http, 'post'>;
  readonly clock: Clock;
  readonly outbox: Pick<Outbox, 'epoch' | 'waiting' | 'waitingCount'>;
  readonly computer: string;
  readonly version: string;
  /** Where a server of the original answers. */
  readonly originalPath: string;
  /** Audit subcategories by their GUID, where this system can tell. */
  auditPolicy?(): Readonly<Record<string, 'none' | 'success' | 'failure' | 'both'>> | null;
}

/** A clock further off than this moves sessions visibly. */
export const CLOCK_AHEAD_MS_MAX = 2 * 60_000;

/** Asks our server's way first, then the original's. Never rejects. */
export async function checkHealth(ports: HealthPorts): Promise<Health> {
  try {
    const ours = await askOurs(ports);
    return ours ?? (await askOriginal(ports));
  } catch (error) {
    return { ok: false, why: (error as Error).message, clockAheadMs: null, known: null };
  }
}

async function askOurs({
  http,
  clock,
  outbox,
  computer,
  version,
  auditPolicy,
}: HealthPorts): Promise<Health | null> {
  const [oldest] = outbox.waiting(1);
  const policy = auditPolicy?.() ?? null;
  const answer = await http.post('/api/v1/agents/health', {
    ...{ computer, version, sentAt: new Date(clock.now()).toISOString() },
    ...{ backlog: outbox.waitingCount(), epoch: outbox.epoch },
    ...(oldest === undefined ? {} : { oldestWaiting: new Date(oldest.time).toISOString() }),
    ...(policy === null ? {} : { auditPolicy: policy }),
  });
  if (answer.status === 404 || answer.status === 405) return null;
  if (answer.status !== 200) return refusal(answer.status, answer.body);
  const told = parsed(answer.body);
  // An original server shows its error page with status 200.
  if (typeof told?.clockAheadMs !== 'number') return null;
  return { ok: true, why: null, clockAheadMs: told.clockAheadMs, known: 'ours' };
}

async function askOriginal({ http, originalPath }: HealthPorts): Promise<Health> {
  const answer = await http.post(originalPath, {});
  if (answer.status !== 200) return refusal(answer.status, answer.body);
  if (parsed(answer.body)?.status === 'ok')
    return { ok: true, why: null, clockAheadMs: null, known: 'original' };
  return { ok: false, why: 'What answers there is no server of events.', clockAheadMs: null, known: null };
}

function refusal(status: number, body: string): Health {
  return { ok: false, why: saidBy(body) ?? `The server answers ${status}.`, clockAheadMs: null, known: null };
}

function parsed(body: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
