/** How a run ended, as the shell sees it. */

/** Clean. */
export const CLEAN = 0;
/** Finished, but something in the input could not be read or nothing was in it. */
export const WITH_PROBLEMS = 1;
/** Could not run: a wrong option, no readable input, an output that cannot be written. */
export const COULD_NOT_RUN = 2;

export type ExitStatus = typeof CLEAN | typeof WITH_PROBLEMS | typeof COULD_NOT_RUN;

/** The command cannot do its work; each line is one reason, all of them at once. */
export class CannotRun extends Error {
  readonly reasons: readonly string[];

  constructor(reasons: readonly string[]) {
    super(reasons.join('\n'));
    this.reasons = reasons;
  }
}
