/** What the agent says in its logs: troubles in both, what it does in one, every step only where it is wanted. */
import { ERROR_LOG, logFile, openTextLog, SESSION_LOG } from './logs.ts';
import type { AgentSettings } from './settings.ts';

export const MEGABYTE = 1024 * 1024;

export interface Words {
  /** Something that people should see. */
  trouble(text: string): void;
  tell(text: string): void;
  debug(text: string): void;
}

export function openWords(folder: string, now: () => number, settings: () => AgentSettings): Words {
  const errors = openTextLog({
    ...{ file: logFile(folder, ERROR_LOG), now },
    rotationBytes: () => settings().errorLogMb * MEGABYTE,
  });
  const session = openTextLog({
    ...{ file: logFile(folder, SESSION_LOG), now },
    rotationBytes: () => settings().sessionLogMb * MEGABYTE,
  });
  return {
    trouble(text) {
      errors.write(text);
      session.write(text);
    },
    tell: (text) => session.write(text),
    debug(text) {
      if (settings().debugLogs) session.write(text);
    },
  };
}
