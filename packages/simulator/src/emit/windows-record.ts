/** Simulated records as readers would hand them over: Windows' own names, all values as text. */
import type { WindowsRecord } from '@logonscope/core';
import type { ValueType } from '../evtx/values.ts';
import { filetimeText, valueText } from '../evtx/values.ts';
import type { SimRecord } from '../record.ts';

const INSTANTS: ReadonlySet<ValueType> = new Set(['filetime', 'systemtime']);

/** One value of a record as text: by name, or `#0`, `#1` … for the strings that have none. Null where it is absent. */
export function fieldText({ layout, values }: SimRecord, name: string): string | null {
  if (name.startsWith('#')) {
    const index = layout.fields.findIndex((field) => field.type === 'strings');
    return index < 0 ? null : ((values[index] as readonly string[])[Number(name.slice(1))] ?? null);
  }
  const index = layout.fields.findIndex((field) => field.name === name);
  if (index < 0) return null;
  const { type } = layout.fields[index]!;
  const value = values[index] ?? null;
  return INSTANTS.has(type) && typeof value === 'number' ? filetimeText(value) : valueText(type, value);
}

/** `file` is what evidence will name; by default the channel's usual file name. */
export function toWindowsRecord(
  record: SimRecord,
  file = `${record.layout.channel.replaceAll('/', '%4')}.evtx`,
): WindowsRecord {
  const { layout, time, recordId, computer } = record;
  return {
    kind: 'windows',
    time,
    provider: layout.provider,
    channel: layout.channel,
    eventId: layout.id,
    recordId,
    computer,
    field: (name) => fieldText(record, name),
    source: { file, record: recordId },
  };
}
