/** `logonscope view`: files in the browser of this machine, without a server, a database or an account. */
import { untilSignalled } from '@logonscope/server';
import { type Command, INPUTS } from '../command.ts';
import { CannotRun, CLEAN } from '../exit-status.ts';
import { expandInputs } from '../inputs.ts';
import type { OptionDefinition } from '../options.ts';
import { LOG_EXTENSIONS } from '../reading.ts';
import { openInBrowser } from './view-browser.ts';
import { startView } from './view-server.ts';

const NO_OPEN: OptionDefinition<unknown> = {
  flags: '--no-open',
  doc: 'only print the address; do not start a browser',
  group: 'Output',
};

export const viewCommand: Command = {
  name: 'view',
  summary: 'look at files in a browser: timeline, sessions, reports',
  description: [
    'Opens the page that reads logs in the browser itself, with these files in it. The page comes from this command alone, over an address of this machine with a secret part; nothing is stored, and the page may talk to nobody else. Ctrl+C ends it.',
    'The first address printed is all that is needed to see the files, for everybody who works on this machine: it is as secret as they are.',
  ],
  operands: [INPUTS],
  options: [],
  ownFlags: [NO_OPEN],
  examples: [
    { line: 'logonscope view Security.evtx System.evtx', shows: 'both logs as one timeline' },
    { line: 'logonscope view --no-open logs/', shows: 'a folder; the address is printed' },
  ],
  async run({ inputs: words, ownFlags, terminal }) {
    const { inputs, missing } = expandInputs(words, LOG_EXTENSIONS);
    const files = inputs.flatMap(({ name, path }) => (path === null ? [] : [{ name, path }]));
    if (files.length < inputs.length) throw new CannotRun(['-: a browser reads files, not standard input']);
    if (files.length === 0) throw new CannotRun(missing);
    for (const reason of missing) terminal.writeError(`${reason}\n`);
    const view = await startView(files);
    terminal.writeOut(new TextEncoder().encode(`${view.address}\n`));
    if (!ownFlags.includes('--no-open')) openInBrowser(view.address);
    await untilSignalled();
    await view.close();
    return CLEAN;
  },
};
