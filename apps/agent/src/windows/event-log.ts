/**
 * Pulls events of one log. Windows signals that there are some; they are read until there are none, and the place is kept
 * with them. After a stop, a crash or a power cut the bookmark brings what was missed.
 */
import type { AgentEvent, PlainEvent } from '../event.ts';
import type { EventSource, Intake } from '../source.ts';
import type { Api } from './api.ts';
import type { Channel } from './channels.ts';
import { WindowsFailure } from './failure.ts';
import type { Pointer } from './koffi.ts';
import { logEvent } from './log-record.ts';

/** winevt.h: only what comes now; after the bookmark; and fail if the bookmark's record is gone. */
const SUBSCRIBE = { future: 1, oldest: 2, afterBookmark: 3, strict: 0x10000 } as const;
const RENDER = { xml: 1, bookmark: 2 } as const;
const NO_MORE_ITEMS = 259;
const TOO_SMALL = 122;
const BATCH = 64;
/** Windows signals; that we look after so long all the same is for a signal that got lost. */
const LOOK_MS = 5_000;
const WAIT_STOP = 0;

export interface EventLogPorts {
  readonly api: Api;
  readonly channel: Channel;
  /** Whether a notice told this event already: then it is no plain word again. */
  alreadyTold(event: PlainEvent, time: number): boolean;
}

export function eventLogSource({ api, channel, alreadyTold }: EventLogPorts): EventSource {
  return {
    id: channel.id,
    async run(intake, bookmark, stop) {
      const log = openLog(api, channel, bookmark, intake);
      const onStop = () => api.kernel.setEvent(log.stop);
      stop.addEventListener('abort', onStop, { once: true });
      try {
        while (!stop.aborted) {
          if ((await waitFor(api, [log.stop, log.signal])) === WAIT_STOP) break;
          // Before reading: what comes meanwhile signals anew.
          api.kernel.resetEvent(log.signal);
          await drain(api, log, intake, alreadyTold, stop);
        }
      } finally {
        stop.removeEventListener('abort', onStop);
        log.close();
      }
    },
  };
}

interface OpenLog {
  readonly results: Pointer;
  readonly bookmark: Pointer;
  readonly signal: Pointer;
  readonly stop: Pointer;
  close(): void;
}

function openLog(api: Api, { channel, query }: Channel, saved: string | null, intake: Intake): OpenLog {
  const { eventLog, kernel } = api;
  const bookmark = eventLog.createBookmark(saved) as Pointer;
  if (!bookmark) throw new WindowsFailure(`EvtCreateBookmark (${channel})`, api.lastError());
  const stop = kernel.createEvent(null, true, false, null) as Pointer;
  const signal = kernel.createEvent(null, true, true, null) as Pointer;
  const subscribe = (flags: number) =>
    eventLog.subscribe(
      null,
      signal,
      channel,
      query,
      flags === SUBSCRIBE.future || flags === SUBSCRIBE.oldest ? null : bookmark,
      null,
      null,
      flags,
    ) as Pointer;
  let results = subscribe(saved === null ? SUBSCRIBE.future : SUBSCRIBE.afterBookmark | SUBSCRIBE.strict);
  if (!results && saved !== null) {
    // The log was cleared, or has wrapped since: what it holds now is all new to us.
    intake.trouble(
      `the log "${channel}" no longer holds the record where reading stopped; events may be missing`,
    );
    results = subscribe(SUBSCRIBE.oldest);
  }
  if (!results) {
    const code = api.lastError();
    for (const handle of [signal, stop]) kernel.closeHandle(handle);
    eventLog.close(bookmark);
    throw new WindowsFailure(`EvtSubscribe (${channel})`, code);
  }
  return {
    ...{ results, bookmark, signal, stop },
    close() {
      eventLog.close(results);
      eventLog.close(bookmark);
      kernel.closeHandle(signal);
      kernel.closeHandle(stop);
    },
  };
}

function waitFor(api: Api, handles: readonly Pointer[]): Promise<number> {
  return new Promise((resolve, reject) => {
    api.kernel.waitForMany.async(
      handles.length,
      handles,
      false,
      LOOK_MS,
      (error: Error | null, which: number) => (error === null ? resolve(which) : reject(error)),
    );
  });
}

/** Reads all there is; what was taken from the log is in the outbox before the next is read. */
async function drain(
  api: Api,
  log: OpenLog,
  intake: Intake,
  told: EventLogPorts['alreadyTold'],
  stop: AbortSignal,
) {
  const { eventLog } = api;
  while (!stop.aborted) {
    const handles: Pointer[] = new Array(BATCH).fill(null);
    const count = [0];
    if (!eventLog.next(log.results, BATCH, handles, 0, 0, count)) {
      const code = api.lastError();
      if (code === NO_MORE_ITEMS) return;
      throw new WindowsFailure('EvtNext', code);
    }
    const events: AgentEvent[] = [];
    for (const handle of handles.slice(0, count[0])) {
      try {
        const event = await logEvent(rendered(api, handle, RENDER.xml), told);
        if (event !== null) events.push(event);
        if (!eventLog.updateBookmark(log.bookmark, handle))
          throw new WindowsFailure('EvtUpdateBookmark', api.lastError());
      } finally {
        eventLog.close(handle);
      }
    }
    await intake.take(events, rendered(api, log.bookmark, RENDER.bookmark));
  }
}

let buffer = Buffer.alloc(64 * 1024);

/** An event or a bookmark as XML. */
export function rendered(api: Api, handle: Pointer, what: number): string {
  const { eventLog } = api;
  const [used, properties] = [[0], [0]];
  const render = () =>
    eventLog.render(null, handle, what, buffer.length, buffer, used, properties) as boolean;
  if (!render()) {
    const code = api.lastError();
    if (code !== TOO_SMALL) throw new WindowsFailure('EvtRender', code);
    buffer = Buffer.alloc(used[0]!);
    if (!render()) throw new WindowsFailure('EvtRender', api.lastError());
  }
  return buffer.toString('utf16le', 0, used[0]).replace(/\0+$/, '');
}
