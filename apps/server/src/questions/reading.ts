/** Long readings, run where they keep nobody waiting: the tasks' shape, and how routes reach them. */
import type { Caller } from '../access/caller.ts';
import type { Source } from './source.ts';

/** Takes bytes of an answer in order; resolves when more are wanted. */
export type Sink = (bytes: Uint8Array) => Promise<void>;

/** A reading: input and value are plain data, bytes go into the sink as they come. */
export type ReadingTask<I, V> = (source: Source, input: I, sink: Sink) => Promise<V>;

/** Tasks by name; one list for the thread and for those who ask. */
export type ReadingTasks = Readonly<Record<string, ReadingTask<never, unknown>>>;

type InputOf<T> = T extends ReadingTask<infer I, unknown> ? I : never;
type ValueOf<T> = T extends ReadingTask<never, infer V> ? V : never;

/** Runs tasks on behalf of a caller. */
export interface Reading<T extends ReadingTasks> {
  /** Runs a task to its end; the bytes it writes go into the sink. Rejects with the task's `AppError`. */
  run<K extends keyof T & string>(
    caller: Caller,
    task: K,
    input: InputOf<T[K]>,
    sink?: Sink,
  ): Promise<ValueOf<T[K]>>;
  /** Ends the threads; what is running is rejected. */
  close(): Promise<void>;
}

/** All bytes of a task at once. */
export async function bytesOf(write: (sink: Sink) => Promise<unknown>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  await write(async (bytes) => void pieces.push(bytes));
  return Buffer.concat(pieces);
}

/** Runs tasks in this very thread: for databases that live inside it, and for tests. */
export function readingHere<T extends ReadingTasks>(
  tasks: T,
  sourceOf: (caller: Caller) => Source,
): Reading<T> {
  return {
    run: (caller, task, input, sink = async () => {}) =>
      tasks[task]!(sourceOf(caller), input as never, sink) as never,
    close: async () => {},
  };
}
