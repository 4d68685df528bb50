/** Where answers come from: the server this page was given out by, or files read in this browser. Pages see no difference. */
import type { Endpoint, InputOf, ResultOf } from '@logonscope/protocol';
import { createContext, useContext } from 'react';

export interface AskOptions {
  readonly signal?: AbortSignal;
}

/** What an endpoint answers with, whichever of its declared statuses it is. */
export type BodyOf<E extends Endpoint> = ResultOf<E>['body'];

export interface Source {
  readonly kind: 'server' | 'local';
  /** What distinguishes it from other sources in caches: `server`, or a name of the set of files. */
  readonly id: string;
  /**
   * Asks one endpoint. Throws `RefusedError` for refusals, what `fetch` throws where no answer came, and
   * `NotHereError` for endpoints that this source does not have.
   */
  ask<E extends Endpoint>(endpoint: E, input: InputOf<E>, options?: AskOptions): Promise<ResultOf<E>>;
  /** Whether `ask` knows the endpoint: what a source cannot do is not shown. */
  knows(endpoint: Endpoint): boolean;
}

/**
 * Asked for something that only another kind of source has.
 * @public Sources throw it.
 */
export class NotHereError extends Error {
  constructor(endpoint: Endpoint) {
    super(`“${endpoint.id}” is not available for files opened in this browser.`);
    this.name = 'NotHereError';
  }
}

export const SourceContext = createContext<Source | null>(null);

/** The source of the page. */
export function useSource(): Source {
  const source = useContext(SourceContext);
  if (source === null) throw new Error('There is no Source around this component.');
  return source;
}
