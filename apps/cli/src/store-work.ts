/** What the commands about a store have in common: a store opened and closed, and its refusals in a person's words. */
import { loadMaintenance, type ServerSettings } from '@logonscope/server';
import { CannotRun } from './exit-status.ts';
import { ClosedPipe, type Terminal } from './terminal.ts';

export type Maintenance = Awaited<ReturnType<typeof loadMaintenance>>;
export type Store = Awaited<ReturnType<Maintenance['openNew']>>;
export type Use = Parameters<Maintenance['openInstallation']>[1];
type Place = Pick<ServerSettings, 'databaseUrl' | 'databaseAdminUrl' | 'instanceFolder'>;

/**
 * Opens an installation's store, lets `work` run and closes it. What the store refuses, or a database that does not
 * answer, becomes `CannotRun`.
 */
export async function withInstallation<T>(
  place: Place,
  use: Use,
  work: (store: Store, maintenance: Maintenance) => Promise<T>,
): Promise<T> {
  const maintenance = await loadMaintenance();
  return inWords(async () => {
    const store = await maintenance.openInstallation(place, use);
    try {
      return await work(store, maintenance);
    } finally {
      await store.close();
    }
  });
}

async function inWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CannotRun || error instanceof ClosedPipe || error instanceof TypeError) throw error;
    throw new CannotRun([reasonOf(error)]);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the database does not answer',
  ENOTFOUND: 'the machine of the database is not known',
  ENOSPC: 'the disk is full',
};

/** The message and those of its causes; a refused connection has none of its own. */
function reasonOf(error: unknown): string {
  const { code = '', message = '', cause } = error as NodeJS.ErrnoException & { cause?: unknown };
  const own = REASONS[code] ?? (message === '' ? String(error) : message);
  return cause === undefined ? own : `${own} ${reasonOf(cause)}`;
}

export function say(terminal: Pick<Terminal, 'writeOut'>, text: string): void {
  terminal.writeOut(new TextEncoder().encode(`${text}\n`));
}

/** `12,345`. */
export const counted = (n: number): string => n.toLocaleString('en-US');
