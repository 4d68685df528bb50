/** `logonscope serve`: the server, with its settings as flags. */
import { serve, untilSignalled } from '@logonscope/server';
import type { Command } from '../command.ts';
import { CONFIG, SERVER_FLAGS } from '../server-flags.ts';

export const serveCommand: Command = {
  name: 'serve',
  summary: 'run the server that agents report to',
  description: [
    'Receives events from agents, keeps them in a database and answers questions about them. Without any setting it listens on this machine only and keeps its data in the folder instance; the first start prints an administrator, a password and a key.',
    'Every setting can also stand in config.ini or the environment; docs/configuration.md lists them all. Ctrl+C or SIGTERM ends the server after the requests that run.',
  ],
  operands: [],
  options: [],
  ownFlags: [CONFIG, ...SERVER_FLAGS],
  examples: [
    { line: 'logonscope serve', shows: 'on http://127.0.0.1:8000, with an embedded database' },
    {
      line: 'logonscope serve --host 0.0.0.0 --generate-certificate --cert-names logs.example.org',
      shows: 'for a network, over https with a certificate of its own',
    },
    {
      line: 'logonscope serve --database postgresql://logonscope@db.example.org/logonscope',
      shows: 'with PostgreSQL; an address with a password belongs into LOGONSCOPE_DATABASE_URL or config.ini',
    },
  ],
  run: ({ ownFlags, terminal }) =>
    serve({
      argv: ownFlags,
      env: process.env,
      folder: process.cwd(),
      say: (text) => terminal.writeOut(new TextEncoder().encode(text)),
      complain: (text) => terminal.writeError(text),
      stopped: untilSignalled(),
    }),
};
