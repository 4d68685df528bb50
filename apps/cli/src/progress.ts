/** A line of progress on standard error, for a person who waits longer than a second. */
import type { Terminal } from './terminal.ts';

/** Shorter work shows nothing. */
const QUIET_MS = 1_000;
const REDRAW_MS = 100;
const BAR_COLUMNS = 30;

export interface Progress {
  /** Bytes read since the last call, of all files together. */
  advance(bytes: number): void;
  /** Removes the line. */
  finish(): void;
}

const NONE: Progress = { advance: () => {}, finish: () => {} };

/** Draws only on a terminal; `totalBytes` null (standard input) shows the amount without a bar. */
export function startProgress(terminal: Terminal, totalBytes: number | null, quiet: boolean): Progress {
  if (quiet || !terminal.errorIsTerminal) return NONE;
  const started = performance.now();
  let drawnAt = started + QUIET_MS - REDRAW_MS;
  let drawn = false;
  let done = 0;
  return {
    advance(bytes) {
      done += bytes;
      const now = performance.now();
      if (now - drawnAt < REDRAW_MS) return;
      drawnAt = now;
      drawn = true;
      terminal.writeError(`\r\x1b[K${progressLine(done, totalBytes, (now - started) / 1_000)}`);
    },
    finish() {
      if (drawn) terminal.writeError('\r\x1b[K');
    },
  };
}

/** `██████░░░░ 41 %  412 MB  103 MB/s`. */
export function progressLine(doneBytes: number, totalBytes: number | null, seconds: number): string {
  const amount = `${megabytes(doneBytes)} MB  ${megabytes(doneBytes / Math.max(seconds, 0.001))} MB/s`;
  if (totalBytes === null || totalBytes === 0) return amount;
  const share = Math.min(1, doneBytes / totalBytes);
  const filled = Math.round(share * BAR_COLUMNS);
  const bar = '█'.repeat(filled) + '░'.repeat(BAR_COLUMNS - filled);
  return `${bar} ${Math.floor(share * 100)} %  ${amount}`;
}

const megabytes = (bytes: number) => (bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0);
