/** The door of the command line: for the documents its pages, for `npm run sample` a way to run a line. */
import { COMMANDS } from './commands/index.ts';
import { renderManual, renderReference } from './manual.ts';
import { VERSION } from './version.ts';

export { run } from './run.ts';
export { processTerminal, type Terminal } from './terminal.ts';

/** `docs/logonscope.1`. */
export function renderManPage(): string {
  return renderManual(COMMANDS, VERSION);
}

/** `docs/commands.md`. */
export function renderCommandDocs(): string {
  return renderReference(COMMANDS);
}
