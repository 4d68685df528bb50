/** Reads any source whatever its format: looks, chooses the reader, and says plainly when there is nothing to read. */

import { headerCells } from './csv.ts';
import { detectAmong } from './detect.ts';
import { peek } from './peek.ts';
import type { ByteSource, Reader, ReadOptions, RecordSink } from './reader.ts';
import { headText } from './text-source.ts';

const SHOWN_CHARS = 200;

function fileProblem(source: ByteSource, code: string, message: string) {
  return { code, at: { file: source.name }, field: null, message };
}

/** What an unknown file looks like: its first row as a header, if it reads like one. */
function appearance(head: Uint8Array): string {
  const text = headText(head);
  const cells = headerCells(text);
  const printable = !/[\u0000-\u0008\u000e-\u001f\ufffd]/.test(text.slice(0, SHOWN_CHARS));
  if (!printable) return 'The file is binary and no Windows event log.';
  if (cells.length > 1)
    return `The header "${cells.join(', ').slice(0, SHOWN_CHARS)}" is of no known layout.`;
  return `The file begins with "${text.slice(0, SHOWN_CHARS).replace(/\s+/g, ' ').trim()}".`;
}

/** Counts what passes, so that silence can be told from records. */
function counting(sink: RecordSink): { sink: RecordSink; count: () => number } {
  let count = 0;
  return {
    count: () => count,
    sink: {
      // Records that hold no session evidence are told of as life only, and are records all the same.
      life(span) {
        count += 1;
        sink.life?.(span);
      },
      ...(sink.progress && { progress: (bytes) => sink.progress!(bytes) }),
      record(record) {
        count += 1;
        sink.record(record);
      },
      problem(problem) {
        count += 1;
        sink.problem(problem);
      },
    },
  };
}

/** Reads one source that is no archive; returns the id of the reader that took it, null if none did. */
export async function readPlain(
  readers: readonly Reader[],
  source: ByteSource,
  ...[sink, options]: [RecordSink, ReadOptions]
): Promise<string | null> {
  const { head, whole } = await peek(source);
  if (head.length === 0) {
    sink.problem(fileProblem(source, 'file/empty', 'The file is empty (0 bytes).'));
    return null;
  }
  const found = detectAmong(readers, head, source.name)[0];
  if (found === undefined) {
    const known = readers.map(({ label }) => label).join('; ');
    sink.problem(fileProblem(source, 'file/unknown-format', `${appearance(head)} Known are: ${known}.`));
    return null;
  }
  const counted = counting(sink);
  await found.reader.read(whole, counted.sink, options);
  if (counted.count() === 0) {
    const message = `The file is a ${found.reader.label} without a single record.`;
    sink.problem(fileProblem(source, 'file/no-records', message));
  }
  return found.reader.id;
}
