/**
 * PostgreSQL where none is installed: PGlite, which is PostgreSQL itself in this very process, behind a port that the
 * ordinary driver connects to. It has one session: transactions come one after another, and what a connection sets for
 * itself beyond its user is seen by all.
 */
import { createServer, type Socket } from 'node:net';
import { PGlite } from '@electric-sql/pglite';
import { listening } from './listening.ts';
import { KIND, type Message, statementOf, takeMessages, takeOpening, WELCOME } from './pglite/messages.ts';
import { type SharedSession, type Sharer, sharedSession } from './pglite/shared.ts';
import { POSTGRES_USER } from './postgres.ts';
import type { TestServer } from './server.ts';

const LISTENS = /^\s*listen\s/i;

/** Starts it, empty; `crash` cuts all connections, and what was not committed is gone. */
export async function startPglite(): Promise<TestServer> {
  const database = await PGlite.create();
  await database.exec(`create role ${POSTGRES_USER} superuser login`);
  const session = sharedSession(database);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    serve(socket, session);
  });
  const port = await listening(server, 0);
  const cut = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    url: `postgresql://${POSTGRES_USER}@127.0.0.1:${port}/postgres`,
    port,
    pid: process.pid,
    crash: cut,
    restart: async () => void (await listening(server, port)),
    async stop() {
      await cut();
      await database.close();
    },
  };
}

function serve(socket: Socket, session: SharedSession): void {
  let rest: Buffer = Buffer.alloc(0);
  let sharer: Sharer | null = null;
  let unsent: Message[] = [];
  let queue = Promise.resolve();
  const open = () => {
    const taken = takeOpening(rest);
    if (taken === null) return;
    rest = taken.rest;
    const { opening } = taken;
    if (opening.is === 'start') {
      sharer = { user: opening.user, listens: false, send: (bytes) => void socket.write(bytes) };
      socket.write(WELCOME);
    } else if (opening.is === 'encryption') socket.write('N');
    else socket.end();
  };
  const speak = (from: Sharer) => {
    const taken = takeMessages(rest);
    rest = taken.rest;
    for (const message of taken.messages) {
      if (message.kind === KIND.terminate) {
        socket.end();
        return;
      }
      from.listens ||= LISTENS.test(statementOf(message));
      unsent.push(message);
      if (message.kind !== KIND.sync && message.kind !== KIND.query) continue;
      const whole = unsent;
      unsent = [];
      queue = queue.then(() => session.perform(from, whole));
      queue.catch(() => socket.destroy());
    }
  };
  socket.on('data', (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    for (let before = -1; sharer === null && rest.length !== before; ) {
      before = rest.length;
      open();
    }
    if (sharer !== null) speak(sharer);
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    const gone = sharer;
    if (gone !== null) queue = queue.catch(() => {}).then(() => session.leave(gone));
  });
}
