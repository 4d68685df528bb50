/** A thread that runs long readings over a connection of its own, so that whoever sends events does not wait. */
import { parentPort, workerData } from 'node:worker_threads';
import { admit } from './access/caller.ts';
import { Scope } from './access/scope.ts';
import { AppError } from './app-error.ts';
import { openStore, type Store, stepBack } from './db/index.ts';
import type { FromThread, StoreAddress, ToThread } from './questions/reading-threads.ts';
import { READ_TASKS } from './read-tasks.ts';

const { url, folder } = workerData as StoreAddress;
stepBack();
const port = parentPort!;
let store: Promise<Store> | null = null;
/** Settled by the reader of the bytes sent last. */
let wanted: { more(): void; stop(): void } | null = null;

const say = (message: FromThread, moved: ArrayBuffer[] = []) => port.postMessage(message, moved);

async function run({ task, caller, input }: Extract<ToThread, { is: 'run' }>): Promise<unknown> {
  store ??= openStore(url, { folder, readOnly: true, poolSize: 1 });
  const opened = await store;
  // The caller was admitted where the request came in; this thread has no other door.
  const source = { scope: Scope.of(opened, admit({ ...caller })), limit: opened.dialect.page };
  const known = READ_TASKS[task as keyof typeof READ_TASKS];
  return known(source, input as never, (bytes) => {
    // The buffer may be a piece of one that is still in use.
    const own = new Uint8Array(bytes);
    say({ is: 'bytes', bytes: own }, [own.buffer]);
    return new Promise<void>((resolve, reject) => {
      wanted = { more: resolve, stop: () => reject(new Error('Nobody reads this any more.')) };
    });
  });
}

function told(error: unknown): FromThread {
  if (!(error instanceof AppError)) {
    return { is: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  const { kind, code, message, fields, retryAfterSeconds } = error;
  return { is: 'refused', kind, code, message, fields, retryAfterSeconds };
}

port.on('message', (message: ToThread) => {
  if (message.is === 'more') wanted?.more();
  else if (message.is === 'stop') wanted?.stop();
  else {
    run(message).then(
      (value) => say({ is: 'done', value }),
      (error: unknown) => say(told(error)),
    );
  }
});
