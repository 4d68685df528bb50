/** A file of this machine into the store, without a server: read, stored and noted as an upload is. */
import { basename } from 'node:path';
import { importLog, newId, type Store } from '../../../db/index.ts';
import { createGroupCommit } from '../group-commit.ts';
import { countsAsColumns, GIVEN_UP, resultAsColumns } from './columns.ts';
import { type ImportCounts, type ImportResult, importFile } from './import-file.ts';

export interface LocalImport {
  readonly companyId: number;
  readonly siteId: number | null;
  readonly path: string;
  readonly bytes: number;
  /** The zone of times that name none, where somebody said it; otherwise `assumedTimezone`, with a warning. */
  readonly timezone: string | null;
  readonly assumedTimezone: string;
  /** Milliseconds since 1970. */
  now(): number;
  progress?(counts: ImportCounts): void;
}

/** A name has no more room in its row. */
const NAME_CHARS_MAX = 255;

/**
 * Imports one file and returns all its problems. Rejects where it cannot be opened or the store refuses for good; what
 * was stored until then stays, and the row of the import says that it was given up.
 */
export async function importLocal(store: Store, local: LocalImport): Promise<ImportResult> {
  const { companyId, siteId, path, bytes, timezone, assumedTimezone, now, progress } = local;
  const log = importLog(store.db);
  const commits = createGroupCommit({ append: (id, batch) => store.events.append(id, batch), now });
  const id = newId();
  const file_name = basename(path).slice(0, NAME_CHARS_MAX);
  const about = { company_id: companyId, id, site_id: siteId, user_id: null, file_name, bytes };
  await log.begin({ ...about, created_at: now() });
  let noted = log.note(companyId, id, { state: 'running' });
  try {
    await noted;
    const result = await importFile({
      ...{ path, name: path, timezone, assumedTimezone, problemsKept: Number.MAX_SAFE_INTEGER },
      store: (events) => commits.submit(companyId, { events: events.map((event) => ({ event, siteId })) }),
      noteLife: (spans) => store.events.noteLife(companyId, spans, now()),
      progress(counts) {
        noted = noted.then(() => log.note(companyId, id, countsAsColumns(counts))).catch(() => {});
        progress?.(counts);
      },
    });
    await noted;
    await log.note(companyId, id, { ...resultAsColumns(result), state: 'done', finished_at: now() });
    return result;
  } catch (error) {
    // The first failure is the one to tell; a store that is gone will not take this note either.
    await log.note(companyId, id, { ...GIVEN_UP, state: 'failed', finished_at: now() }).catch(() => {});
    throw error;
  }
}
