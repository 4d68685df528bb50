/** Simulated records as EVTX files, one per channel, named as Windows names them. */
import { type EvtxOptions, evtxBytes } from '../evtx/evtx-writer.ts';
import type { SimRecord } from '../record.ts';

/** Records by channel, in order. */
export function byChannel(records: Iterable<SimRecord>): Map<string, SimRecord[]> {
  const channels = new Map<string, SimRecord[]>();
  for (const record of records) {
    const { channel } = record.layout;
    const list = channels.get(channel);
    if (list === undefined) channels.set(channel, [record]);
    else list.push(record);
  }
  return channels;
}

/** File names (`Security.evtx`, `Microsoft-Windows-…%4Operational.evtx`) with the bytes of each. */
export function evtxFiles(records: Iterable<SimRecord>, options: EvtxOptions = {}): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (const [channel, list] of byChannel(records))
    files.set(`${channel.replaceAll('/', '%4')}.evtx`, evtxBytes(list, options));
  return files;
}
