/** Figures about the server for Prometheus: requests by route and status, and what the process itself uses. */
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

const SECOND_MS = 1_000;
/** From an ingest answered at once to a report over a year. */
const BUCKETS_SECONDS = [0.005, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];
/** Addresses that lead nowhere are many; they count as one. */
const NO_ROUTE = 'none';

export interface Metrics {
  readonly registry: Registry;
  /** Counts every answer of the server from now on; before it listens. */
  observe(app: FastifyInstance): void;
  /** A figure that is read when somebody asks for the metrics. */
  gauge(name: string, help: string, read: () => number): void;
}

/** Metrics of one server; nothing is shared with another one of the same process. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const answers = new Histogram({
    name: 'logonscope_http_request_duration_seconds',
    help: 'Time from the arrival of a request to the end of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS_SECONDS,
    registers: [registry],
  });
  return {
    registry,
    observe(app) {
      app.addHook('onResponse', async (request, reply) => {
        const route = request.routeOptions.url ?? NO_ROUTE;
        const status = String(reply.statusCode);
        answers.observe({ method: request.method, route, status }, reply.elapsedTime / SECOND_MS);
      });
    },
    gauge(name, help, read) {
      new Gauge({
        name: `logonscope_${name}`,
        help,
        registers: [registry],
        collect() {
          this.set(read());
        },
      });
    },
  };
}
