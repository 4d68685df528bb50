/** Locks by name, as sp_getapplock gives them to sessions. */

export interface AppLocks {
  /** Resolves once the session has it; a session that has it gets it again. */
  take(resource: string, session: object): Promise<void>;
  release(resource: string, session: object): void;
  /** All of a session that is gone. */
  releaseAll(session: object): void;
}

interface Held {
  readonly session: object;
  readonly waiting: { readonly session: object; readonly go: () => void }[];
}

export function appLocks(): AppLocks {
  const locks = new Map<string, Held>();
  const release = (resource: string, session: object) => {
    const held = locks.get(resource);
    if (held?.session !== session) return;
    const next = held.waiting.shift();
    if (next === undefined) locks.delete(resource);
    else locks.set(resource, { session: next.session, waiting: held.waiting });
    next?.go();
  };
  return {
    release,
    take(resource, session) {
      const held = locks.get(resource);
      if (held === undefined) locks.set(resource, { session, waiting: [] });
      if (held === undefined || held.session === session) return Promise.resolve();
      return new Promise((go) => held.waiting.push({ session, go }));
    },
    releaseAll(session) {
      for (const [resource, { waiting }] of [...locks]) {
        const at = waiting.findIndex((one) => one.session === session);
        if (at >= 0) waiting.splice(at, 1);
        release(resource, session);
      }
    },
  };
}
