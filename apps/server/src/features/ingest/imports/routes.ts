/** Imports: a file is taken, waits for its turn, is read in the background; whoever gave it can watch. */
import { rm } from 'node:fs/promises';
import type { LifeSpan } from '@logonscope/core';
import { createImport, getImport, reply } from '@logonscope/protocol';
import type { Scope } from '../../../access/scope.ts';
import { AppError } from '../../../app-error.ts';
import { type ImportLog, type ImportProgress, type Imports, newId } from '../../../db/index.ts';
import { UPLOAD_BYTES_MAX } from '../../../http/limits.ts';
import { type Route, route } from '../../../http/mount.ts';
import type { GroupCommit } from '../group-commit.ts';
import { countsAsColumns, GIVEN_UP, resultAsColumns } from './columns.ts';
import { type ImportFileOptions, importFile } from './import-file.ts';
import { IMPORTS_AT_ONCE, IMPORTS_WAITING_MAX } from './limits.ts';
import { statusOf } from './status.ts';
import { receiveUpload, type Upload } from './upload.ts';

export interface ImportPorts {
  readonly commits: GroupCommit;
  readonly log: ImportLog;
  /** Stores which records there were between a file's events. */
  noteLife(companyId: number, spans: readonly LifeSpan[]): Promise<void>;
  /** Where uploads wait; a folder of the server's own. */
  readonly folder: string;
  /** The zone to assume for times that name none, where the sender did not say. */
  readonly assumedTimezone: string;
  /** Milliseconds since 1970. */
  now(): number;
  /** Hears why an import was given up. */
  trouble(error: unknown): void;
  /** Aborted when the server closes. */
  readonly closing?: AbortSignal;
}

/** Zones come from outside; one that nobody knows would fail every row. */
function checkedZone(timezone: string | undefined): string | null {
  if (timezone === undefined) return null;
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone });
    return timezone;
  } catch {
    const fields = [{ field: 'timezone', expected: 'an IANA zone such as Europe/London' }];
    throw new AppError('invalid', 'import/bad-zone', 'The zone is not known.', { fields });
  }
}

/** A site is named only by those who may know it. */
async function checkedSite(
  scope: Scope,
  companyId: number,
  site: number | undefined,
): Promise<number | null> {
  if (site === undefined) return null;
  const row = await scope
    .sites('import.create')
    .select('sites.id')
    .where('sites.company_id', '=', companyId)
    .where('sites.id', '=', site)
    .executeTakeFirst();
  if (row === undefined) throw new AppError('not-found', 'site/not-found', 'There is no such site.');
  return row.id;
}

/** Reads one file and notes how it goes; whatever happens, its copy is removed. */
async function run(ports: ImportPorts, row: Imports, upload: Upload, timezone: string | null): Promise<void> {
  const { commits, log, now, closing } = ports;
  const { company_id: companyId, id, site_id: siteId } = row;
  const options: ImportFileOptions = {
    ...{ path: upload.path, name: upload.name, timezone, assumedTimezone: ports.assumedTimezone },
    store: (events) => commits.submit(companyId, { events: events.map((event) => ({ event, siteId })) }),
    noteLife: (spans) => ports.noteLife(companyId, spans),
    progress: (counts) => void log.note(companyId, id, countsAsColumns(counts)).catch(() => {}),
    ...(closing === undefined ? {} : { signal: closing }),
  };
  let end: ImportProgress;
  try {
    await log.note(companyId, id, { state: 'running' });
    end = { ...resultAsColumns(await importFile(options)), state: 'done' };
  } catch (error) {
    ports.trouble(error);
    end = { ...GIVEN_UP, state: 'failed' };
  }
  await rm(upload.path, { force: true }).catch(ports.trouble);
  await log.note(companyId, id, { ...end, finished_at: now() }).catch(ports.trouble);
}

/** Runs tasks a few at a time, in the order they came. */
function turns(atOnce: number) {
  const waiting: (() => Promise<void>)[] = [];
  let running = 0;
  const next = () => {
    const task = running < atOnce ? waiting.shift() : undefined;
    if (task === undefined) return;
    running++;
    void task().finally(() => {
      running--;
      next();
    });
  };
  return {
    waiting: () => waiting.length,
    add(task: () => Promise<void>) {
      waiting.push(task);
      next();
    },
  };
}

export function importRoutes(ports: ImportPorts): Route[] {
  const queue = turns(IMPORTS_AT_ONCE);
  return [
    route(createImport, {
      action: 'import.create',
      bodyBytesMax: UPLOAD_BYTES_MAX,
      async handle({ scope, caller, query, request }) {
        const companyId = await scope.requireCompany('import.create', query.company);
        const siteId = await checkedSite(scope, companyId, query.site);
        const timezone = checkedZone(query.timezone);
        if (queue.waiting() >= IMPORTS_WAITING_MAX) {
          throw new AppError('unavailable', 'import/busy', 'Too many files wait to be read.', {
            retryAfterSeconds: 60,
          });
        }
        const upload = await receiveUpload(request, ports.folder, query.name);
        const row = await ports.log.begin({
          ...{ company_id: companyId, id: newId(), site_id: siteId, bytes: upload.bytes },
          user_id: caller.kind === 'person' ? caller.userId : null,
          file_name: upload.name,
          created_at: ports.now(),
        });
        queue.add(() => run(ports, row, upload, timezone));
        return reply(202, statusOf(row));
      },
    }),
    route(getImport, {
      action: 'import.read',
      async handle({ scope, params }) {
        const row = await scope.imports().selectAll().where('imports.id', '=', params.id).executeTakeFirst();
        if (row === undefined)
          throw new AppError('not-found', 'import/not-found', 'There is no such import.');
        return reply(200, statusOf(row));
      },
    }),
  ];
}
