/**
 * What is asked of an SQLite file, run in threads with connections of their own: a question that goes through a year of
 * sessions takes seconds, and in the thread that writes, everybody who sends events would wait for it.
 */
import { Worker } from 'node:worker_threads';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';

export interface Asked {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

export type Answered =
  | { readonly is: 'rows'; readonly rows: unknown[] }
  | { readonly is: 'failed'; readonly message: string; readonly code: string };

const ENTRY = new URL('./sqlite-reader-thread.ts', import.meta.url);
/** Two, so that one long question does not hold up all pages. */
const THREADS = 2;
/** Who would wait behind so many asks again later. */
const WAITING_MAX = 500;

/** Kysely's dialect for reading a file; threads start with the first question. */
export function sqliteReaders(file: string): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => readerDriver(file),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

interface Reader extends DatabaseConnection {
  end(): Promise<unknown>;
}

function readerDriver(file: string): Driver {
  const idle: Reader[] = [];
  const all = new Set<Reader>();
  const waiting: ((reader: Reader) => void)[] = [];
  const nothing = async () => {};
  const refuse = async () => {
    throw new Error('Readers of an SQLite file begin no transaction: each question sees one state of it.');
  };
  const start = (): Reader => {
    const reader = openReader(file, () => {
      all.delete(reader);
      if (idle.includes(reader)) idle.splice(idle.indexOf(reader), 1);
    });
    all.add(reader);
    return reader;
  };
  return {
    init: nothing,
    async acquireConnection() {
      const free = idle.pop();
      if (free !== undefined) return free;
      if (all.size < THREADS) return start();
      if (waiting.length >= WAITING_MAX)
        throw Object.assign(new Error('Too many questions at once.'), { code: 'SQLITE_BUSY' });
      return new Promise((resolve) => waiting.push(resolve));
    },
    async releaseConnection(connection) {
      const reader = connection as Reader;
      const next = waiting.shift();
      if (next !== undefined) next(all.has(reader) ? reader : start());
      else if (all.has(reader)) idle.push(reader);
    },
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    async destroy() {
      await Promise.all([...all].map((reader) => reader.end()));
    },
  };
}

/** One thread, which answers one question after the other. */
function openReader(file: string, gone: () => void): Reader {
  const worker = new Worker(ENTRY, { workerData: file });
  worker.unref();
  let ended: Error | null = null;
  const end = (error: Error) => {
    ended ??= error;
    gone();
  };
  worker.on('error', end).on('exit', () => end(new Error('The thread that reads the database ended.')));
  const ask = ({ sql, parameters }: Asked) =>
    new Promise<Answered>((resolve, reject) => {
      if (ended !== null) return reject(ended);
      const settle = (settled: () => void) => {
        worker.off('message', heard).off('exit', left);
        worker.unref();
        settled();
      };
      const heard = (answer: Answered) => settle(() => resolve(answer));
      const left = () => settle(() => reject(ended));
      worker.on('message', heard).on('exit', left);
      // Somebody waits: the process may not end before the answer.
      worker.ref();
      worker.postMessage({ sql, parameters } satisfies Asked);
    });
  return {
    async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
      const answer = await ask({ sql, parameters });
      if (answer.is === 'failed') throw Object.assign(new Error(answer.message), { code: answer.code });
      return { rows: answer.rows as R[] };
    },
    async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
      yield await this.executeQuery<R>(query);
    },
    end: () => worker.terminate(),
  };
}
