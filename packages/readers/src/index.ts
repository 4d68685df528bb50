/** The door of the readers: the list of formats and how one is chosen. */
import { openSources } from './archives/open-sources.ts';
import { agentCsv } from './csv-layouts/agent.ts';
import { evtxECmdCsv } from './csv-layouts/evtxecmd.ts';
import { sessionSentryCsv } from './csv-layouts/session-sentry.ts';
import { splunkCsv } from './csv-layouts/splunk.ts';
import { type Detection, detectAmong } from './detect.ts';
import { evtxReader } from './evtx/index.ts';
import { agentPosts } from './json-formats/agent-posts.ts';
import { evtxDumpJson } from './json-formats/evtx-dump.ts';
import { evtxECmdJson } from './json-formats/evtxecmd.ts';
import { nxlogJson } from './json-formats/nxlog.ts';
import { splunkJson } from './json-formats/splunk.ts';
import { winlogbeatJson } from './json-formats/winlogbeat.ts';
import { readPlain } from './read-source.ts';
import type { ByteSource, Reader, ReadOptions, RecordSink } from './reader.ts';
import { windowsXml } from './windows-xml.ts';

export { agentRecord, agentTime } from './agent-events.ts';
export { openSources } from './archives/open-sources.ts';
export type { Detection } from './detect.ts';
export * from './evtx/index.ts';
export { agentIdentity } from './identity.ts';
export { wallClock } from './local-time.ts';
export type * from './reader.ts';
export { HEAD_BYTES } from './text-limits.ts';

/** Every format; the order is the order of trial. */
export const READERS = [
  evtxReader,
  windowsXml,
  sessionSentryCsv,
  splunkCsv,
  agentCsv,
  evtxECmdCsv,
  evtxDumpJson,
  evtxECmdJson,
  winlogbeatJson,
  nxlogJson,
  splunkJson,
  agentPosts,
] as const satisfies readonly Reader[];

/** Which readers recognise the beginning of a file, best first. The name only breaks ties. */
export function detect(head: Uint8Array, name: string): Detection[] {
  return detectAmong(READERS, head, name);
}

/**
 * Reads a source of any known format, packed in gzip or zip or not; members of an archive are named
 * `archive.zip!member`. Never throws on odd content; empty files, unknown formats and files without records become
 * problems (`file/empty`, `file/unknown-format`, `file/no-records`). Rejects only when the source itself does.
 */
export async function readSource(source: ByteSource, sink: RecordSink, options: ReadOptions): Promise<void> {
  // Of an archive, progress is told in bytes of the archive, not of what it holds.
  let packed = false;
  const outer: RecordSink = {
    record: (record) => sink.record(record),
    problem: (problem) => sink.problem(problem),
    progress(bytes) {
      packed = true;
      sink.progress?.(bytes);
    },
  };
  const inner: RecordSink = {
    record: outer.record,
    problem: outer.problem,
    life: (span) => sink.life?.(span),
    progress: (bytes) => (packed ? undefined : sink.progress?.(bytes)),
  };
  for await (const plain of openSources(source, outer)) await readPlain(READERS, plain, inner, options);
}
