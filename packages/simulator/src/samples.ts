/** The samples that the repository carries: small simulated logs in every format, with the truth beside them. */
import { agentCsv } from './emit/agent.ts';
import { collectorCsv } from './emit/collector-csv.ts';
import { eventsXml } from './emit/event-xml.ts';
import { evtxFiles } from './emit/evtx-files.ts';
import { splunkCsv } from './emit/splunk-csv.ts';
import { encodeText } from './emit/text-encoding.ts';
import type { FleetOptions } from './fleet/computers.ts';
import { type SimulatedComputer, simulateFleet } from './fleet/simulate.ts';
import type { TruthSession } from './record.ts';

/** A workstation in Berlin for five days: locks, screen savers, sleep, work from home. */
const WORKSTATION: FleetOptions = {
  seed: 133,
  computers: 1,
  days: 5,
  kinds: ['workstation'],
  zones: ['Europe/Berlin'],
  noise: 0.02,
  accidents: 0,
};
/** A terminal server with four people for a day. */
const SERVER: FleetOptions = {
  seed: 13,
  computers: 1,
  days: 1,
  kinds: ['terminalServer'],
  zones: ['Europe/London'],
  peoplePerServer: 4,
  noise: 0.02,
  accidents: 0,
};

const README = `# Simulated samples

Made by \`node tools/samples.ts\`; a test compares them with what the simulator writes today. No real computer or person is in them.

- \`workstation-week/\`: one workstation in Berlin, five days. The same log as EVTX per channel, as event XML, as the collector's CSV in three
  cultures and encodings (Europe/Berlin), as Splunk CSV with ISO times and as an agent's \`event_log.csv\`. Locks and screen savers are among them.
- \`terminal-server-day/\`: a Remote Desktop server in London with four people, one day: disconnects, reconnects, takeovers.
- \`truth.json\` in each: what really happened, session by session. Use time counts the screen saver's delay of ten minutes as away.
`;

/** Every file by its path below `samples/simulated`. The bytes depend on nothing but this package. */
export function sampleFiles(): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const week = only(WORKSTATION);
  const day = only(SERVER);
  const { zone } = week.spec;
  files.set('README.md', encodeText(README, 'utf-8'));
  const text = (content: string): Uint8Array => encodeText(content, 'utf-8');
  for (const [name, bytes] of evtxFiles(week.records)) files.set(`workstation-week/${name}`, bytes);
  files.set('workstation-week/events.xml', text(eventsXml(week.records)));
  files.set('workstation-week/collector-en-US-ascii.csv', collectorCsv(week.records, { zone }));
  files.set(
    'workstation-week/collector-de-DE-utf16le-semicolon.csv',
    collectorCsv(week.records, { zone, culture: 'de-DE', encoding: 'utf-16le', separator: ';' }),
  );
  files.set(
    'workstation-week/collector-en-GB-utf8-bom.csv',
    collectorCsv(week.records, { zone, culture: 'en-GB', encoding: 'utf-8-bom' }),
  );
  files.set('workstation-week/splunk-iso.csv', text(splunkCsv(week.records, 'iso')));
  files.set('workstation-week/event_log.csv', text(agentCsv(week.records)));
  files.set('workstation-week/truth.json', text(truthJson(week)));
  for (const [name, bytes] of evtxFiles(day.records)) files.set(`terminal-server-day/${name}`, bytes);
  files.set(
    'terminal-server-day/collector-en-US-ascii.csv',
    collectorCsv(day.records, { zone: day.spec.zone }),
  );
  files.set('terminal-server-day/truth.json', text(truthJson(day)));
  return files;
}

function only(options: FleetOptions): SimulatedComputer {
  const [computer] = simulateFleet(options);
  return computer!;
}

/** The truth as people read it: ISO 8601 UTC, durations in seconds. */
export function truthJson({ spec, truth }: SimulatedComputer): string {
  const iso = (instant: number): string => new Date(instant).toISOString();
  const session = ({ start, end, countedTo, away, useMs, ...rest }: TruthSession): object => ({
    ...rest,
    start: iso(start),
    end: end === null ? null : iso(end),
    countedTo: iso(countedTo),
    useSeconds: useMs / 1000,
    away: away.map(({ reason, from, to }) => ({ reason, from: iso(from), to: iso(to) })),
  });
  return `${JSON.stringify({ computer: spec.fqdn, zone: spec.zone, screensaverDelaySeconds: 600, sessions: truth.map(session) }, null, 1)}\n`;
}
