/** One agent to a folder: two would write into one outbox. The system itself forgets the mark when a process ends. */
import { createHash } from 'node:crypto';
import { createServer } from 'node:net';

/** Rejects where another process has the folder; resolves with what gives it back. */
export function claimFolder(folder: string): Promise<() => void> {
  const name = `winagentUSM-${createHash('sha256').update(folder.toLowerCase()).digest('hex').slice(0, 16)}`;
  // Both kinds of names live as long as their process, unlike a file.
  const address = process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : `\0${name}`;
  const server = createServer((socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once('error', () => reject(new Error(`Another agent runs in ${folder} already.`)));
    server.listen(address, () => {
      server.unref();
      resolve(() => server.close());
    });
  });
}
