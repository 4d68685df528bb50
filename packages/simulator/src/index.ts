/** The fleet simulator: event logs as Windows writes them, with the truth beside every log. */

export { type BigLog, type BigLogOptions, generateLog } from './big-log.ts';
export { type AgentNotice, type AgentPost, agentCsv, agentNotices, agentPosts } from './emit/agent.ts';
export { type CollectorOptions, type Culture, collectorCsv } from './emit/collector-csv.ts';
export { eventsXml, eventXml } from './emit/event-xml.ts';
export { byChannel, evtxFiles } from './emit/evtx-files.ts';
export { splunkCsv } from './emit/splunk-csv.ts';
export { type Encoding, encodeText } from './emit/text-encoding.ts';
export { fieldText, toWindowsRecord } from './emit/windows-record.ts';
export type { EvtxOptions, EvtxSink, EvtxWriter } from './evtx/evtx-writer.ts';
export { createEvtxWriter, evtxBytes } from './evtx/evtx-writer.ts';
export type { ComputerKind, ComputerSpec, FleetOptions, Settings } from './fleet/computers.ts';
export { computerOf, settingsOf } from './fleet/computers.ts';
export type { SimulatedComputer, SimulatedDay } from './fleet/simulate.ts';
export { simulateComputer, simulateFleet } from './fleet/simulate.ts';
export {
  type Clearer,
  cleared,
  keepChannels,
  loseAtRandom,
  SUBCATEGORIES,
  WITHOUT_AUDIT,
  withoutAudit,
  wrapped,
} from './losses.ts';
export { type NaiveSession, naiveSessions } from './naive.ts';
export { createRandom, type Random, seedOf } from './random.ts';
export type { SimRecord, TruthAway, TruthSession } from './record.ts';
export { sampleFiles, truthJson } from './samples.ts';
