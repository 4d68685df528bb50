/** The door of the server: its settings at once, everything heavier only when a server is really started. */
import type { Store } from './db/index.ts';
import type { WinauthmonImport, WinauthmonImported } from './db/tools/winauthmon/index.ts';
import type { Surroundings } from './main.ts';
import type { ServerSettings } from './settings.ts';
import type { StartedServer, StartOptions } from './start.ts';

export type { MoveProblem, WinauthmonImport, WinauthmonImported } from './db/tools/winauthmon/index.ts';
export type { Surroundings } from './main.ts';
export { untilSignalled } from './operations/signals.ts';
export {
  CONFIG_FLAG,
  readServerSettings,
  SERVER_SETTINGS,
  type ServerSettings,
  wrongSettingsText,
} from './settings.ts';
export type { StartedServer, StartOptions } from './start.ts';

/** Runs a server until it is told to stop; returns the exit status. See `main.ts`. */
export async function serve(surroundings: Surroundings): Promise<0 | 2> {
  return (await import('./main.ts')).serve(surroundings);
}

/** Starts a server with these settings. See `start.ts`. */
export async function startServer(settings: ServerSettings, options?: StartOptions): Promise<StartedServer> {
  return (await import('./start.ts')).startServer(settings, options);
}

/** The store and its questions without HTTP and sign-in, for the bench: loaded only when it asks. */
export async function loadInside() {
  const [{ openStore }, { askDirectly }] = await Promise.all([
    import('./db/index.ts'),
    import('./ask-directly.ts'),
  ]);
  return { openStore, askDirectly };
}

/** Opens a store without a server, at an address as in the settings; see `db/store.ts`. */
export async function openStore(url: string, options: { readonly folder: string }): Promise<Store> {
  return (await import('./db/index.ts')).openStore(url, options);
}

/** The built web app and its policy, for the command that shows files in a browser. */
export async function loadWebFiles() {
  const [{ listWebFiles, WEB_FOLDER }, { contentSecurityPolicy }] = await Promise.all([
    import('./web/files.ts'),
    import('./http/headers.ts'),
  ]);
  return { listWebFiles, contentSecurityPolicy, webFolder: WEB_FOLDER };
}

/** What the commands about an installation's database stand on; see `maintenance.ts`. */
export function loadMaintenance() {
  return import('./maintenance.ts');
}

/** Takes over an installation of winauthmon-server. See `db/tools/winauthmon`. */
export async function importWinauthmon(options: WinauthmonImport): Promise<WinauthmonImported> {
  return (await import('./db/tools/winauthmon/index.ts')).importWinauthmon(options);
}
