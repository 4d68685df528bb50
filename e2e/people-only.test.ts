/** Leaving out what cannot matter to people's sessions, which makes reading fast, changes no session of theirs. */
import { createDecoder, type LogonSession, sessionToContract } from '@logonscope/core';
import { type FleetOptions, simulateFleet } from '@logonscope/simulator';
import { type ReadLog, readFiles, readSimulated, sessionsOfPeople } from '@logonscope/testkit';
import { describe, expect, test } from 'vitest';
import { EVTX_FIXTURES, realLog, realLogs } from './lib/fixtures.ts';
import { PROOF_SIZE, SCREENSAVER_DELAY_MS } from './lib/size.ts';

const decoder = () => createDecoder({ peopleOnly: true });

const published = (log: ReadLog) =>
  sessionsOfPeople(log, { screensaverDelayMs: SCREENSAVER_DELAY_MS }).map((session: LogonSession) =>
    sessionToContract(session),
  );

/** Few and many service logons, few and many crashes; the seeds are those of no other proof. */
const FLEETS: Record<string, Partial<FleetOptions>> = {
  'ordinary fleet': { seed: 51 },
  'three times the noise': { seed: 52, noise: 3 },
  'hardly any noise': { seed: 53, noise: 0.05, processes: 0 },
  'five times the accidents': { seed: 54, accidents: 5 },
};

describe.each(Object.entries(FLEETS))('%s', (_, more) => {
  const days = 4 * PROOF_SIZE;
  const fleet = [
    ...simulateFleet({ seed: 1, computers: 10, days, screensaverDelayMs: SCREENSAVER_DELAY_MS, ...more }),
  ];

  test('the same sessions, from fewer events', async () => {
    let all = 0;
    let some = 0;
    for (const computer of fleet) {
      const everything = await readSimulated(computer, 'evtx');
      const people = await readSimulated(computer, 'evtx', { decoder });
      expect(published(people)).toEqual(published(everything));
      all += everything.events.length;
      some += people.events.length;
    }
    console.log(`${some} of ${all} events are kept for people's sessions`);
    expect(some).toBeLessThan(all);
  });
});

describe.runIf(EVTX_FIXTURES !== null)('real logs', () => {
  test.each(realLogs())('%s', async (path) => {
    const files = realLog(path);
    expect(published(await readFiles(files, { decoder }))).toEqual(published(await readFiles(files)));
  });

  test('there are sessions in them', async () => {
    const logs = await Promise.all(realLogs().map((path) => readFiles(realLog(path))));
    expect(logs.flatMap(published).length).toBeGreaterThan(50);
  });
});
