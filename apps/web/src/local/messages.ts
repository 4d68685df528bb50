/** What the page and its worker say to each other: files in, progress out, questions and answers. */
import type { Problem } from '@logonscope/core';

/** A file as the page was given it; the bytes are read in the worker, piece by piece. */
export interface GivenFile {
  /** With the folder it lay in, where one was dropped. */
  readonly name: string;
  readonly blob: Blob;
}

export interface OpenOrder {
  readonly is: 'open';
  readonly files: readonly GivenFile[];
  /** Zone of times that carry none; null where nobody said. */
  readonly timezone: string | null;
  readonly assumedTimezone: string;
}

/** Looks at the beginnings of files: which formats they are, and whether their zone has to be asked. */
export interface PeekOrder {
  readonly is: 'peek';
  readonly files: readonly GivenFile[];
}

export interface Asked {
  readonly is: 'ask';
  readonly id: number;
  readonly endpoint: string;
  /** As the protocol has read them: defaults filled in, texts turned into numbers. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
}

export type ToWorker = OpenOrder | PeekOrder | Asked;

export interface Peeked {
  readonly name: string;
  /** Null where no reader knows the file; archives are looked into when they are read. */
  readonly format: string | null;
  readonly needsZone: boolean;
}

export interface Progress {
  readonly file: string;
  readonly bytes: number;
  readonly totalBytes: number;
  readonly records: number;
  readonly events: number;
  readonly logons: number;
}

/** What was read of one file. */
export interface ReadFile {
  readonly name: string;
  readonly sizeBytes: number;
  readonly events: number;
  readonly problemCount: number;
  /** The first of them. */
  readonly problems: readonly Problem[];
}

export interface Opened {
  readonly files: readonly ReadFile[];
  readonly sessions: number;
  readonly events: number;
  readonly computers: number;
  readonly people: number;
  /** First and last event; null where there is none. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
}

export interface Refused {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly { readonly field: string; readonly expected: string }[];
}

export type FromWorker =
  | { readonly is: 'progress'; readonly progress: Progress }
  | { readonly is: 'peeked'; readonly files: readonly Peeked[] }
  | { readonly is: 'opened'; readonly opened: Opened }
  | { readonly is: 'failed'; readonly message: string }
  | { readonly is: 'answer'; readonly id: number; readonly answer: LocalAnswer }
  | { readonly is: 'refused'; readonly id: number; readonly refused: Refused };

/** JSON as it is, or bytes with the headers that say what they are. */
export type LocalAnswer =
  | { readonly json: unknown }
  | { readonly bytes: Uint8Array<ArrayBuffer>; readonly headers: Readonly<Record<string, string>> };
