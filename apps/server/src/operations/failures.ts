/** Failures of the server as entries of the error log, with the request they happened in. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { mayIn } from '../access/caller.ts';
import { readSection } from '../access/portal/settings.ts';
import { writeError } from '../access/trail/error-log.ts';
import type { Store } from '../db/index.ts';
import { refusalOf } from '../http/errors.ts';

/** Keeps every failure that a caller was told nothing about; refusals are no failures. Before the server listens. */
export function keepFailures(app: FastifyInstance, { db }: Store, clock: () => number): void {
  app.addHook('onError', async (request, _, error) => {
    if (refusalOf(error) !== null) return;
    const entry = {
      atMs: clock(),
      level: 'error' as const,
      logger: 'http',
      message: error.message,
      stack: error.stack ?? null,
      method: request.method,
      path: request.url,
      requestId: request.id,
      userId: request.caller?.kind === 'person' ? request.caller.userId : null,
      companyId: companyOf(request),
      address: request.ip,
    };
    // The store itself may be what failed; the log on standard output has the failure in any case.
    const write = async () => writeError(db, entry, (await readSection(db, 'log')).level);
    await write().catch((err) => request.log.warn({ err }, 'error log not written'));
  });
}

/** The company that a request was about: the key's, or the one it names, if the caller belongs there. */
function companyOf({ caller, params, query }: FastifyRequest): number | null {
  if (caller?.kind === 'key') return caller.companyId;
  if (caller?.kind !== 'person') return null;
  const { companyId } = (params ?? {}) as { companyId?: string };
  const { company } = (query ?? {}) as { company?: string };
  const named = Number(companyId ?? company);
  return Number.isSafeInteger(named) && named > 0 && mayIn(caller, 'company.read', named) ? named : null;
}
