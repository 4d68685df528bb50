/** A server in this process takes its port on the loopback. */
import type { Server } from 'node:net';

/** Resolves to the port once it listens; 0 takes one that is free. */
export function listening(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}
