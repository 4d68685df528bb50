/** Event XML as Windows renders it, to records. */
import type { WindowsRecord } from '@logonscope/core';
import { readSource } from '@logonscope/readers';

/** Hands over each record of event XML; one that cannot be read is passed over. */
export async function readXml(xml: string, onRecord: (record: WindowsRecord) => void): Promise<void> {
  const bytes = new TextEncoder().encode(xml);
  let at = 0;
  const source = {
    name: 'event log',
    sizeBytes: bytes.length,
    read(into: Uint8Array) {
      const part = bytes.subarray(at, at + into.length);
      into.set(part);
      at += part.length;
      return part.length;
    },
  };
  const sink = {
    record(record: Parameters<Parameters<typeof readSource>[1]['record']>[0]) {
      if (record.kind === 'windows') onRecord(record);
    },
    problem() {},
  };
  await readSource(source, sink, { timezone: 'UTC', assumedTimezone: 'UTC' });
}
