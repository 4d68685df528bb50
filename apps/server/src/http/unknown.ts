/** Addresses that lead nowhere, and methods that an address does not know: JSON, with the right status. */
import type { FastifyInstance } from 'fastify';
import { AppError } from '../app-error.ts';
import { sendRefusal } from './errors.ts';
import type { Route } from './mount.ts';

/** `/companies/:id` as a pattern for whole paths. */
function patternOf(path: string): RegExp {
  const parts = path
    .split('/')
    .map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  return new RegExp(`^${parts.join('/')}$`);
}

/** Answers 405 with the methods an address knows, and 404 for all others. */
export function refuseUnknown(app: FastifyInstance, routes: readonly Route[]): void {
  const known = routes.map(({ endpoint }) => ({
    pattern: patternOf(endpoint.path),
    method: endpoint.method,
  }));
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    const methods = known.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
    if (methods.length === 0) throw new AppError('not-found', 'http/not-found', 'There is nothing here.');
    const allow = [...new Set(methods)].join(', ');
    const refusal = new AppError('invalid', 'http/wrong-method', `This address knows ${allow}.`);
    return sendRefusal(refusal, request, reply.header('allow', allow), 405);
  });
}
