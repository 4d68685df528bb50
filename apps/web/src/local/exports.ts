/** Lists and reports as files, by the writers of the command line; loaded when the first file is wanted. */
import {
  EVENT_COLUMNS,
  EVENT_COLUMNS_NARROW,
  findWriter,
  type ObjectColumns,
  pickColumns,
  SESSION_COLUMNS,
  SESSION_COLUMNS_NARROW,
  type Table,
  tableFromObjects,
} from '@logonscope/writers';
import { type ReportFields, reportInput, reportOf } from './answer-reports.ts';
import type { LocalAnswer } from './messages.ts';
import { type AskedFields, eventsFor, questionOf, sessionsFor } from './question.ts';
import { LocalRefusal } from './refusal.ts';
import type { LocalStore } from './store.ts';

interface FileFields {
  readonly format: string;
  readonly columns?: readonly string[];
}

function writerOf(format: string) {
  const writer = findWriter(format);
  if (writer === undefined) throw new LocalRefusal(400, 'export/format', 'There is no such format.');
  return writer;
}

async function write(name: string, table: Table, format: string): Promise<LocalAnswer> {
  const writer = writerOf(format);
  const pieces: Uint8Array[] = [];
  // A writer may use its buffer again after the call.
  await writer.write(table, (bytes) => void pieces.push(bytes.slice()));
  const bytes = new Uint8Array(await new Blob(pieces as BlobPart[]).arrayBuffer());
  const headers = {
    'content-type': writer.mediaType,
    'content-disposition': `attachment; filename="${name}${writer.extension}"`,
  };
  return { bytes, headers };
}

function chosen<C extends object>(all: C, keys: readonly string[] | undefined): C {
  if (keys === undefined) return all;
  if (keys.length > 0 && keys.every((key) => Object.hasOwn(all, key))) {
    return pickColumns(all as never, keys) as unknown as C;
  }
  const errors = [{ field: 'columns', expected: `some of ${Object.keys(all).join(', ')}` }];
  throw new LocalRefusal(400, 'http/invalid-query', 'There are no such columns.', errors);
}

function columnsFor<T>(
  { format, columns }: FileFields,
  all: ObjectColumns<T>,
  narrow: ObjectColumns<T>,
): ObjectColumns<T> {
  return columns === undefined && writerOf(format).narrow ? narrow : chosen(all, columns);
}

export function exportSessions(store: LocalStore, fields: AskedFields & FileFields): Promise<LocalAnswer> {
  const question = questionOf(fields);
  const { timezone } = question.context;
  const columns = columnsFor(fields, SESSION_COLUMNS, SESSION_COLUMNS_NARROW);
  const objects = sessionsFor(store, question).found;
  const table = tableFromObjects({ title: 'Logon sessions', timezone, columns, objects });
  return write('sessions', table, fields.format);
}

export function exportEvents(store: LocalStore, fields: AskedFields & FileFields): Promise<LocalAnswer> {
  const question = questionOf(fields);
  const { timezone } = question.context;
  const columns = columnsFor(fields, EVENT_COLUMNS, EVENT_COLUMNS_NARROW);
  const objects = eventsFor(store, question).found.map(({ event }) => event);
  const table = tableFromObjects({ title: 'Events', timezone, columns, objects });
  return write('events', table, fields.format);
}

export function exportReport(
  store: LocalStore,
  id: string,
  fields: ReportFields & FileFields,
): Promise<LocalAnswer> {
  const report = reportOf(id);
  const input = reportInput(store, fields, report);
  const columns = chosen(report.columns, fields.columns);
  const { timezone } = input;
  const table: Table = {
    title: report.title,
    note: report.method,
    columns,
    rows: report.rows(input),
    timezone,
  };
  return write(report.id, table, fields.format);
}
