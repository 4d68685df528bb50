/** One command line from beginning to end: what a person could mend becomes a message, the rest an exit status. */
import { visible } from '@logonscope/writers';
import { COMMANDS } from './commands/index.ts';
import { CannotRun, CLEAN, COULD_NOT_RUN, type ExitStatus } from './exit-status.ts';
import { runProgram } from './program.ts';
import { ClosedPipe, type Terminal } from './terminal.ts';
import { VERSION } from './version.ts';

/** Runs one command line (without `node` and the script) and says how it ended. */
export async function run(line: readonly string[], terminal: Terminal): Promise<ExitStatus> {
  try {
    return await runProgram({ commands: COMMANDS, version: VERSION }, line, terminal);
  } catch (error) {
    if (error instanceof ClosedPipe) return CLEAN;
    if (!(error instanceof CannotRun)) throw error;
    terminal.writeError(error.reasons.map((reason) => `logonscope: ${visible(reason)}\n`).join(''));
    return COULD_NOT_RUN;
  }
}
