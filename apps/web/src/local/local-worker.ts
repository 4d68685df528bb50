/** The inside of the worker: reads files into a store and answers questions from it. The page only shows. */
import { accountKey } from '@logonscope/core';
import { answerOf } from './answers.ts';
import type { Asked, FromWorker, Opened, OpenOrder, ToWorker } from './messages.ts';
import { peekFiles, readFiles } from './read-files.ts';
import { LocalRefusal } from './refusal.ts';
import { buildStore, type LocalStore } from './store.ts';

let store: LocalStore = buildStore([], []);

/** A worker's own way to speak; the types of pages know only that of windows. */
const scope = globalThis as unknown as { postMessage(message: FromWorker, transfer: Transferable[]): void };
const tell = (message: FromWorker, transfer: Transferable[] = []) => scope.postMessage(message, transfer);

async function open(order: OpenOrder): Promise<Opened> {
  const { events, life, files } = await readFiles(order, (progress) => tell({ is: 'progress', progress }));
  store = buildStore(events, life);
  return {
    files,
    sessions: store.sessions.length,
    events: store.events.length,
    computers: store.computers.size,
    people: new Set(store.sessions.map((session) => accountKey(session))).size,
    fromMs: store.events[0]?.event.time ?? null,
    toMs: store.events.at(-1)?.event.time ?? null,
  };
}

async function answer(asked: Asked): Promise<void> {
  const { id } = asked;
  try {
    const found = await answerOf(store, asked);
    tell({ is: 'answer', id, answer: found }, 'bytes' in found ? [found.bytes.buffer] : []);
  } catch (error) {
    if (error instanceof LocalRefusal) return tell({ is: 'refused', id, refused: error.refused });
    const detail = error instanceof Error ? error.message : String(error);
    tell({ is: 'refused', id, refused: { status: 500, code: 'local/failed', detail, errors: [] } });
  }
}

addEventListener('message', async ({ data: order }: MessageEvent<ToWorker>) => {
  if (order.is === 'ask') return answer(order);
  try {
    if (order.is === 'peek') tell({ is: 'peeked', files: await peekFiles(order.files) });
    else tell({ is: 'opened', opened: await open(order) });
  } catch (error) {
    tell({ is: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
});
