/**
 * Ends connections when the server stops: at once those that carry no request, the others after their answer. Node
 * leaves those open that never sent anything, and those whose answer ended just before: for a browser that is a stop
 * of half a minute.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Server as SecureServer } from 'node:https';
import type { Socket } from 'node:net';

export interface Connections {
  /** From now on no connection outlives its answer. */
  finish(): void;
}

/** Watches the connections of a server from its first one on. */
export function watchConnections(server: Server | SecureServer): Connections {
  const requests = new Map<Socket, number>();
  let finishing = false;
  const count = (socket: Socket, change: number) => {
    const left = (requests.get(socket) ?? 0) + change;
    requests.set(socket, left);
    if (finishing && left === 0) socket.end();
  };
  // Over TLS the bare connection is not the one that requests name.
  server.on(server instanceof SecureServer ? 'secureConnection' : 'connection', (socket: Socket) => {
    requests.set(socket, 0);
    socket.once('close', () => requests.delete(socket));
  });
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    count(socket, 1);
    response.once('close', () => requests.has(socket) && count(socket, -1));
  });
  return {
    finish() {
      finishing = true;
      for (const [socket, running] of requests) if (running === 0) socket.end();
    },
  };
}
