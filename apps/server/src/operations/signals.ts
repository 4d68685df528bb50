/** How a process is told to stop: by the signals of service managers and of Ctrl+C. */

/** What a shell reports for a process that was interrupted twice. */
const INTERRUPTED = 130;
const STOP_SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** Resolves with the first signal to stop; a second one ends the process at once. */
export function untilSignalled(): Promise<void> {
  return new Promise((stop) => {
    for (const signal of STOP_SIGNALS) {
      process.once(signal, () => {
        stop();
        for (const again of STOP_SIGNALS) process.once(again, () => process.exit(INTERRUPTED));
      });
    }
  });
}
