/** The same log gives the same sessions, whichever tool carried it: bit for bit where the format holds everything, else as far as it goes. */
import {
  type EndEvidence,
  type Instant,
  type LogonSession,
  type Problem,
  sessionize,
  sessionToContract,
} from '@logonscope/core';
import { type SimulatedComputer, simulateFleet } from '@logonscope/simulator';
import { handOverSimulated, readFiles, readSimulated, sessionsOfPeople } from '@logonscope/testkit';
import { describe, expect, test } from 'vitest';
import { evtxDumpLine, inNxlog, jsonLines, nxlogLine, winlogbeatLine } from './lib/json-lines.ts';
import { PROOF_SIZE, SCREENSAVER_DELAY_MS } from './lib/size.ts';
import { FROM_SYSTEM_LOG, useUnless } from './lib/without-sleep.ts';

const OPTIONS = { screensaverDelayMs: SCREENSAVER_DELAY_MS };
const FLEET = [
  ...simulateFleet({
    seed: 41,
    computers: 9,
    days: 5 * PROOF_SIZE,
    screensaverDelayMs: SCREENSAVER_DELAY_MS,
  }),
];
const NAMED = FLEET.map((computer) => [computer.spec.name, computer] as const);

/** What the engine makes of records that no format has touched. */
const direct = (computer: SimulatedComputer): LogonSession[] =>
  sessionsOfPeople(handOverSimulated(computer), OPTIONS);

/** The same sessions as published, easier to read in a difference. */
const published = (sessions: readonly LogonSession[]) => sessions.map(sessionToContract);

test('there is something to compare: every kind of computer, every kind of away time', () => {
  const kinds = new Set(FLEET.map(({ spec }) => spec.kind));
  expect([...kinds].sort()).toEqual(['reception', 'terminalServer', 'workstation']);
  const reasons = new Set(FLEET.flatMap(direct).flatMap(({ away }) => away.map(({ reason }) => reason)));
  for (const reason of ['locked', 'disconnected', 'screensaver', 'asleep', 'loggingOff']) {
    expect(reasons).toContain(reason);
  }
});

describe('formats that hold everything: sessions, ledgers and evidence are the same to the millisecond', () => {
  test.each(NAMED)('%s as EVTX', async (_, computer) => {
    const log = await readSimulated(computer, 'evtx');
    expect(log.problems).toEqual([]);
    expect(published(sessionsOfPeople(log, OPTIONS))).toEqual(published(direct(computer)));
    expect(sessionsOfPeople(log, OPTIONS)).toEqual(direct(computer));
  });

  test.each(NAMED)('%s as event XML', async (_, computer) => {
    const log = await readSimulated(computer, 'xml');
    expect(log.problems).toEqual([]);
    expect(sessionsOfPeople(log, OPTIONS)).toEqual(direct(computer));
  });

  test.each(NAMED)('%s as JSON of evtx_dump', async (_, computer) => {
    const log = await readFiles(new Map([['dump.jsonl', jsonLines(computer.records, evtxDumpLine)]]));
    expect(log.problems).toEqual([]);
    expect(sessionsOfPeople(log, OPTIONS)).toEqual(direct(computer));
  });

  test.each(NAMED)('%s as JSON of Winlogbeat', async (_, computer) => {
    const log = await readFiles(new Map([['beat.ndjson', jsonLines(computer.records, winlogbeatLine)]]));
    expect(log.problems).toEqual([]);
    expect(sessionsOfPeople(log, OPTIONS)).toEqual(direct(computer));
  });

  test.each(NAMED)(
    '%s as JSON of NXLog, which has no field for values without a name',
    async (_, computer) => {
      const log = await readFiles(new Map([['nxlog.jsonl', jsonLines(computer.records, nxlogLine)]]));
      expect(log.problems).toEqual([]);
      const carried = { ...computer, records: computer.records.map(inNxlog) };
      expect(sessionsOfPeople(log, OPTIONS)).toEqual(direct(carried));
    },
  );
});

/**
 * The collector's CSV holds Security events of people, in whole seconds and local time. So it cannot tell
 * - boots, shutdowns and crashes: what ended with the computer is `superseded` or open there, with wider bounds;
 * - sleep, clock changes and paused machines: time asleep counts as use unless it was locked;
 * - milliseconds, record numbers, terminal session numbers and the address of a disconnect;
 * - which program logged on: `runas` looks like somebody at the console;
 * - the end that LocalSessionManager tells: where a token leaks, the session ends with the token, use as ever.
 */
