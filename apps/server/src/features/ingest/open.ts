/** Puts ingest together: what `start` makes once and closes at the end. */
import { type ImportLog, importLog, noteAgentHealth, type Store } from '../../db/index.ts';
import type { Route } from '../../http/mount.ts';
import { createGroupCommit, type GroupCommit } from './group-commit.ts';
import { agentHealthRoute } from './health.ts';
import { importListRoute } from './imports/list.ts';
import { importRoutes } from './imports/routes.ts';
import { forgetUploads } from './imports/upload.ts';
import { ingestRoutes } from './routes.ts';

export interface IngestOptions {
  readonly store: Store;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Where uploads wait until they are read; a folder of the server's own. */
  readonly uploadFolder: string;
  /** IANA zone of imported times that name none. */
  readonly assumedTimezone: string;
  /** Hears of imports that were given up. */
  readonly trouble?: (error: unknown) => void;
}

export interface Ingest {
  readonly routes: readonly Route[];
  readonly commits: GroupCommit;
  /** Stops imports and waits until everything taken is stored; call it after the last request was answered. */
  close(): Promise<void>;
}

/** Companies that commit at once, where the database has more than one writer. */
const LANES = 8;

export function openIngest(options: IngestOptions): Ingest {
  const { store, now, uploadFolder, assumedTimezone, trouble = () => {} } = options;
  const commits = createGroupCommit({
    append: (companyId, batch) => store.events.append(companyId, batch),
    now,
    lanes: store.dialect.name === 'sqlite' ? 1 : LANES,
  });
  const closing = new AbortController();
  const log = importLog(store.db);
  // A store of one process: whatever is still being read there, nobody reads any more.
  if (store.dialect.name === 'sqlite') void abandonImports(log, uploadFolder, now()).catch(trouble);
  const ping = async () => {
    await store.db.selectFrom('app_settings').select('name').where('name', '=', '').executeTakeFirst();
  };
  return {
    commits,
    routes: [
      ...ingestRoutes({ commits, now, ping }),
      agentHealthRoute({ now, note: (health) => noteAgentHealth(store, health) }),
      ...importRoutes({
        ...{ commits, log, now, assumedTimezone, folder: uploadFolder, trouble, closing: closing.signal },
        noteLife: (companyId, spans) => store.events.noteLife(companyId, spans, now()),
      }),
      importListRoute({ limit: store.dialect.page }),
    ],
    async close() {
      closing.abort(new Error('The server is closing.'));
      await commits.drained();
    },
  };
}

async function abandonImports(log: ImportLog, uploadFolder: string, now: number): Promise<void> {
  await log.abandonUnfinished(now);
  await forgetUploads(uploadFolder);
}
