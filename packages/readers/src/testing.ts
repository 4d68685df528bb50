/** What the readers' own tests share: a source from text and a sink that keeps copies. */
import type { LifeSpan, Problem, RawRecord } from '@logonscope/core';
import type { ByteSource, Reader, ReadOptions } from './reader.ts';

/** UTF-8 bytes of a text, without the platform's encoder. */
export function utf8(text: string): Uint8Array {
  const encoded = unescape(encodeURIComponent(text));
  return Uint8Array.from(encoded, (letter) => letter.charCodeAt(0));
}

/** A source over bytes at hand that answers at most `chunkBytes` at a time. */
export function bytesSource(name: string, bytes: Uint8Array, chunkBytes = 1 << 20): ByteSource {
  let at = 0;
  return {
    name,
    sizeBytes: bytes.length,
    read(into) {
      const part = bytes.subarray(at, at + Math.min(into.length, chunkBytes));
      into.set(part);
      at += part.length;
      return part.length;
    },
  };
}

/** A record kept: windows records with the fields asked for. */
export type KeptRecord = Omit<RawRecord, 'field'> & RawRecord & { fields?: Record<string, string | null> };

/** Everything a reader says about a text; windows records keep the fields named. */
export async function readText(
  reader: Reader,
  text: string | Uint8Array,
  names: readonly string[] = [],
  options: Partial<ReadOptions> = {},
): Promise<{ records: KeptRecord[]; problems: Problem[]; life: LifeSpan[] }> {
  const records: KeptRecord[] = [];
  const problems: Problem[] = [];
  const life: LifeSpan[] = [];
  const source = bytesSource('x', typeof text === 'string' ? utf8(text) : text);
  await reader.read(
    source,
    {
      record(record) {
        if (record.kind === 'attributed') return void records.push(record);
        const { kind, time, provider, channel, eventId, recordId, computer } = record;
        const fields = Object.fromEntries(names.map((name) => [name, record.field(name)]));
        const kept = {
          kind,
          time,
          provider,
          channel,
          eventId,
          recordId,
          computer,
          source: record.source,
          fields,
        };
        records.push(kept as unknown as KeptRecord);
      },
      problem: (problem) => void problems.push(problem),
      life: (span) => void life.push(span),
    },
    { timezone: null, assumedTimezone: 'UTC', everyRecord: true, ...options },
  );
  return { records, problems, life };
}