describe("the collector's CSV: as far as it goes", () => {
  test.each(NAMED)('%s has the same sessions', async (_, computer) => {
    const { full, found, problems } = await bothWaysOf(computer);
    expect(problems).toEqual([]);
    expect(found.map(whoAndWhen).sort()).toEqual(full.map(whoAndWhen).sort());
  });

  test.each(NAMED)('%s: what ended with a logoff ends in the same second', async (_, computer) => {
    const { pairs } = await bothWaysOf(computer);
    const ended = pairs.filter(([real, session]) => session.endBy === 'logoff' && !leaks(real, session));
    for (const [real, session] of ended) {
      expect(Math.abs(session.end! - real.end!), `${told(real)} ${told(session)}`).toBeLessThan(SECOND_MS);
    }
  });

  test.each(NAMED)('%s: use time is the same but for sleep', async (_, computer) => {
    const { pairs } = await bothWaysOf(computer);
    for (const [real, session] of pairs) {
      const what = `${told(real)} ${told(session)}`;
      const useMs = useUnless(FROM_SYSTEM_LOG, real);
      // What is open is counted to the last event of a log, and the whole log has later ones.
      if (session.endBy === 'open') continue;
      expect(session.useMaxMs, what).toBeGreaterThan(useMs - FEW_SECONDS_MS);
      if (!LOGGED_OFF.has(session.endBy)) continue;
      expect(Math.abs(session.useMs - useMs), what).toBeLessThan(FEW_SECONDS_MS);
    }
  });

  test('most sessions end with a logoff, so the comparison says something', async () => {
    const all = (await Promise.all(FLEET.map(bothWaysOf))).flatMap(({ pairs }) => pairs);
    const loggedOff = all.filter(([, { endBy }]) => LOGGED_OFF.has(endBy));
    console.log(`collector CSV: ${loggedOff.length} of ${all.length} sessions end with a logoff there`);
    expect(loggedOff.length / all.length).toBeGreaterThan(0.75);
  });
});

const SECOND_MS = 1_000;
/** An edge of an away interval is cut to its second; a session has a handful that do not even out. */
const FEW_SECONDS_MS = 5_000;
const LOGGED_OFF: ReadonlySet<EndEvidence> = new Set(['logoff', 'logoff-begin']);
type Pair = readonly [real: LogonSession, fromCsv: LogonSession];

interface BothWays {
  readonly full: LogonSession[];
  readonly found: LogonSession[];
  readonly pairs: readonly Pair[];
  readonly problems: readonly Problem[];
}

const remembered = new Map<SimulatedComputer, Promise<BothWays>>();
function bothWaysOf(computer: SimulatedComputer): Promise<BothWays> {
  const known = remembered.get(computer) ?? bothWays(computer);
  remembered.set(computer, known);
  return known;
}

/** Sessions of the full log and of the CSV, and which are the same one. What `runas` wrote is left out of both. */
async function bothWays(computer: SimulatedComputer): Promise<BothWays> {
  const full = direct(computer);
  const log = await readSimulated(computer, 'collectorCsv');
  const secondary = secondaryLogons(computer);
  const found = sessionsOfPeople(log, OPTIONS).filter((session) => !secondary.has(firstIdAndSecond(session)));
  const pairs = full.flatMap((real): Pair[] => {
    const session = found.find((each) => whoAndWhen(each) === whoAndWhen(real));
    return session === undefined ? [] : [[real, session]];
  });
  return { full, found, pairs, problems: log.problems };
}

const secondOf = (instant: Instant): number => Math.floor(instant / SECOND_MS);
const whoAndWhen = ({ computer, user, kind, start }: LogonSession): string =>
  `${new Date(secondOf(start) * SECOND_MS).toISOString()} ${computer} ${user} ${kind}`;
const firstIdAndSecond = ({ logonIds, start }: LogonSession): string => `${logonIds[0]} ${secondOf(start)}`;
const leaks = (...pair: Pair): boolean => pair.some(({ findings }) => findings.includes('token-leak'));
const told = (session: LogonSession): string =>
  `${whoAndWhen(session)} by ${session.endBy} used ${session.useMs / SECOND_MS} s [${session.findings}]`;

function secondaryLogons(computer: SimulatedComputer): Set<string> {
  const { events, life } = handOverSimulated(computer);
  const { sessions } = sessionize(events, life, { everyLogon: true });
  return new Set(sessions.filter(({ kind }) => kind === 'secondary').map(firstIdAndSecond));
}
