/** What a writer is: a table of typed columns in, bytes of one file format out, streamed. */
import type { Cell, Column } from '@logonscope/core';

export interface Table {
  /** Sheet or document title. */
  readonly title: string;
  /** Plain-words note on how the numbers came about; printed where the format has room for it. */
  readonly note?: string;
  readonly columns: Readonly<Record<string, Column>>;
  readonly rows: Iterable<Readonly<Record<string, Cell>>>;
  /** IANA zone in which people read the times (table, PDF); data formats keep UTC. */
  readonly timezone?: string;
}

/** Takes bytes in order; may apply back-pressure by returning a promise. */
export type ByteSink = (bytes: Uint8Array) => void | Promise<void>;

export interface Writer {
  readonly id: string;
  readonly label: string;
  readonly extension: string;
  readonly mediaType: string;
  /** False for formats a terminal cannot show; the CLI then asks for `-o`. */
  readonly text: boolean;
  /** True where a person reads it and only the narrow set of columns has room: terminal and paper. */
  readonly narrow: boolean;
  write(table: Table, sink: ByteSink): Promise<void>;
}
