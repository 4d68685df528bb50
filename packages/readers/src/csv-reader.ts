/** Makes a reader of a CSV layout: finds it by its header, feeds it rows, reports rows that cannot be read. */
import { csvRows, headerCells } from './csv.ts';
import { flat } from './intern.ts';
import type { ByteSource, Reader, ReadOptions, RecordSink } from './reader.ts';
import { headText, textBlocks } from './text-source.ts';

/** What a layout knows while it reads one file. */
export interface CsvContext {
  readonly file: string;
  readonly sink: RecordSink;
  readonly options: ReadOptions;
  /** The header as written. */
  readonly header: readonly string[];
  /** The index of a column, by its name in lower case; -1 if the file lacks it. */
  column(name: string): number;
  /** Reports a row that was split well but means nothing. */
  reject(line: number, column: number, code: string, message: string): void;
}

export interface CsvRowTaker {
  /** One row; `cells` is reused for the next. */
  row(cells: readonly string[], line: number, chars: number): void;
  end(): void;
}

export interface CsvLayout {
  readonly id: string;
  readonly label: string;
  readonly timesHaveZone: boolean;
  /** Columns a header must have, in lower case; they tell the layout from the others. */
  readonly required: readonly string[];
  open(context: CsvContext): CsvRowTaker;
}

const names = (header: readonly string[]): string[] => header.map((name) => name.trim().toLowerCase());

function openContext(
  layout: CsvLayout,
  header: readonly string[],
  [file, sink, options]: [string, RecordSink, ReadOptions],
) {
  const columns = names(header);
  return layout.open({
    file,
    sink,
    options,
    header,
    column: (name) => columns.indexOf(name),
    reject(line, column, code, message) {
      const field = header[column] ?? null;
      // The message quotes a cell; a flat copy does not keep the cell's whole block in memory.
      sink.problem({ code, at: { file, line }, field, message: flat(message) });
    },
  });
}

async function readLayout(layout: CsvLayout, ...input: [ByteSource, RecordSink, ReadOptions]): Promise<void> {
  const [source, sink, options] = input;
  const file = source.name;
  let header: string[] | null = null;
  let taker: CsvRowTaker | null = null;
  let foreign = false;
  const rows = csvRows(
    (cells, line, chars) => {
      if (taker !== null) return taker.row(cells, line, chars);
      if (foreign) return;
      header = cells.map((cell) => cell.trim());
      const columns = names(header);
      const lacking = layout.required.find((name) => !columns.includes(name));
      if (lacking !== undefined) {
        foreign = true;
        const message = `The header lacks the column "${lacking}" of ${layout.label}; the file was not read.`;
        return sink.problem({ code: 'file/unknown-format', at: { file, line }, field: lacking, message });
      }
      taker = openContext(layout, header, [file, sink, options]);
    },
    (line, column, message) => {
      const field = header?.[column - 1] ?? `column ${column}`;
      const text = `Column ${column}: ${message}; the row was left out.`;
      sink.problem({ code: 'csv/bad-row', at: { file, line }, field, message: text });
    },
  );
  let rest = '';
  for await (const block of textBlocks(source, sink)) {
    const text = rest + block;
    rest = text.slice(rows.take(text, false));
    if (foreign as boolean) return;
  }
  rows.take(rest, true);
  (taker as CsvRowTaker | null)?.end();
}

/** A reader for a layout. */
export function csvReader(layout: CsvLayout): Reader {
  return {
    id: layout.id,
    label: layout.label,
    extensions: ['.csv', '.txt', '.tsv'],
    timesHaveZone: layout.timesHaveZone,
    detect(head) {
      const columns = names(headerCells(headText(head)));
      return layout.required.every((name) => columns.includes(name)) ? 1 : 0;
    },
    read: (source, sink, options) => readLayout(layout, source, sink, options),
  };
}
