/** `import-winauthmon`: an original installation moves into the one that the settings name. */
import { mkdirSync, realpathSync } from 'node:fs';
import { derivedKey, seal } from '../../../access/secrets.ts';
import { secretKeyOf } from '../../../operations/secret-key.ts';
import { readServerSettings, type ServerSettings, wrongSettingsText } from '../../../settings.ts';
import { databaseFile } from '../../dialects/index.ts';
import { openStore } from '../../store.ts';
import { moveIn } from './move.ts';
import { openOriginal, originalUrl } from './original.ts';
import type { MoveCounts, MoveProblem } from './report.ts';

export type { MoveProblem } from './report.ts';

export interface WinauthmonImport {
  /** A SQLite file, or an address as SQLAlchemy has them. */
  readonly from: string;
  /** Flags of the server's settings, as typed; they say where to. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Relative paths and config.ini are taken from here. */
  readonly folder: string;
  readonly tell: (problem: MoveProblem) => void;
  readonly progress?: (rows: number) => void;
  readonly clock?: () => number;
}

export interface WinauthmonImported {
  readonly counts: MoveCounts;
  /** The zone in which the original's times were read. */
  readonly timezone: string;
}

/** The zone of an original that nobody had set to another. */
const ORIGINALS_TIMEZONE = 'Europe/London';

/** Throws where the settings are wrong, the original cannot be read or the store does not answer. */
export async function importWinauthmon(options: WinauthmonImport): Promise<WinauthmonImported> {
  const { from, argv, env, folder, tell, clock = Date.now } = options;
  const loaded = readServerSettings({ argv, env, folder });
  if (!loaded.ok) throw new Error(wrongSettingsText(loaded.wrong));
  const { values, sources } = loaded;
  requireAnother(from, folder, values);
  const assumed = sources.timezone === 'default';
  const timezone = assumed ? ORIGINALS_TIMEZONE : values.timezone;
  const original = await openOriginal(from, folder);
  try {
    if (assumed) tell(zoneAssumed(timezone));
    const counts = await intoStore(values, (store, secretKey) => {
      const key = derivedKey(secretKey, 'totp');
      return moveIn({
        ...{ store, original, timezone, clock, tell },
        seal: (secret, userId) => seal(key, secret, `user:${userId}`),
        ...(options.progress === undefined ? {} : { progress: options.progress }),
      });
    });
    return { counts, timezone };
  } finally {
    await original.close();
  }
}

async function intoStore<T>(
  settings: ServerSettings,
  work: (store: Awaited<ReturnType<typeof openStore>>, secretKey: string) => Promise<T>,
): Promise<T> {
  mkdirSync(settings.instanceFolder, { recursive: true, mode: 0o700 });
  const secretKey = secretKeyOf(settings);
  const store = await openStore(settings.databaseUrl, { folder: settings.instanceFolder });
  try {
    await store.migrate();
    return await work(store, secretKey);
  } finally {
    await store.close();
  }
}

/** A config.ini that was carried along still names the original's own database as the one to write to. */
function requireAnother(from: string, folder: string, settings: ServerSettings): void {
  const source = originalUrl(from, folder);
  const [read, written] = [
    databaseFile(source, folder),
    databaseFile(settings.databaseUrl, settings.instanceFolder),
  ];
  const same =
    read === null ? source === settings.databaseUrl : written !== null && realOf(read) === realOf(written);
  if (!same) return;
  throw new Error(
    'The settings name the original itself as the database to write to; name another with --database.',
  );
}

function realOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

const zoneAssumed = (timezone: string): MoveProblem => ({
  ...{ table: 'api_logs', row: null, field: 'timestamp', found: null, outcome: 'changed' },
  expected: `--timezone with the TIMEZONE of the original; ${timezone}, its default, was assumed`,
});
