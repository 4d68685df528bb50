/** Security logs of any size, as one busy terminal server writes them over months: the input of the speed measurements. */
import { createEvtxWriter, type EvtxSink } from './evtx/evtx-writer.ts';
import { computerOf, type FleetOptions, settingsOf } from './fleet/computers.ts';
import { simulateComputer } from './fleet/simulate.ts';
import type { SimRecord, TruthSession } from './record.ts';

export interface BigLogOptions {
  readonly seed: number;
  readonly sizeBytes: number;
  /** People of the server. Default 60. */
  readonly people?: number;
  readonly noise?: number;
  /** Factor for process events, which are no session events. Default 10: about half of the log. */
  readonly processes?: number;
}

export interface BigLog {
  readonly records: number;
  readonly sizeBytes: number;
  readonly days: number;
  /** People's sessions that ended before the last day of the file. */
  readonly truth: readonly TruthSession[];
}

/** More days than any file has room for. */
const DAYS_MAX = 20_000;

/**
 * Writes whole days of a Security log until the file has the size asked for; memory holds one day at a time, and
 * the truth. The last day may be cut.
 */
export function generateLog(options: BigLogOptions, sink: EvtxSink): BigLog {
  const fleet: FleetOptions = {
    seed: options.seed,
    computers: 1,
    days: DAYS_MAX,
    kinds: ['terminalServer'],
    zones: ['Europe/London'],
    firstDay: '2005-01-03',
    peoplePerServer: options.people ?? 60,
    noise: options.noise ?? 2,
    processes: options.processes ?? 10,
  };
  const writer = createEvtxWriter(sink);
  const truth: TruthSession[] = [];
  let records = 0;
  let days = 0;
  for (const day of simulateComputer(computerOf(fleet, 0), settingsOf(fleet))) {
    days++;
    truth.push(...day.truth);
    records += addSecurity(writer, day.records, options.sizeBytes);
    if (writer.sizeBytes() >= options.sizeBytes) break;
  }
  writer.finish();
  return { records, sizeBytes: writer.sizeBytes(), days, truth };
}

function addSecurity(
  writer: ReturnType<typeof createEvtxWriter>,
  records: readonly SimRecord[],
  sizeBytes: number,
): number {
  let added = 0;
  for (const record of records) {
    if (record.layout.channel !== 'Security') continue;
    if (writer.sizeBytes() >= sizeBytes) break;
    writer.add(record);
    added++;
  }
  return added;
}
