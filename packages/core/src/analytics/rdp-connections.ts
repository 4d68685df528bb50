/** CAR-2013-07-002, RDP Connection Detection: who came from where to which computer by Remote Desktop. */
import type { SessionEvent } from '../model.ts';
import { distinct, groupBy } from '../queries/grouping.ts';
import { defineReport } from '../reports/report.ts';
import { allowed, isWithin } from '../reports/selection.ts';
import { byTime, isPersons, RDP_TYPES, WITNESS_MS } from './logons.ts';

export const rdpConnections = defineReport({
  id: 'CAR-2013-07-002',
  title: 'RDP connections',
  method:
    'Remote Desktop logons and reconnects, and connections that the remote connection service noted, with source, ' +
    'destination and user; several records of one connection within a minute are one row (ATT&CK T1021.001). CAR reads ' +
    'network flows; logs show only connections that got as far as a user name, and do not prove who sat at the source.',
  needsEvents: true,
  columns: {
    time: { title: 'Time', unit: 'instant' },
    kind: { title: 'What' },
    user: { title: 'User' },
    address: { title: 'From address' },
    client: { title: 'From computer' },
    computer: { title: 'To computer' },
    records: { title: 'Records', unit: 'count' },
  },
  rows(input) {
    const expected = allowed(input.options.allow);
    const events = input.events.filter(
      (event) => isWithin(event.time, input) && isRdp(event) && isPersons(event) && !expected(event),
    );
    // The services write the name in their own ways and without a SID, so the bare name decides.
    const groups = groupBy(
      events.sort(byTime),
      ({ computer, user }) => `${computer}\n${user?.toLowerCase()}`,
    );
    const connections = [...groups.values()].flatMap(connectionsOf);
    return connections.sort((a, b) => byTime(a[0]!, b[0]!)).map(rowOf);
  },
});

/** What makes an event one of Remote Desktop, by its signal. */
const RDP_SIGNS: Partial<Record<SessionEvent['signal'], (event: SessionEvent) => boolean>> = {
  logon: ({ logonType, sourceAddress }) =>
    logonType === null ? sourceAddress !== null : RDP_TYPES.includes(logonType),
  reconnect: ({ sessionName, sourceAddress }) =>
    sessionName === null ? sourceAddress !== null : /^rdp-/i.test(sessionName),
  remoteConnection: () => true,
};

function isRdp(event: SessionEvent): boolean {
  // An agent's logon names the computer's own address, not where somebody came from.
  if (event.detail?.witness === 'agent') return false;
  return RDP_SIGNS[event.signal]?.(event) ?? false;
}

/** Splits the events of one user on one computer where a minute passes or the address changes. */
function connectionsOf(sorted: readonly SessionEvent[]): SessionEvent[][] {
  const connections: SessionEvent[][] = [];
  for (const event of sorted) {
    const open = connections.at(-1);
    const address = open?.find(({ sourceAddress }) => sourceAddress !== null)?.sourceAddress ?? null;
    const sameSource = address === null || event.sourceAddress === null || address === event.sourceAddress;
    if (open !== undefined && sameSource && event.time - open.at(-1)!.time <= WITNESS_MS) open.push(event);
    else connections.push([event]);
  }
  return connections;
}

/** A reconnect brings a logon of its own with it, so the first of these that is there names the connection. */
const KINDS: readonly (readonly [SessionEvent['signal'], string])[] = [
  ['reconnect', 'reconnect'],
  ['logon', 'logon'],
  ['remoteConnection', 'connection only'],
];

function rowOf(events: readonly SessionEvent[]) {
  const [, kind] = KINDS.find(([signal]) => events.some((event) => event.signal === signal))!;
  const named = events.find(({ domain }) => domain !== null) ?? events[0]!;
  return {
    time: events[0]!.time,
    kind,
    user: named.domain === null ? named.user : `${named.domain}\\${named.user}`,
    address: distinct(events.map((event) => event.sourceAddress))[0] ?? null,
    client: distinct(events.map((event) => event.clientName))[0] ?? null,
    computer: events[0]!.computer,
    records: events.length,
  };
}
