/** The server as a process: settings from its surroundings, a start, and an end in order when it is told to stop. */
import { readServerSettings, wrongSettingsText } from './settings.ts';
import { type StartOptions, startServer } from './start.ts';

/** As the command line has them: fine, and could not run. */
const CLEAN = 0;
const COULD_NOT_RUN = 2;

export interface Surroundings extends StartOptions {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where config.ini is looked for. */
  readonly folder: string;
  readonly complain: (text: string) => void;
  /** Resolves when the server shall stop. */
  readonly stopped: Promise<void>;
}

/** Runs a server until it is told to stop; returns the exit status. Everything wrong is complained of at once. */
export async function serve(surroundings: Surroundings): Promise<0 | 2> {
  const { argv, env, folder, complain, stopped } = surroundings;
  const loaded = readServerSettings({ argv, env, folder });
  const notes = loaded.notes.map(({ place, text }) => `${place} ${text}`);
  if (!loaded.ok) {
    complain(wrongSettingsText(loaded.wrong));
    return COULD_NOT_RUN;
  }
  try {
    const server = await startServer(loaded.values, { ...surroundings, notes });
    await stopped;
    await server.close();
    return CLEAN;
  } catch (error) {
    complain(`The server cannot start: ${reasonOf(error)}\n`);
    return COULD_NOT_RUN;
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is taken; choose another with --port',
  EADDRNOTAVAIL: 'this machine does not have the address of HOST',
  EACCES: 'the system does not allow it',
  ECONNREFUSED: 'the database does not answer',
};

function reasonOf(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const reason = REASONS[code];
  return reason === undefined ? message : `${reason} (${message})`;
}
