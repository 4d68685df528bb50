/** Formats that leave out most of a log still give its sessions: Splunk's export, and what agents sent. */
import type { LogonSession } from '@logonscope/core';
import { simulateFleet } from '@logonscope/simulator';
import { handOverSimulated, readSimulated, sessionsOfPeople } from '@logonscope/testkit';
import { describe, expect, test } from 'vitest';
import { PROOF_SIZE, SCREENSAVER_DELAY_MS } from './lib/size.ts';
import { FROM_SYSTEM_LOG, UNHEARD_BY_AGENTS, useUnless } from './lib/without-sleep.ts';

const OPTIONS = { screensaverDelayMs: SCREENSAVER_DELAY_MS };
const DAYS = 5 * PROOF_SIZE;
const FEW_SECONDS_MS = 5_000;
const told = ({ computer, user, start, useMs, useMinMs, useMaxMs }: LogonSession): string =>
  `${computer} ${user} ${new Date(start).toISOString()} used ${useMs} (${useMinMs} to ${useMaxMs})`;

/**
 * Splunk's CSV has milliseconds but no logon types, SIDs or terminal sessions. So logons over the network look like
 * those at a desk, and a desktop that another person took over is back only with its next sign: wider bounds.
 */
describe("Splunk's CSV", () => {
  const fleet = [...simulateFleet({ seed: 41, computers: 9, days: DAYS, ...OPTIONS })];

  test.each(fleet.map((computer) => [computer.spec.name, computer] as const))(
    '%s: every session begins in the same millisecond, and its bounds hold the use time of the full log',
    async (_, computer) => {
      const log = await readSimulated(computer, 'splunkCsv');
      expect(log.problems).toEqual([]);
      const found = sessionsOfPeople(log, OPTIONS);
      for (const real of sessionsOfPeople(handOverSimulated(computer), OPTIONS)) {
        const session = found.find(({ user, start }) => user === real.user && start === real.start);
        expect(session, told(real)).toBeDefined();
        const useMs = useUnless(FROM_SYSTEM_LOG, real);
        // What is open is counted to the last event of a log, and the whole log has later ones.
        if (session!.endBy === 'open') continue;
        expect(session!.useMaxMs, told(session!)).toBeGreaterThan(useMs - FEW_SECONDS_MS);
        expect(session!.useMinMs, told(session!)).toBeLessThan(useMs + FEW_SECONDS_MS);
      }
    },
  );
});

/**
 * Agents send logons, logoffs, locks and unlocks with a name and whole seconds. They cannot tell two sessions of one
 * account apart, nor screen savers, disconnects, the unlock that comes with a reconnect, crashes and sleep: computers
 * here have one person, who sits in front of it, and no crashes.
 */
describe('agents', () => {
  const fleet = [
    ...simulateFleet({
      seed: 61,
      computers: 40,
      days: DAYS,
      accidents: 0,
      kinds: ['workstation'],
      ...OPTIONS,
    }),
  ].filter(({ spec, truth }) => spec.people.length === 1 && !spec.remoteWork && truth.length > 0);

  test('posts and the agent’s own CSV give the same sessions', async () => {
    expect(fleet.length).toBeGreaterThan(8);
    const figures = ({ user, start, end, useMs, useMinMs, useMaxMs, endBy }: LogonSession) => ({
      ...{ user, start, end, useMs, useMinMs, useMaxMs, endBy },
    });
    for (const computer of fleet) {
      const [posts, csv] = [
        await readSimulated(computer, 'agentPosts'),
        await readSimulated(computer, 'agentCsv'),
      ];
      expect([...posts.problems, ...csv.problems]).toEqual([]);
      expect(sessionsOfPeople(posts, OPTIONS).map(figures)).toEqual(
        sessionsOfPeople(csv, OPTIONS).map(figures),
      );
    }
  });

  test.each(fleet.map((computer) => [computer.spec.name, computer] as const))(
    '%s: the same sessions to a second or two, with the use time that locks leave',
    async (_, computer) => {
      const full = sessionsOfPeople(handOverSimulated(computer), OPTIONS);
      const found = sessionsOfPeople(await readSimulated(computer, 'agentPosts'), OPTIONS);
      expect(found.length).toBe(full.length);
      for (const [index, real] of full.entries()) {
        const session = found[index]!;
        expect(Math.abs(session.start - real.start), told(session)).toBeLessThan(2_000);
        if (real.endBy !== 'logoff') continue;
        expect(Math.abs(session.end! - real.end!), told(session)).toBeLessThan(2_500);
        const useMs = useUnless(UNHEARD_BY_AGENTS, real);
        expect(Math.abs(session.useMs - useMs), told(session)).toBeLessThan(FEW_SECONDS_MS);
      }
    },
  );
});
