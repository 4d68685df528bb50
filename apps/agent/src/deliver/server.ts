/** What a server can be to an agent: one that takes batches, or an original that takes single events in four words. */
import type { KeptEvent } from '../event.ts';

/** What became of events that were sent. */
export type Verdict =
  /** The server has all events up to this number, but for those it will never take. */
  | { readonly is: 'kept'; readonly through: number; readonly refused: readonly Refused[] }
  /** Try again; after so long if the server said so. */
  | { readonly is: 'later'; readonly afterMs: number | null; readonly why: string }
  /** The key is not accepted: nothing helps but another key. */
  | { readonly is: 'unwelcome'; readonly why: string }
  /** The server does not know this way of sending. */
  | { readonly is: 'unknown' }
  /** It would take less at a time. */
  | { readonly is: 'too-large' };

export interface Refused {
  readonly n: number;
  readonly why: string;
}

/** Who sends: the computer, its outbox, and whether this is sent again. */
export interface Sender {
  readonly computer: string;
  readonly epoch: string;
  /** Addresses of this computer, for people to read. */
  readonly localAddress: string | null;
  readonly publicAddress: string | null;
}

/** One way of sending. */
export interface Way {
  readonly id: 'batch' | 'plain';
  /** How many events one `send` takes. */
  readonly eventsMax: number;
  /** Sends events in order; `retry` counts how often they were sent before. */
  send(sender: Sender, events: readonly KeptEvent[], retry: number): Promise<Verdict>;
}

/** Statuses that mean the same on every way; null where the way itself has to say. */
export function commonVerdict(status: number, retryAfterMs: number | null, body: string): Verdict | null {
  if (status === 401 || status === 403)
    return { is: 'unwelcome', why: saidBy(body) ?? `The server answers ${status}.` };
  if (status === 404 || status === 405) return { is: 'unknown' };
  if (status === 413) return { is: 'too-large' };
  if (status === 408 || status === 429 || status >= 500)
    return { is: 'later', afterMs: retryAfterMs, why: saidBy(body) ?? `The server answers ${status}.` };
  return null;
}

/** What a server says for people: problem+json, or the original's `message`. */
export function saidBy(body: string): string | null {
  try {
    const { detail, title, message } = JSON.parse(body) as Record<string, unknown>;
    const said = detail ?? message ?? title;
    return typeof said === 'string' && said !== '' ? said.slice(0, 300) : null;
  } catch {
    return null;
  }
}
