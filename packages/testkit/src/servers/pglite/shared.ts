/** One session of PostgreSQL shared by many clients: who has a transaction open keeps it to the end of that. */
import type { PGlite } from '@electric-sql/pglite';
import { KIND, type Message, simpleQuery, takeMessages } from './messages.ts';

export interface Sharer {
  readonly user: string;
  /** What the server says. */
  send(bytes: Buffer): void;
  /** Hears what is told to everybody. */
  listens: boolean;
}

export interface SharedSession {
  /** Has a client's messages done, up to where the server is ready again. */
  perform(sharer: Sharer, messages: readonly Message[]): Promise<void>;
  /** A client is gone: its transaction is undone. */
  leave(sharer: Sharer): Promise<void>;
}

const IN_TRANSACTION = new Set(['T', 'E']);

export function sharedSession(database: PGlite): SharedSession {
  const sharers = new Set<Sharer>();
  const turn = turns();
  let user = '';
  /** Answers without what is told to everybody, which goes to all who listen; and the state at the end. */
  const run = async (bytes: Buffer): Promise<{ readonly answer: Buffer; readonly state: string }> => {
    const { messages } = takeMessages(
      Buffer.from(await database.execProtocolRaw(bytes, { syncToFs: false })),
    );
    const own: Buffer[] = [];
    for (const { kind, bytes: told } of messages) {
      if (kind !== KIND.news) own.push(told);
      else for (const sharer of sharers) if (sharer.listens) sharer.send(told);
    }
    const ready = messages.findLast(({ kind }) => kind === KIND.ready);
    return { answer: Buffer.concat(own), state: String.fromCharCode(ready?.bytes.at(-1) ?? 0) };
  };
  const become = async (wanted: string) => {
    if (wanted === user) return;
    await run(simpleQuery('reset session authorization'));
    await run(simpleQuery(`set session authorization "${wanted.replaceAll('"', '""')}"`));
    user = wanted;
  };
  return {
    async perform(sharer, messages) {
      sharers.add(sharer);
      await turn.take(sharer);
      let state = '';
      try {
        await become(sharer.user);
        const done = await run(Buffer.concat(messages.map(({ bytes }) => bytes)));
        sharer.send(done.answer);
        state = done.state;
      } finally {
        if (!IN_TRANSACTION.has(state)) turn.giveBack();
      }
    },
    async leave(sharer) {
      sharers.delete(sharer);
      if (turn.holder() !== sharer) return;
      await run(simpleQuery('rollback'));
      turn.giveBack();
    },
  };
}

/** Whose turn it is, and who waits for it. */
function turns() {
  const waiting: (() => void)[] = [];
  let holder: Sharer | null = null;
  return {
    holder: () => holder,
    take(sharer: Sharer): Promise<void> {
      if (holder === sharer) return Promise.resolve();
      if (holder === null) {
        holder = sharer;
        return Promise.resolve();
      }
      return new Promise((resume) =>
        waiting.push(() => {
          holder = sharer;
          resume();
        }),
      );
    },
    giveBack() {
      holder = null;
      waiting.shift()?.();
    },
  };
}
