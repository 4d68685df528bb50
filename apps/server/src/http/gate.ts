/** The one door that every request passes; `access` builds it, tests may build a simpler one. */
import type { Auth } from '@logonscope/protocol';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../access/caller.ts';
import type { Action } from '../access/roles.ts';
import type { Scope } from '../access/scope.ts';

/** What a route demands: a row of the permission table, or nothing but patience of everybody. */
export interface Demand {
  readonly action: Action | 'public';
  readonly auth: Auth;
}

export interface Gate {
  /**
   * Answers with the caller of a request that may go on, or throws an `AppError` (unauthenticated, forbidden,
   * too-many). Runs before the body is read: a stranger's body is never looked at.
   */
  admit(request: FastifyRequest, demand: Demand): Caller | Promise<Caller>;
  /** What an admitted caller may see. */
  scopeOf(caller: Caller): Scope;
}
