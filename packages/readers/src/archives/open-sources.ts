/** What is to be read inside a source: itself, or the files of an archive, to a bounded depth. */
import { peek } from '../peek.ts';
import type { ByteSource, RecordSink } from '../reader.ts';
import { ARCHIVE_DEPTH_MAX } from '../text-limits.ts';
import { type ArchiveBudget, archiveBudget } from './budget.ts';
import { gzipMember, isGzip } from './gzip.ts';
import { isZip, zipMembers } from './zip.ts';

/** Counts the bytes of the outermost file and tells the sink how far it is. */
function counted(source: ByteSource, sink: RecordSink, budget: ArchiveBudget): ByteSource {
  let total = 0;
  const count = (bytes: number): number => {
    total += bytes;
    budget.packed(bytes);
    sink.progress?.(total);
    return bytes;
  };
  return {
    name: source.name,
    sizeBytes: source.sizeBytes,
    read(into) {
      const answer = source.read(into);
      return typeof answer === 'number' ? count(answer) : answer.then(count);
    },
  };
}

async function* open(
  source: ByteSource,
  ...[sink, budget, depth]: [RecordSink, ArchiveBudget, number]
): AsyncGenerator<ByteSource> {
  const { head, whole } = await peek(source);
  const packed = isGzip(head) || isZip(head);
  if (!packed) {
    yield whole;
    return;
  }
  if (depth === ARCHIVE_DEPTH_MAX) {
    const message = `Archives within archives are opened ${ARCHIVE_DEPTH_MAX} levels deep; this one is deeper.`;
    sink.problem({ code: 'archive/too-deep', at: { file: source.name }, field: null, message });
    return;
  }
  const input = depth === 0 ? counted(whole, sink, budget) : whole;
  const members = isGzip(head) ? [gzipMember(input, sink, budget)] : zipMembers(input, sink, budget);
  for await (const member of members) yield* open(member, sink, budget, depth + 1);
}

/**
 * The plain sources inside a source, one after another: each must be read to its end, or left, before the next is
 * asked for. Names of members are `archive.zip!path/in/archive`. Problems go to the sink.
 */
export function openSources(source: ByteSource, sink: RecordSink): AsyncGenerator<ByteSource> {
  return open(source, sink, archiveBudget(), 0);
}
