/** The live feed: server-sent events of the companies a caller may see. */
import { reply, watchLive } from '@logonscope/protocol';
import type { Scope } from '../../access/scope.ts';
import { AppError } from '../../app-error.ts';
import { type Route, route } from '../../http/mount.ts';
import type { Feed, Hub } from './hub.ts';
import { HEARTBEAT_MS, RECONNECT_MS, STREAM_MS_MAX, STREAMS_MAX } from './limits.ts';
import { HEARTBEAT } from './messages.ts';

export interface LiveOptions {
  readonly heartbeatMs?: number;
  readonly streamMs?: number;
  /** Aborted when the server closes: open streams end, and browsers come back to whoever takes over. */
  readonly closing?: AbortSignal;
}

/** The companies to watch: the one asked for, or all the caller may see. */
async function companiesOf(scope: Scope, company: number | undefined): Promise<number[]> {
  if (company !== undefined) return [await scope.requireCompany('live.read', company)];
  const rows = await scope.companyRows('live.read').select('companies.id').execute();
  return rows.map(({ id }) => id);
}

/** The text of the stream until it is time to come back, or the watcher leaves. */
async function* stream(feed: Feed, ended: AbortSignal, heartbeatMs: number): AsyncGenerator<string> {
  try {
    yield `retry: ${RECONNECT_MS}\n\n`;
    while (!ended.aborted) {
      const text = await feed.next(heartbeatMs);
      if (!ended.aborted || text !== '') yield text === '' ? HEARTBEAT : text;
    }
  } finally {
    feed.close();
  }
}

export function liveRoutes(hub: Hub, options: LiveOptions = {}): Route[] {
  const { heartbeatMs = HEARTBEAT_MS, streamMs = STREAM_MS_MAX, closing } = options;
  let open = 0;
  return [
    route(watchLive, {
      action: 'live.read',
      async handle({ scope, query, request, reply: answer }) {
        if (open >= STREAMS_MAX) {
          throw new AppError('unavailable', 'live/busy', 'Too many pages are watching; try again later.', {
            retryAfterSeconds: 30,
          });
        }
        const companies = await companiesOf(scope, query.company);
        const lastId = request.headers['last-event-id'];
        const feed = hub.watch(companies, typeof lastId === 'string' ? lastId : null);
        const left = new AbortController();
        const ended = AbortSignal.any([
          left.signal,
          AbortSignal.timeout(streamMs),
          ...(closing === undefined ? [] : [closing]),
        ]);
        ended.addEventListener('abort', () => feed.close(), { once: true });
        open++;
        answer.raw.once('close', () => {
          open--;
          left.abort();
        });
        return reply(200, stream(feed, ended, heartbeatMs), { 'cache-control': 'no-store, no-transform' });
      },
    }),
  ];
}
