/** Gzip: one packed file, perhaps in several members one after another. */
import { Gunzip } from 'fflate';
import type { ByteSource, RecordSink } from '../reader.ts';
import type { ArchiveBudget } from './budget.ts';
import { byteWindow } from './byte-window.ts';
import { type Feed, unpackedSource } from './inflate.ts';
import { u32 } from './zip-header.ts';

export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
}

/** `Security.evtx.gz` → `Security.evtx`: the name of what is inside. */
function innerName(name: string): string {
  return name.toLowerCase().endsWith('.gz') ? name.slice(0, -3) : name;
}

/** The one file inside. */
export function gzipMember(source: ByteSource, sink: RecordSink, budget: ArchiveBudget): ByteSource {
  const window = byteWindow(source);
  let passed = 0;
  let furtherMembers = 0;
  // The trailer is the checksum and the size, 4 bytes each.
  let trailer = new Uint8Array(0);
  const feed: Feed = async () => {
    window.skip(passed);
    passed = 0;
    if ((await window.ensure(1)) === 0) return null;
    const bytes = window.bytes();
    passed = bytes.length;
    const tail = new Uint8Array([...trailer, ...bytes.subarray(-8)]);
    trailer = tail.slice(-8);
    return bytes;
  };
  return unpackedSource({
    name: innerName(source.name),
    feed,
    open: (onChunk) => {
      const gunzip = new Gunzip(onChunk);
      gunzip.onmember = () => {
        furtherMembers += 1;
      };
      return (bytes, last) => gunzip.push(bytes, last);
    },
    // Of several members only the last has its trailer at the end, so only a single one is checked.
    checksum: () => (furtherMembers > 0 ? null : u32(trailer, 0)),
    budget,
    onProblem: (problem) => sink.problem(problem),
  });
}
