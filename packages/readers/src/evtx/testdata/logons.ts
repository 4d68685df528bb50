/** Small generated logs for tests: logons of one computer, and what a reader says about them. */
import type { LifeSpan, Problem, SourceLocation } from '@logonscope/core';
import { bytesSource } from '../../bytes.ts';
import type { ByteSource, ReadOptions } from '../../reader.ts';
import { evtxReader } from '../reader.ts';

type FieldType = 'sid' | 'string' | 'hex64' | 'uint32' | 'guid' | 'filetime';
type Value = string | number | bigint;

export const field = (name: string, type: FieldType = 'string') => ({ name, type });

/** A logon with few fields. */
export const LOGON = {
  id: 4624,
  version: 2,
  provider: 'Microsoft-Windows-Security-Auditing',
  guid: '54849625-5478-4994-A5BA-3E3B0328C30D',
  channel: 'Security',
  level: 0,
  task: 0,
  opcode: 0,
  keywords: 0x8020000000000000n,
  qualifiers: null,
  userData: null,
  fields: [
    field('TargetUserSid', 'sid'),
    field('TargetUserName'),
    field('TargetLogonId', 'hex64'),
    field('LogonType', 'uint32'),
    field('LogonProcessName'),
    field('IpAddress'),
  ],
};

export const START = Date.UTC(2025, 5, 2, 9, 0, 0);

/** A record as the simulator writes it into a file. */
export interface WrittenRecord {
  readonly time: number;
  readonly layout: typeof LOGON;
  readonly recordId: number;
  readonly computer: string;
  readonly values: readonly Value[];
  readonly userSid: null;
}

/** The `n`th logon, n seconds after the first, of user `user<n>`. */
export function logon(n: number, own: Partial<WrittenRecord> = {}): WrittenRecord {
  const values: Value[] = [
    `S-1-5-21-1-2-3-${1000 + n}`,
    `user${n}`,
    BigInt(0x1000 + n),
    2,
    'User32 ',
    '10.0.0.1',
  ];
  return {
    time: START + n * 1_000,
    layout: LOGON,
    recordId: n,
    computer: 'pc1.corp.example',
    values,
    userSid: null,
    ...own,
  };
}

export function logons(count: number): WrittenRecord[] {
  return Array.from({ length: count }, (_, i) => logon(i + 1));
}

/** What was handed over of a record, copied while it was valid. */
export interface Kept {
  readonly recordId: number | null;
  readonly time: number | null;
  readonly eventId: number | null;
  readonly computer: string | null;
  readonly user: string | null;
  readonly logonId: string | null;
  readonly source: SourceLocation;
}

export interface Story {
  readonly records: Kept[];
  readonly problems: Problem[];
  readonly life: LifeSpan[];
}

/** Reads bytes or a source and keeps everything it says. */
export async function tell(
  input: Uint8Array | ByteSource,
  options: Partial<ReadOptions> = {},
): Promise<Story> {
  const source = input instanceof Uint8Array ? bytesSource('log.evtx', input) : input;
  const story: Story = { records: [], problems: [], life: [] };
  await evtxReader.read(
    source,
    {
      record(record) {
        if (record.kind !== 'windows') return;
        const { recordId, time, eventId, computer, source: place } = record;
        const user = record.field('TargetUserName');
        const logonId = record.field('TargetLogonId');
        story.records.push({ recordId, time, eventId, computer, user, logonId, source: place });
      },
      problem: (problem) => void story.problems.push(problem),
      life: (span) => void story.life.push(span),
    },
    { timezone: null, assumedTimezone: 'UTC', ...options },
  );
  return story;
}

/** Where each record begins in the bytes of a file. */
export function recordOffsets(file: Uint8Array): number[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const offsets: number[] = [];
  for (let chunk = 4_096; chunk < file.length; chunk += 65_536) {
    const end = chunk + view.getUint32(chunk + 48, true);
    for (let at = chunk + 512; at < end; at += view.getUint32(at + 4, true)) offsets.push(at);
  }
  return offsets;
}
