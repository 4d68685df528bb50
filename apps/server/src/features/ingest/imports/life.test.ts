/** Files given to the server tell it as much as they tell the command line: also of the records that are no events. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LogonSession, REPORTS, type SessionEvent, sessionize } from '@logonscope/core';
import { simulateFleet } from '@logonscope/simulator';
import { type LogFiles, type ReadLog, readFiles, SIMULATED_FORMATS } from '@logonscope/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { admit } from '../../../access/caller.ts';
import { Scope } from '../../../access/scope.ts';
import type { Store } from '../../../db/index.ts';
import { storedSessions } from '../../../db/testdata/conformance.ts';
import { addCompany, openTestStore } from '../../../db/testdata/open.ts';
import { checkStore } from '../../../db/tools/check.ts';
import { reportInput } from '../../../questions/report-input.ts';
import { importLocal } from './import-local.ts';

const NOW = Date.UTC(2027, 0, 1);
let store: Store;
let folder: string;
/** Logs of computers of which records were lost, and which crash. */
let logs: readonly LogFiles[];
beforeAll(async () => {
  store = await openTestStore();
  folder = mkdtempSync(join(tmpdir(), 'life-'));
  const fleet = simulateFleet({ seed: 7, days: 6, computers: 2, kinds: ['workstation'] });
  logs = [...fleet].map(({ records, spec }, n) => {
    // Every fifth stretch of records is missing, as where a log wrapped or a forwarder dropped them.
    const left = [...records].filter((_, i) => i % 50 < 40 || i % 7 === n);
    return SIMULATED_FORMATS.evtx({ records: left, spec });
  });
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const give = async (companyId: number, files: LogFiles) => {
  for (const [name, bytes] of files) {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    const about = { companyId, siteId: null, path, bytes: bytes.length };
    await importLocal(store, { ...about, timezone: null, assumedTimezone: 'UTC', now: () => NOW });
  }
};
const readAll = async (all: readonly LogFiles[]): Promise<Pick<ReadLog, 'events' | 'life'>> => {
  const read = await Promise.all(all.map((files) => readFiles(files)));
  return { events: read.flatMap(({ events }) => events), life: read.flatMap(({ life }) => life) };
};
const facts = (sessions: readonly LogonSession[]) =>
  sessions
    .map(({ id, start, end, endBy, endEarliest, endLatest, useMs, useMinMs, useMaxMs, findings, asOf }) => ({
      ...{ id, start, end, endBy, endEarliest, endLatest, useMs, useMinMs, useMaxMs, asOf },
      findings: findings.toSorted(),
    }))
    .toSorted((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));

const coverageOf = async (companyId: number) => {
  const caller = admit({
    ...{ kind: 'person' as const, userId: 1, name: 'ana', role: 'User' as const },
    memberships: [{ companyId, role: 'User' as const }],
  });
  const source = { scope: Scope.of(store, caller), limit: store.dialect.page };
  const context = { timezone: 'UTC', now: NOW };
  const question = { companyId, from: null, to: null, filter: { chips: [] }, context };
  const wish = { report: 'coverage', question, dayStart: 0, options: {} };
  const report = REPORTS.find(({ id }) => id === 'coverage')!;
  return (await reportInput(source, wish as never, report)).coverage;
};

describe('imported event logs', () => {
  test('give the sessions and the coverage of the command line, file by file, in any order, once or twice', async () => {
    const whole = await readAll(logs);
    const expected = sessionize(whole.events, whole.life);
    const blind = sessionize(whole.events);
    // The proof would be empty if nothing depended on it.
    expect(facts(blind.sessions)).not.toEqual(facts(expected.sessions));
    const { companyId } = await addCompany(store, 'files');
    for (const files of logs.toReversed()) await give(companyId, files);
    await give(companyId, logs[0]!);
    expect(facts(await storedSessions(store, companyId))).toEqual(facts(expected.sessions));
    expect(await coverageOf(companyId)).toEqual(expected.coverage);
    expect(await store.events.rebuild(NOW, companyId)).toMatchObject({ corrected: 0 });
    expect(await checkStore(store)).toEqual([]);
  });

  test('before and after what an agent reports live', async () => {
    const [files] = logs;
    const whole = await readAll([files!]);
    const { companyId } = await addCompany(store, 'live');
    const live = liveAfter(whole.events);
    const send = (events: readonly SessionEvent[]) =>
      store.events.append(companyId, {
        events: events.map((event) => ({ event, siteId: null })),
        receivedAt: NOW,
      });
    await send(live.slice(0, 3));
    await give(companyId, files!);
    for (const event of live.slice(3)) await send([event]);
    const expected = sessionize([...whole.events, ...live], whole.life);
    expect(facts(await storedSessions(store, companyId))).toEqual(facts(expected.sessions));
    expect(await store.events.rebuild(NOW, companyId)).toMatchObject({ corrected: 0 });
  });
});

/** Days at the same computer after its log ends, as an agent with Windows' records tells them. */
function liveAfter(events: readonly SessionEvent[]): SessionEvent[] {
  const last = events.reduce((latest, event) => (event.time > latest.time ? event : latest));
  const numbers = events.flatMap(({ channel, recordId }) =>
    channel === 'Security' && recordId !== null ? [recordId] : [],
  );
  let recordId = numbers.reduce((a, b) => Math.max(a, b), 0) + 500;
  const sample = events.find(({ signal, channel }) => signal === 'logon' && channel === 'Security')!;
  return Array.from({ length: 6 }, (_, day) =>
    (['boot', 'logon', 'lock', 'unlock', 'logoff'] as const).map((signal, hour): SessionEvent => {
      const time = last.time + (day + 1) * 86_400_000 + hour * 3_600_000;
      const person = signal !== 'boot';
      return {
        ...sample,
        ...{ signal, time, eventId: null, recordId: recordId++, linkedLogonId: null, detail: null },
        logonId: person ? `0x${(0x5000 + day).toString(16)}` : null,
        ...(person ? {} : { user: null, domain: null, sid: null, logonType: null }),
      };
    }),
  ).flat();
}
