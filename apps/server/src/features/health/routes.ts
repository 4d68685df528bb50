/** `/livez`, `/readyz` and `/metrics`: what operators and their tools ask. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { getLive, getMetrics, getReady, reply } from '@logonscope/protocol';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../../app-error.ts';
import { type Route, route } from '../../http/mount.ts';

export interface HealthPorts {
  /** Resolves if the database answers; rejects if not. */
  ping(): Promise<void>;
  /** True from the moment the server is told to stop. */
  stopping(): boolean;
  metrics(): Promise<string>;
  /** Who sends it may read the metrics from anywhere; null: only this machine may. */
  readonly metricsToken: string | null;
  readonly pingTimeoutMs?: number;
}

/** A probe of an orchestrator gives up after some seconds; it should hear the reason before. */
const PING_TIMEOUT_MS = 2_000;
const LOOPBACK = ['127.0.0.1', '::1', '::ffff:127.0.0.1'];
/** A proxy on this machine that nobody trusts would make everybody look like this machine. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];

export function healthRoutes(ports: HealthPorts): Route[] {
  return [
    route(getLive, { action: 'public', handle: () => reply(200, { status: 'alive' as const }) }),
    route(getReady, { action: 'public', handle: () => readiness(ports) }),
    route(getMetrics, {
      action: 'public',
      async handle({ request }) {
        if (!mayReadMetrics(request, ports.metricsToken)) {
          throw new AppError('not-found', 'http/not-found', 'There is nothing here.');
        }
        return reply(200, await ports.metrics());
      },
    }),
  ];
}

async function readiness({ ping, stopping, pingTimeoutMs = PING_TIMEOUT_MS }: HealthPorts) {
  const database = (await answersWithin(ping, pingTimeoutMs)) ? 'connected' : 'disconnected';
  if (stopping()) return reply(503, { status: 'stopping' as const, database } as const);
  if (database === 'disconnected') return reply(503, { status: 'not-ready' as const, database } as const);
  return reply(200, { status: 'ready' as const, database } as const);
}

function answersWithin(ping: () => Promise<void>, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, timeoutMs, false);
    ping()
      .then(
        () => resolve(true),
        () => resolve(false),
      )
      .finally(() => clearTimeout(timer));
  });
}

function mayReadMetrics(request: FastifyRequest, token: string | null): boolean {
  if (token !== null) {
    const digest = (text: string) => createHash('sha256').update(text).digest();
    return timingSafeEqual(digest(request.headers.authorization ?? ''), digest(`Bearer ${token}`));
  }
  const forwarded = FORWARDED.some((name) => request.headers[name] !== undefined);
  return !forwarded && LOOPBACK.includes(request.socket.remoteAddress ?? '');
}
