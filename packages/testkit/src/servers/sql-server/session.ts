/** One client of the stand-in: signs in, and has its statements done one after another. */
import type { Socket } from 'node:net';
import type { AppLocks } from './app-locks.ts';
import { type Answer, type Behind, connectBehind } from './behind.ts';
import { type Parameter, readCall } from './call.ts';
import { DATABASE } from './catalog.ts';
import { serverError, undoesTransaction } from './errors.ts';
import { preloginAnswer, readLogin } from './handshake.ts';
import { afterHeaders, MESSAGE, messageReader, sendAnswer, type TdsMessage } from './packets.ts';
import {
  columnsToken,
  type DoneOf,
  done,
  errorToken,
  loginAck,
  returnStatus,
  rowToken,
  ServerError,
  transactionChange,
} from './tokens.ts';
import { type Isolation, type Step, stepsOf } from './tsql/batch.ts';
import type { Query } from './tsql/parse.ts';

export const USER = 'logonscope';
export const PASSWORD = 'Stand-in-1';

export interface SessionPlace {
  /** Address of the database behind. */
  readonly behindUrl: string;
  readonly locks: AppLocks;
  /** Hears every statement that arrives. */
  readonly heard: (statement: string) => void;
}

export function openSession(socket: Socket, place: SessionPlace): void {
  const session = new Session(place);
  let queue = Promise.resolve();
  const reader = messageReader((message) => {
    queue = queue.then(async () => {
      const answer = await session.answer(message);
      if (answer !== null) sendAnswer(socket, answer);
    });
    queue.catch(() => socket.destroy());
  });
  socket.on('data', reader);
  socket.on('error', () => socket.destroy());
  socket.on('close', () => void session.end());
}

const IN_WORDS: Readonly<Record<Isolation, string>> = {
  'read committed': 'read committed',
  'repeatable read': 'repeatable read',
  serializable: 'serializable',
  snapshot: 'repeatable read',
};

class Session {
  readonly #place: SessionPlace;
  #behind: Behind | null = null;
  #isolation: Isolation = 'read committed';
  /** Number of the transaction that is open; 0 where none is. */
  #transaction = 0;
  #transactions = 0;

  constructor(place: SessionPlace) {
    this.#place = place;
  }

  async end(): Promise<void> {
    this.#place.locks.releaseAll(this);
    await this.#behind?.end().catch(() => {});
  }

  async answer({ type, body }: TdsMessage): Promise<Buffer | null> {
    try {
      if (type === MESSAGE.prelogin) return preloginAnswer();
      if (type === MESSAGE.login) return await this.#login(body);
      if (type === MESSAGE.attention) return done('done', { attended: true });
      if (this.#behind === null) throw new ServerError(18456, 'Login first.');
      if (type === MESSAGE.batch) return await this.#do(afterHeaders(body).toString('utf16le'), [], 'done');
      if (type !== MESSAGE.call) throw new ServerError(50000, `Messages of type ${type} are not known here.`);
      const { statement, parameters } = readCall(afterHeaders(body));
      const answers = await this.#do(statement, parameters, 'doneInCall');
      return Buffer.concat([answers, returnStatus(0), done('doneCall')]);
    } catch (error) {
      const end = type === MESSAGE.call ? 'doneCall' : 'done';
      return Buffer.concat([...this.#failure(error), done(end, { failed: true })]);
    }
  }

  async #login(body: Buffer): Promise<Buffer> {
    const { user, password, database } = readLogin(body);
    if (user !== USER || password !== PASSWORD)
      throw new ServerError(18456, `Login failed for user '${user}'.`, 14);
    if (database !== DATABASE) throw new ServerError(4060, `Cannot open database "${database}".`, 11);
    this.#behind = await connectBehind(this.#place.behindUrl);
    return Buffer.concat([loginAck(), done('done')]);
  }

  /** Answers of all steps, the last one's end marked unless a call has an end of its own. */
  async #do(statement: string, parameters: readonly Parameter[], end: DoneOf): Promise<Buffer> {
    this.#place.heard(statement);
    const parts: Buffer[] = [];
    const steps = stepsOf(statement, parameters);
    for (const [i, step] of steps.entries()) {
      const more = end === 'doneInCall' || i + 1 < steps.length;
      parts.push(await this.#step(step, end, more));
    }
    return steps.length === 0 && end === 'done' ? done('done') : Buffer.concat(parts);
  }

  async #step(step: Step, end: DoneOf, more: boolean): Promise<Buffer> {
    if (step.is === 'query') return answered(await this.#query(step), end, more);
    const token = await this.#control(step);
    return Buffer.concat([token, done(end, { more })]);
  }

  async #control(step: Exclude<Step, { is: 'query' }>): Promise<Buffer> {
    const none = Buffer.alloc(0);
    if (step.is === 'isolation') this.#isolation = step.level;
    else if (step.is === 'lock') await this.#place.locks.take(step.resource, this);
    else if (step.is === 'unlock') this.#place.locks.release(step.resource, this);
    else if (step.is === 'begin') return this.#begin();
    else if (step.is === 'commit') return this.#finish('commit');
    else if (step.is === 'rollback' || this.#transaction > 0) return this.#finish('rollback');
    return none;
  }

  async #begin(): Promise<Buffer> {
    if (this.#transaction > 0)
      throw new ServerError(50000, 'Transactions in transactions are not known here.');
    await this.#plain(`begin isolation level ${IN_WORDS[this.#isolation]}`);
    this.#transaction = ++this.#transactions;
    return transactionChange('begun', this.#transaction);
  }

  async #finish(how: 'commit' | 'rollback'): Promise<Buffer> {
    const id = this.#transaction;
    if (id === 0)
      throw new ServerError(how === 'commit' ? 3902 : 3903, 'There is no corresponding BEGIN TRANSACTION.');
    await this.#plain(how);
    this.#transaction = 0;
    return transactionChange(how === 'commit' ? 'committed' : 'undone', id);
  }

  /** A statement that holds places of keys is a transaction of its own where none is open. */
  async #query({ query, holds }: Extract<Step, { is: 'query' }>): Promise<Answer> {
    const alone = holds.length > 0 && this.#transaction === 0;
    try {
      if (alone) await this.#plain('begin');
      for (const hold of holds) await this.#behind!.run(hold);
      const answer = await this.#behind!.run(query);
      if (alone) await this.#plain('commit');
      return answer;
    } catch (error) {
      if (alone) await this.#plain('rollback');
      const told = serverError(error);
      if (this.#transaction > 0 && undoesTransaction(told)) await this.#plain('rollback');
      throw told;
    }
  }

  async #plain(text: string): Promise<void> {
    await this.#behind!.run({ text, values: [] } satisfies Query);
  }

  /** The error, and where it undid the transaction, the news of that. */
  #failure(error: unknown): Buffer[] {
    const told = serverError(error);
    const undone = this.#transaction > 0 && undoesTransaction(told);
    const news = undone ? [transactionChange('undone', this.#transaction)] : [];
    if (undone) this.#transaction = 0;
    return [errorToken(told), ...news];
  }
}

function answered({ columns, rows, count }: Answer, end: DoneOf, more: boolean): Buffer {
  const given =
    columns.length === 0 ? [] : [columnsToken(columns), ...rows.map((row) => rowToken(columns, row))];
  return Buffer.concat([...given, done(end, { rows: count, more })]);
}
