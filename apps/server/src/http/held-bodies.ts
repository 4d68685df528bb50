/** Sheds load before it is read: bodies cost memory from the moment they arrive, not only once they wait for a commit. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../app-error.ts';
import { HELD_BODY_BYTES_MAX, HELD_RETRY_SECONDS } from './limits.ts';

/** JSON of events shrinks to about a tenth; a body that names no length may be as large as any. */
const UNPACKED_PER_PACKED = 8;
const UNNAMED_LENGTH_BYTES = 256 * 1024;

/** What a body will take once it is unpacked, as far as its headers tell. */
function expectedBytes({ headers }: FastifyRequest): number {
  const named = Number(headers['content-length']);
  if (!Number.isFinite(named)) return headers['transfer-encoding'] === undefined ? 0 : UNNAMED_LENGTH_BYTES;
  return headers['content-encoding'] === undefined ? named : named * UNPACKED_PER_PACKED;
}

export interface HeldBodies {
  /** Counts the request's body from now to the answer; throws `AppError` `http/busy` where too much is held already. */
  take(request: FastifyRequest): void;
  /** Bytes of bodies whose requests have no answer yet. */
  heldBytes(): number;
}

/**
 * Counts the bodies of all requests without an answer and refuses more with 503 once they are too much together; one
 * alone is always taken, whatever its size. `take` is for callers who were admitted, before their bodies are read.
 */
export function createHeldBodies(app: FastifyInstance, bytesMax = HELD_BODY_BYTES_MAX): HeldBodies {
  const held = new WeakMap<FastifyRequest, number>();
  let heldBytes = 0;
  const release = (request: FastifyRequest, done: () => void): void => {
    heldBytes -= held.get(request) ?? 0;
    held.delete(request);
    done();
  };
  app.addHook('onResponse', (request, _reply, done) => release(request, done));
  app.addHook('onRequestAbort', release);
  return {
    take(request) {
      const bytes = expectedBytes(request);
      if (bytes > 0 && heldBytes > 0 && heldBytes + bytes > bytesMax) throw busy();
      held.set(request, bytes);
      heldBytes += bytes;
    },
    heldBytes: () => heldBytes,
  };
}

function busy(): AppError {
  return new AppError('unavailable', 'http/busy', 'Too much arrives at once; try again shortly.', {
    retryAfterSeconds: HELD_RETRY_SECONDS,
  });
}
