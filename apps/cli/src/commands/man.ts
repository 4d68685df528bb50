/** `logonscope man`: the man page, for `man -l -`. */
import type { Command } from '../command.ts';
import { CLEAN } from '../exit-status.ts';
import { renderManual } from '../manual.ts';

export const man: Command = {
  name: 'man',
  summary: 'the man page',
  description: ['Prints the man page in roff.'],
  operands: [],
  options: [],
  examples: [{ line: 'logonscope man | man -l -', shows: 'reads it' }],
  run: async ({ terminal, program }) => {
    terminal.writeOut(new TextEncoder().encode(renderManual(program.commands, program.version)));
    return CLEAN;
  },
};
