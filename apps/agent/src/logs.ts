/** `error.log` and `session_monitor.log`: what people read when something is wrong. Put aside at a size, kept a few times. */
import { appendFileSync, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

export const ERROR_LOG = 'error.log';
export const SESSION_LOG = 'session_monitor.log';
const OLD_MAX = 3;
/** Whoever gives us a text of a megabyte shall not fill the disk with it. */
const TEXT_CHARS_MAX = 2_000;

export interface TextLog {
  write(text: string): void;
}

export interface TextLogOptions {
  readonly file: string;
  /** Milliseconds since 1970. */
  now(): number;
  /** 0: nothing is written. */
  rotationBytes(): number;
}

/** Logs are for people: where one cannot be written, the agent's work goes on all the same. */
export function openTextLog({ file, now, rotationBytes }: TextLogOptions): TextLog {
  return {
    write(text) {
      const most = rotationBytes();
      if (most <= 0) return;
      try {
        if (existsSync(file) && statSync(file).size >= most) putAside(file);
        const line = text.replace(/[\u0000-\u001f\u007f]/g, ' ').slice(0, TEXT_CHARS_MAX);
        appendFileSync(file, `${new Date(now()).toISOString()} ${line}\n`, { mode: 0o600 });
      } catch {
        // A full disk is told by the trouble it makes elsewhere.
      }
    },
  };
}

/** `error.log` becomes `error.log.1`, that one `.2`, and the oldest goes. */
function putAside(file: string): void {
  rmSync(`${file}.${OLD_MAX}`, { force: true });
  for (let n = OLD_MAX - 1; n >= 1; n--)
    if (existsSync(`${file}.${n}`)) renameSync(`${file}.${n}`, `${file}.${n + 1}`);
  renameSync(file, `${file}.1`);
}

export const logFile = (folder: string, name: typeof ERROR_LOG | typeof SESSION_LOG): string =>
  join(folder, name);
