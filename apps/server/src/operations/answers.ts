/** One line in the log for each answer, for whoever asked for level debug. */
import type { FastifyInstance } from 'fastify';

/** The route's pattern is logged, not the address: its parts and its query may name people. */
export function logAnswers(app: FastifyInstance): void {
  app.addHook('onResponse', async ({ log, method, routeOptions, ip }, { statusCode, elapsedTime }) => {
    const durationMs = Math.round(elapsedTime * 10) / 10;
    log.debug(
      { method, route: routeOptions.url ?? null, status: statusCode, durationMs, address: ip },
      'answered',
    );
  });
}
