/** Lists and reports as files, through the writers: piece by piece where the format can be written so. */
import type { Cell } from '@logonscope/core';
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
  type Writer,
} from '@logonscope/writers';
import { AppError } from '../../app-error.ts';
import { askEvents } from '../../questions/events.ts';
import type { Question } from '../../questions/question.ts';
import type { Sink } from '../../questions/reading.ts';
import { type ReportWish, reportInput, reportOf } from '../../questions/report-input.ts';
import { readAll } from '../../questions/scan.ts';
import { askSessions } from '../../questions/sessions.ts';
import type { Source } from '../../questions/source.ts';

/** Formats with an index at their end hold their rows in memory; the others have no limit. */
const HELD_ROWS_MAX = 200_000;
/** Written one piece after the other; the rows of CSV begin after its first line, those of NDJSON at once. */
const HEAD_LINES: Readonly<Record<string, number>> = { csv: 1, ndjson: 0 };
const LINE_FEED = 0x0a;

export interface FileWish {
  readonly format: string;
  /** In this order; left out: all, on paper the telling ones. */
  readonly columns?: readonly string[] | undefined;
}

export interface ExportWish extends FileWish {
  readonly question: Question;
}

export async function exportSessions(
  source: Source,
  { question, ...file }: ExportWish,
  sink: Sink,
): Promise<void> {
  const { scan } = await askSessions(source, question);
  const sets = { all: SESSION_COLUMNS, narrow: SESSION_COLUMNS_NARROW };
  const pieces = readAll(scan({ sort: 'start', order: 'asc' }));
  await writeList({ title: 'Logon sessions', sets, pieces, question }, file, sink);
}

export async function exportEvents(
  source: Source,
  { question, ...file }: ExportWish,
  sink: Sink,
): Promise<void> {
  const { scan } = await askEvents(source, question);
  const sets = { all: EVENT_COLUMNS, narrow: EVENT_COLUMNS_NARROW };
  await writeList({ title: 'Events', sets, pieces: readAll(scan('asc')), question }, file, sink);
}

/** A report as a file; reports are short enough to be held. */
export async function exportReport(
  source: Source,
  { file, ...wish }: ReportWish & { readonly file: FileWish },
  sink: Sink,
): Promise<void> {
  const report = reportOf(wish.report);
  const input = await reportInput(source, wish, report);
  const table: Table = {
    title: report.title,
    note: report.method,
    columns: chosen(report.columns, file.columns),
    rows: report.rows(input),
    timezone: input.timezone,
  };
  await writerOf(file.format).write(table, sink);
}

interface List<T> {
  readonly title: string;
  readonly sets: { readonly all: ObjectColumns<T>; readonly narrow: ObjectColumns<T> };
  readonly pieces: AsyncIterable<readonly T[]>;
  readonly question: Question;
}

async function writeList<T>(list: List<T>, { format, columns: keys }: FileWish, sink: Sink): Promise<void> {
  const writer = writerOf(format);
  const columns = keys === undefined && writer.narrow ? list.sets.narrow : chosen(list.sets.all, keys);
  const { timezone } = list.question.context;
  const tableOf = (objects: Iterable<T>) =>
    tableFromObjects({ title: list.title, timezone, columns, objects });
  const headLines = HEAD_LINES[writer.id];
  if (headLines === undefined) return writer.write(tableOf(await held(list.pieces)), sink);
  let first = true;
  for await (const piece of list.pieces) {
    await writer.write(tableOf(piece), first ? sink : withoutLines(headLines, sink));
    first = false;
  }
}

/** All objects of the pieces; refuses before anything is written. */
async function held<T>(pieces: AsyncIterable<readonly T[]>): Promise<T[]> {
  const objects: T[] = [];
  for await (const piece of pieces) {
    for (const one of piece) objects.push(one);
    if (objects.length > HELD_ROWS_MAX) {
      throw new AppError(
        'too-large',
        'export/too-large',
        `This format holds up to ${HELD_ROWS_MAX} rows; choose csv or ndjson, or narrow the range.`,
      );
    }
  }
  return objects;
}

/** Lets nothing through before so many line feeds. */
function withoutLines(lines: number, sink: Sink): Sink {
  let left = lines;
  return async (bytes) => {
    let from = 0;
    while (left > 0 && from < bytes.length) if (bytes[from++] === LINE_FEED) left -= 1;
    if (from < bytes.length) await sink(bytes.subarray(from));
  };
}

function writerOf(format: string): Writer {
  const writer = findWriter(format);
  if (writer === undefined) throw new AppError('invalid', 'export/format', 'There is no such format.');
  return writer;
}

function chosen<C extends Readonly<Record<string, { readonly title: string }>>>(
  all: C,
  keys: readonly string[] | undefined,
): C {
  if (keys === undefined) return all;
  const unknown = keys.filter((key) => !Object.hasOwn(all, key));
  if (unknown.length === 0 && keys.length > 0) return pickColumns<Cell>(all as never, keys) as unknown as C;
  throw new AppError('invalid', 'http/invalid-query', 'There are no such columns.', {
    fields: [{ field: 'columns', expected: `some of ${Object.keys(all).join(', ')}` }],
  });
}
