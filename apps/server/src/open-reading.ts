/** Where long readings run: in threads of their own, or right here where the database lives in this process's memory. */
import type { Caller } from './access/caller.ts';
import { Scope } from './access/scope.ts';
import type { Store } from './db/index.ts';
import { type Reading, readingHere } from './questions/reading.ts';
import { readingThreads, type StoreAddress } from './questions/reading-threads.ts';
import { READ_TASKS, type ReadTasks } from './read-tasks.ts';

const ENTRY = new URL('./read-thread.ts', import.meta.url);
const IN_MEMORY = /^sqlite:(\/\/\/)?(:memory:)?$/;

export function openReading(store: Store, address: StoreAddress): Reading<ReadTasks> {
  if (IN_MEMORY.test(address.url)) {
    const sourceOf = (caller: Caller) => ({ scope: Scope.of(store, caller), limit: store.dialect.page });
    return readingHere(READ_TASKS, sourceOf);
  }
  return readingThreads<ReadTasks>({ address, entry: ENTRY });
}
