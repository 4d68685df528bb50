/** The simulated fleet is deterministic, its logs are in order, and its truth adds up. */
import { AWAY_REASONS } from '@logonscope/core';
import { describe, expect, test } from 'vitest';
import { byChannel } from '../emit/evtx-files.ts';
import { evtxBytes } from '../evtx/evtx-writer.ts';
import { LAYOUTS, SECURITY, SYSTEM } from '../layouts/index.ts';
import type { SimRecord } from '../record.ts';
import type { FleetOptions } from './computers.ts';
import { simulateFleet } from './simulate.ts';
import { coveredMs } from './truth.ts';

const OPTIONS: FleetOptions = { seed: 7, computers: 24, days: 30, peoplePerServer: 8, accidents: 20 };
const fleet = [...simulateFleet(OPTIONS)];
const sessions = fleet.flatMap(({ truth }) => truth);

const count = (records: readonly SimRecord[], layout: SimRecord['layout']): number =>
  records.filter((record) => record.layout === layout).length;

describe('a fleet', () => {
  test('is the same for the same seed, and another for another', () => {
    const again = [...simulateFleet(OPTIONS)];
    expect(again.map(({ truth }) => truth)).toEqual(fleet.map(({ truth }) => truth));
    expect(again.map(({ records }) => records.length)).toEqual(fleet.map(({ records }) => records.length));
    expect(evtxBytes(again[3]!.records)).toEqual(evtxBytes(fleet[3]!.records));
    const other = [...simulateFleet({ ...OPTIONS, seed: 8, computers: 3 })];
    expect(other.flatMap(({ truth }) => truth)).not.toEqual(sessions);
  });

  test('numbers the records of each channel from 1 without gaps', () => {
    for (const { records } of fleet)
      for (const list of byChannel(records).values())
        expect(list.map(({ recordId }) => recordId)).toEqual(list.map((_, index) => index + 1));
  });

  test('writes each kind of event there is', () => {
    const written = new Set(fleet.flatMap(({ records }) => records.map(({ layout }) => layout)));
    // These come from the loss models, or tell of what no simulated computer does.
    const elsewhere = new Set<object>([
      SECURITY.policyChanged,
      SECURITY.cleared,
      SECURITY.eventsDropped,
      SYSTEM.systemCleared,
    ]);
    const missing = LAYOUTS.filter((layout) => !written.has(layout) && !elsewhere.has(layout));
    expect(missing.map(({ id, version, provider }) => `${provider} ${id} v${version}`)).toEqual([]);
  });

  test('has a value for every field of its layout', () => {
    const wrong = fleet.flatMap(({ records }) =>
      records.filter(({ layout, values }) => values.length !== layout.fields.length),
    );
    expect(wrong).toEqual([]);
  });
});

describe('the truth', () => {
  test('use is the session without the union of what was away, and never negative', () => {
    for (const { start, countedTo, away, useMs } of sessions) {
      const sorted = [...away].sort((left, right) => left.from - right.from);
      expect(useMs).toBe(countedTo - start - coveredMs(sorted));
      expect(useMs).toBeGreaterThanOrEqual(0);
      for (const { from, to } of away) expect(start <= from && from < to && to <= countedTo).toBe(true);
    }
  });

  test('intervals of one reason do not overlap', () => {
    for (const { away } of sessions)
      for (const reason of AWAY_REASONS) {
        const own = away.filter((each) => each.reason === reason);
        for (let index = 1; index < own.length; index++)
          expect(own[index]!.from).toBeGreaterThanOrEqual(own[index - 1]!.to);
      }
  });

  test('knows every kind of absence and every kind of end', () => {
    expect(new Set(sessions.flatMap(({ away }) => away.map(({ reason }) => reason)))).toEqual(
      new Set(AWAY_REASONS),
    );
    expect(new Set(sessions.map(({ endReason }) => endReason))).toEqual(
      new Set(['logoff', 'logoff-begin', 'shutdown', 'crash', 'open']),
    );
  });

  test('agrees with the log on how many sessions, locks and disconnects there were', () => {
    for (const { records, truth } of fleet) {
      const away = truth.flatMap((session) => session.away);
      const begun = records.filter(({ layout }) => layout.id === 21).length;
      expect(begun).toBe(truth.length);
      // A lock that is the very last record leaves no time to be away in.
      const locks = count(records.slice(0, -1), SECURITY.locked);
      expect(away.filter(({ reason }) => reason === 'locked').length).toBe(locks);
    }
  });

  test('people work about their shift: neither nights nor nothing', () => {
    const hours = sessions.reduce((sum, { useMs }) => sum + useMs, 0) / 3_600_000;
    const people = new Set(fleet.flatMap(({ spec }) => spec.people.map(({ sid }) => `${spec.name} ${sid}`)));
    const perPersonAndDay = hours / people.size / OPTIONS.days;
    expect(perPersonAndDay).toBeGreaterThan(2);
    expect(perPersonAndDay).toBeLessThan(8);
  });
});
