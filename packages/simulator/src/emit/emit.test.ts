/** The same simulated log in other tools' formats: layout by layout as those tools write it. */
import { decode, type SessionEvent } from '@logonscope/core';
import { expect, test } from 'vitest';
import { simulateFleet } from '../fleet/simulate.ts';
import { SECURITY } from '../layouts/index.ts';
import { naiveSessions } from '../naive.ts';
import { agentCsv, agentPosts } from './agent.ts';
import { collectorCsv } from './collector-csv.ts';
import { eventsXml, eventXml } from './event-xml.ts';
import { splunkCsv } from './splunk-csv.ts';
import { encodeText } from './text-encoding.ts';
import { toWindowsRecord } from './windows-record.ts';

const [computer] = simulateFleet({
  seed: 4,
  computers: 1,
  days: 12,
  kinds: ['workstation'],
  zones: ['Europe/Berlin'],
});
const { records, truth, spec } = computer!;
const text = (bytes: Uint8Array, encoding = 'utf-8'): string => new TextDecoder(encoding).decode(bytes);

test('event XML is escaped and complete', () => {
  const logon = records.find(({ layout }) => layout === SECURITY.privileges)!;
  const hostile = { ...logon, values: ['S-1-5-18', `<a b='c'>&"\r\n`, 'CORP', 0x3e7, 'SeDebugPrivilege'] };
  const xml = eventXml(hostile);
  expect(xml).toContain("<Data Name='SubjectUserName'>&lt;a b=&apos;c&apos;&gt;&amp;&quot;&#xD;\n</Data>");
  expect(xml).toContain("<Data Name='SubjectLogonId'>0x3e7</Data>");
  expect(xml).toMatch(/<TimeCreated SystemTime='2025-\d\d-\d\dT[\d:]{8}\.\d{3}0000Z'\/>/);
  expect(eventsXml(records).match(/<Event /g)!.length).toBe(records.length);
  expect(eventsXml(records.slice(0, 2), 'document')).toMatch(
    /^<\?xml [^>]*>\r\n<Events><Event .*<\/Event><\/Events>$/s,
  );
});

test('the collector writes fifteen columns, local times of its culture, quotes, CRLF', () => {
  const lines = text(collectorCsv(records, { zone: spec.zone, culture: 'en-US' })).split('\r\n');
  expect(lines[0]!.split(',').length).toBe(15);
  expect(lines.at(-1)).toBe('');
  expect(lines[1]).toMatch(/^"\d{1,2}\/\d{1,2}\/2025 \d{1,2}:\d\d:\d\d [AP]M","\w+","\d{4}","/);
  const german = text(
    collectorCsv(records, { zone: spec.zone, culture: 'de-DE', encoding: 'utf-16le', separator: ';' }),
    'utf-16le',
  );
  expect(german.split('\r\n')[1]).toMatch(/^"\d\d\.\d\d\.2025 \d\d:\d\d:\d\d";"/);
  const types = (name: string): number => lines.filter((line) => line.includes(`"${name}"`)).length;
  expect(types('WorkstationLocked')).toBe(records.filter(({ layout }) => layout === SECURITY.locked).length);
});

test('ASCII loses letters, UTF-8 and UTF-16 do not', () => {
  expect(text(encodeText('Zoë', 'ascii'))).toBe('Zo?');
  expect(text(encodeText('Zoë', 'utf-8-bom'))).toBe('Zoë');
  expect([...encodeText('é', 'utf-16le')]).toEqual([0xff, 0xfe, 0xe9, 0x00]);
});

test('Splunk has ten columns and epoch seconds', () => {
  const [header, first] = splunkCsv(records).split('\n');
  expect(header!.split(',').length).toBe(10);
  expect(first).toMatch(/^"17\d{8}\.\d{3}","/);
});

test('the agent tells of four things only, in whole seconds', () => {
  const posts = agentPosts(records);
  expect(new Set(posts.map(({ EventType }) => EventType))).toEqual(
    new Set(['Logon', 'Logoff', 'Lock', 'Unlock']),
  );
  expect(posts.filter(({ EventType }) => EventType === 'Logon').length).toBe(truth.length);
  for (const { Timestamp } of posts) expect(Timestamp).toMatch(/^2025-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect(agentCsv(records).split('\r\n').length).toBe(posts.length + 2);
});

test('every record of a session is understood by the core', () => {
  const events = records.map((record) => decode(toWindowsRecord(record))).filter((event) => event !== null);
  const signals = new Set(events.map(({ signal }) => signal));
  for (const signal of [
    'boot',
    'logon',
    'lock',
    'unlock',
    'logoffBegin',
    'logoff',
    'shutdown',
    'uptime',
  ] as const)
    expect(signals).toContain(signal);
});

test('naive pairing counts the nights in', () => {
  const events = records
    .map((record) => decode(toWindowsRecord(record)))
    .filter((event): event is SessionEvent => event !== null);
  const naiveMs = naiveSessions(events).reduce((sum, { useMs }) => sum + useMs, 0);
  const trueMs = truth.reduce((sum, { useMs }) => sum + useMs, 0);
  expect(naiveMs).toBeGreaterThan(1.1 * trueMs);
});
