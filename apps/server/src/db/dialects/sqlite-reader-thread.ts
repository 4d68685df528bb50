/** A thread that reads an SQLite file over a connection of its own; see sqlite-readers.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { openForReading } from './sqlite.ts';
import type { Answered, Asked } from './sqlite-readers.ts';
import { stepBack } from './step-back.ts';

stepBack();
const port = parentPort!;
const database = openForReading(workerData as string);

function answer({ sql, parameters }: Asked): Answered {
  try {
    return { is: 'rows', rows: database.prepare(sql).all(parameters as unknown[]) as unknown[] };
  } catch (error) {
    const { message, code } = error as Error & { code?: string };
    return { is: 'failed', message, code: String(code ?? '') };
  }
}

port.on('message', (asked: Asked) => port.postMessage(answer(asked)));
