/** News from the server as they are committed: one stream per company for the whole page, taken up again when it breaks. */
import {
  addressOf,
  LIVE_MESSAGES,
  type LiveEvent,
  type LiveRemoval,
  type LiveSession,
  watchLive,
} from '@logonscope/protocol';
import { useEffect, useRef } from 'react';
import { create } from 'zustand';
import { useSource } from './source.ts';

/** `off`: nobody listens; `lost`: broken, and being taken up again. */
export type LiveState = 'off' | 'connecting' | 'live' | 'lost';

export interface LiveHandlers {
  readonly event?: (event: LiveEvent) => void;
  readonly session?: (session: LiveSession) => void;
  readonly 'session-removed'?: (removal: LiveRemoval) => void;
  /** Some news were lost, or the stream was away for long: ask anew. */
  readonly reset?: () => void;
}

export const useLiveState = create<{ readonly state: LiveState; readonly latestMs: number | null }>(() => ({
  state: 'off',
  latestMs: null,
}));

const RETRY_MS = 5_000;

interface Stream {
  readonly handlers: Set<{ readonly current: LiveHandlers }>;
  close(): void;
}

const streams = new Map<number, Stream>();

/** Opens the stream of a company and keeps it open; browsers resume after the last id by themselves. */
function openStream(companyId: number): Stream {
  const handlers: Stream['handlers'] = new Set();
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = (kind: keyof LiveHandlers, data: unknown) => {
    const parsed = LIVE_MESSAGES[kind].safeParse(data);
    if (!parsed.success) return;
    useLiveState.setState({ latestMs: Date.now() });
    for (const { current } of handlers)
      (current[kind] as ((data: unknown) => void) | undefined)?.(parsed.data);
  };
  const connect = () => {
    useLiveState.setState({ state: 'connecting' });
    source = new EventSource(addressOf(watchLive, { query: { company: companyId } }));
    source.onopen = () => useLiveState.setState({ state: 'live' });
    source.onerror = () => {
      useLiveState.setState({ state: 'lost' });
      // A refusal closes the source for good, a broken connection does not.
      if (source?.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(() => {
        connect();
        tell('reset', {});
      }, RETRY_MS);
    };
    for (const kind of Object.keys(LIVE_MESSAGES) as (keyof LiveHandlers)[]) {
      source.addEventListener(kind, ({ data }: MessageEvent<string>) => tell(kind, JSON.parse(data)));
    }
  };
  connect();
  return {
    handlers,
    close() {
      clearTimeout(timer);
      source?.close();
      useLiveState.setState({ state: 'off' });
    },
  };
}

/** Listens to the news of a company while the component is there. Handlers may change from draw to draw. */
export function useLive(companyId: number | null, handlers: LiveHandlers): void {
  const { kind } = useSource();
  const latest = useRef(handlers);
  latest.current = handlers;
  useEffect(() => {
    if (companyId === null || kind !== 'server') return;
    let stream = streams.get(companyId);
    if (stream === undefined) {
      stream = openStream(companyId);
      streams.set(companyId, stream);
    }
    const { handlers: listening } = stream;
    listening.add(latest);
    return () => {
      listening.delete(latest);
      if (listening.size > 0) return;
      stream.close();
      streams.delete(companyId);
    };
  }, [companyId, kind]);
}
