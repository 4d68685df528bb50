/** Files into events, signs of life and problems: the readers of the command line, told as they go. */
import { createDecoder, isWanted, type LifeSpan, type Problem, type SessionEvent } from '@logonscope/core';
import { detect, HEAD_BYTES, readSource } from '@logonscope/readers';
import { blobSource } from './blob-source.ts';
import type { GivenFile, OpenOrder, Peeked, Progress, ReadFile } from './messages.ts';

/** All problems are counted; so many of a file are told in words. */
const PROBLEMS_TOLD = 200;
const TOLD_EVERY_BYTES = 2_000_000;
const UNREADABLE = 'file/unreadable';

export interface ReadLogs {
  readonly events: SessionEvent[];
  readonly life: LifeSpan[];
  readonly files: readonly ReadFile[];
}

/** Reads all files to their ends, one after the other; what cannot be read is a problem of that file. */
export async function readFiles(order: OpenOrder, tell: (progress: Progress) => void): Promise<ReadLogs> {
  const totalBytes = order.files.reduce((sum, { blob }) => sum + blob.size, 0);
  const events: SessionEvent[] = [];
  const life: LifeSpan[] = [];
  const files: ReadFile[] = [];
  const counts = { records: 0, logons: 0 };
  let doneBytes = 0;
  for (const given of order.files) {
    let toldBytes = 0;
    const advance = (bytes: number, always = false) => {
      if (!always && bytes - toldBytes < TOLD_EVERY_BYTES) return;
      toldBytes = bytes;
      tell({ file: given.name, bytes: doneBytes + bytes, totalBytes, events: events.length, ...counts });
    };
    advance(0, true);
    files.push(await readOne(given, order, { events, life, counts, advance }));
    doneBytes += given.blob.size;
    advance(0, true);
  }
  return { events, life, files };
}

interface Into {
  readonly events: SessionEvent[];
  readonly life: LifeSpan[];
  readonly counts: { records: number; logons: number };
  advance(bytes: number): void;
}

async function readOne(given: GivenFile, order: OpenOrder, into: Into): Promise<ReadFile> {
  const decode = createDecoder({ peopleOnly: false });
  const problems: Problem[] = [];
  const before = into.events.length;
  let problemCount = 0;
  const problem = (one: Problem) => {
    problemCount += 1;
    if (problems.length < PROBLEMS_TOLD) problems.push(one);
  };
  try {
    await readSource(
      blobSource(given),
      {
        record(record) {
          into.counts.records += 1;
          const event = decode(record);
          if (event === null) return;
          into.events.push(event);
          if (event.signal === 'logon') into.counts.logons += 1;
        },
        life: (span) => void into.life.push(span),
        problem,
        progress: into.advance,
      },
      { timezone: order.timezone, assumedTimezone: order.assumedTimezone, wanted: isWanted },
    );
  } catch (error) {
    // Browsers throw these where a file changed or went away since it was chosen; anything else is a fault of ours.
    if (!(error instanceof DOMException)) throw error;
    const message = `cannot be read: ${error.message}`;
    problem({ code: UNREADABLE, at: { file: given.name }, field: null, message });
  }
  const events = into.events.length - before;
  return { name: given.name, sizeBytes: given.blob.size, events, problemCount, problems };
}

const isArchive = ([first, second]: Uint8Array) =>
  (first === 0x1f && second === 0x8b) || (first === 0x50 && second === 0x4b);

/** What the beginnings of files look like. */
export function peekFiles(files: readonly GivenFile[]): Promise<Peeked[]> {
  return Promise.all(
    files.map(async ({ name, blob }) => {
      const head = new Uint8Array(await blob.slice(0, HEAD_BYTES).arrayBuffer());
      const reader = detect(head, name)[0]?.reader;
      const format = reader?.label ?? (isArchive(head) ? 'archive' : null);
      return { name, format, needsZone: reader !== undefined && !reader.timesHaveZone };
    }),
  );
}
