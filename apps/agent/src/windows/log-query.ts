/** Reads and exports what a log holds (EvtQuery, EvtExportLog). */
import type { LogAccess } from '../collect/collect.ts';
import type { Api } from './api.ts';
import { rendered } from './event-log.ts';
import { WindowsFailure } from './failure.ts';
import type { Pointer } from './koffi.ts';
import { readXml } from './read-xml.ts';

/** winevt.h: a channel rather than a file, oldest record first. */
const CHANNEL_PATH = 0x1;
const FORWARD = 0x100;
const RENDER_XML = 1;
const NO_MORE_ITEMS = 259;
const BATCH = 256;

export function logAccess(api: Api): LogAccess {
  const { eventLog } = api;
  return {
    async read(channel, query, onRecord) {
      const results = eventLog.query(null, channel, query, CHANNEL_PATH | FORWARD) as Pointer;
      if (!results) throw new WindowsFailure(`EvtQuery (${channel})`, api.lastError());
      try {
        for (;;) {
          const handles: Pointer[] = new Array(BATCH).fill(null);
          const count = [0];
          if (!eventLog.next(results, BATCH, handles, 0, 0, count)) {
            const code = api.lastError();
            if (code === NO_MORE_ITEMS) return;
            throw new WindowsFailure('EvtNext', code);
          }
          const texts = handles.slice(0, count[0]).map((handle) => {
            try {
              return rendered(api, handle, RENDER_XML);
            } finally {
              eventLog.close(handle);
            }
          });
          await readXml(texts.join('\n'), onRecord);
        }
      } finally {
        eventLog.close(results);
      }
    },
    export(channel, query, file) {
      if (!eventLog.exportLog(null, channel, query, file, CHANNEL_PATH))
        throw new WindowsFailure(`EvtExportLog (${channel})`, api.lastError());
    },
  };
}
