/** A server that stops waits for answers, and for nothing else. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { watchConnections } from './connections.ts';

const opened: { server?: Server; clients: Socket[] } = { clients: [] };
afterEach(() => {
  for (const client of opened.clients.splice(0)) client.destroy();
  opened.server?.closeAllConnections();
  opened.server?.close();
});

/** A server whose one route answers when told to. */
async function listening() {
  let answer = () => {};
  const asked = new Promise<void>((heard) => {
    opened.server = createServer((_, response) => {
      answer = () => response.end('done');
      heard();
    });
  });
  const server = opened.server!;
  const connections = watchConnections(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = async () => {
    const socket = connect(port, '127.0.0.1');
    opened.clients.push(socket);
    await once(socket, 'connect');
    return socket;
  };
  const stop = () => {
    const stopped = new Promise<void>((done) => server.close(() => done()));
    connections.finish();
    return stopped;
  };
  return { client, stop, asked, answer: () => answer() };
}

it('ends a connection that never sent anything', async () => {
  const { client, stop } = await listening();
  const silent = await client();
  await new Promise(setImmediate);
  const ended = once(silent.resume(), 'end');
  await Promise.all([stop(), ended]);
});

it('lets a running request have its answer, then ends its connection', async () => {
  const { client, stop, asked, answer } = await listening();
  const busy = await client();
  let heard = '';
  busy.setEncoding('utf8').on('data', (text: string) => {
    heard += text;
  });
  busy.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\n\r\n');
  await asked;
  const stopped = stop();
  const early = await Promise.race([
    stopped.then(() => 'stopped'),
    new Promise((done) => setTimeout(done, 50, 'waits')),
  ]);
  expect(early).toBe('waits');
  answer();
  await stopped;
  expect(heard).toMatch(/done/);
});
