/** `logonscope completion`: a script that teaches a shell our commands, options and values. */
import type { Command } from '../command.ts';
import { renderCompletion, SHELLS } from '../completion.ts';
import { CLEAN } from '../exit-status.ts';

export const completion: Command = {
  name: 'completion',
  summary: 'completion script for a shell',
  description: ['Prints a script that completes commands, options, their values, and files.'],
  operands: [{ name: 'shell', doc: SHELLS.join(', '), choices: () => SHELLS }],
  options: [],
  examples: [
    { line: 'source <(logonscope completion bash)', shows: 'for this bash' },
    { line: 'logonscope completion fish | source', shows: 'for this fish' },
  ],
  run: async ({ operands, terminal, program }) => {
    const shell = SHELLS.find((name) => name === operands.shell)!;
    terminal.writeOut(new TextEncoder().encode(renderCompletion(shell, program.commands)));
    return CLEAN;
  },
};
