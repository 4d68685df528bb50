/** A throw-away Redis, which keeps nothing. */
import { absence, type NoServer, type ServerRecipe, startServer, type TestServer } from './server.ts';

const RECIPE: ServerRecipe = {
  name: 'Redis',
  binaries: ['redis-server', 'redis-cli'],
  prepare: () => Promise.resolve(),
  command: ({ folder, port }) => ({
    binary: 'redis-server',
    args: ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder, '--daemonize', 'no'],
  }),
  async ready({ port }, run) {
    const answer = await run('redis-cli', ['-h', '127.0.0.1', '-p', String(port), 'ping']);
    if (answer.trim() !== 'PONG') throw new Error(answer);
  },
  url: ({ port }) => `redis://127.0.0.1:${port}`,
  stopSignal: 'SIGTERM',
};

export function startRedis(): Promise<TestServer | NoServer> {
  return startServer(RECIPE);
}

/** Why there is none here; null where one can be started. */
export const noRedis = () => absence(RECIPE);
