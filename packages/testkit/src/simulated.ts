/** Simulated records to sessions, the way a reader and the engine would: the shortest path for tests and bench. */
import {
  createDecoder,
  type Decoder,
  type LifeSpan,
  LifeTracker,
  type LogonSession,
  type SessionEvent,
  type SessionizedLog,
  type SessionizeOptions,
  sessionize,
} from '@logonscope/core';
import { type SimRecord, toWindowsRecord } from '@logonscope/simulator';

export interface SimulatedEvents {
  readonly events: SessionEvent[];
  readonly life: LifeSpan[];
}

/**
 * What readers and decoder make of the records: their events (those of people, by the default decoder), and the
 * signs of life of all records.
 */
export function decodeSimulated(
  records: Iterable<SimRecord>,
  decode: Decoder = createDecoder({ peopleOnly: true }),
): SimulatedEvents {
  const trackers = new Map<string, LifeTracker>();
  const events: SessionEvent[] = [];
  for (const record of records) {
    const computer = record.computer.split('.')[0]!.toUpperCase();
    const lane = `${computer}\n${record.layout.channel}`;
    let tracker = trackers.get(lane);
    if (tracker === undefined) {
      tracker = new LifeTracker(computer, record.layout.channel);
      trackers.set(lane, tracker);
    }
    tracker.touch(record.recordId, record.time);
    const event = decode(toWindowsRecord(record));
    if (event !== null) events.push(event);
  }
  return { events, life: [...trackers.values()].flatMap((tracker) => tracker.finish()) };
}

/** Sessions of simulated records; options as for `sessionize`. */
export function sessionizeSimulated(
  records: Iterable<SimRecord>,
  options: SessionizeOptions = {},
): SessionizedLog {
  const { events, life } = decodeSimulated(records);
  return sessionize(events, life, options);
}

/** Sessions of people at a desktop, as `logonscope sessions` shows them without `--include`. */
export function isOfPerson({ kind }: Pick<LogonSession, 'kind'>): boolean {
  return kind === 'console' || kind === 'remote' || kind === 'unknown';
}
