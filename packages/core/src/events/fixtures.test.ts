/** Events of real computers, as another reader decoded their fields: all are understood, and nothing is lost on the way. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SessionEvent } from '../model.ts';
import { decode } from './decode.ts';
import { windowsRecord } from './testdata/record.ts';

const FOLDER = resolve(import.meta.dirname, '../../../../../shared/fixtures/evtx/golden');
const present = existsSync(FOLDER);
if (!present) console.log(`skipped: real events are not at ${FOLDER}`);

interface Golden {
  readonly recordId: string;
  readonly eventId: number;
  readonly time: string;
  readonly provider: string;
  readonly channel: string;
  readonly computer: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
}
interface Pair {
  readonly golden: Golden;
  readonly fields: Readonly<Record<string, string>>;
  readonly event: SessionEvent | null;
}

function pairsOf(file: string): Pair[] {
  const lines = readFileSync(join(FOLDER, file), 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => {
    const golden: Golden = JSON.parse(line);
    const fields = Object.fromEntries([...golden.fields].reverse());
    const { provider, channel, eventId, computer } = golden;
    const time = Date.parse(`${golden.time}Z`);
    const recordId = Number(golden.recordId);
    return {
      golden,
      fields,
      event: decode(windowsRecord({ provider, channel, eventId, computer, time, recordId, fields })),
    };
  });
}

const ALL = present
  ? readdirSync(FOLDER)
      .filter((name) => name.endsWith('.jsonl'))
      .flatMap(pairsOf)
  : [];

/** `-` and nothing are nothing. */
const plain = (text: string | undefined): string | null =>
  text === undefined || text === '' || text === '-' ? null : text;

describe.runIf(present)('real events', () => {
  test('are all understood', () => {
    expect(ALL.length).toBeGreaterThan(400);
    expect(ALL.filter(({ event }) => event === null).map(({ golden }) => golden.eventId)).toEqual([]);
  });

  test('keep when, where and which', () => {
    for (const { golden, event } of ALL)
      expect(event).toMatchObject({
        time: Date.parse(`${golden.time}Z`),
        eventId: golden.eventId,
        recordId: Number(golden.recordId),
        channel: golden.channel,
        provider: golden.provider,
        computer: golden.computer.split('.')[0]!.toUpperCase(),
      });
  });

  test('of logons keep every field', () => {
    const logons = ALL.filter(({ event }) => event?.logonType !== null && event?.signal !== 'logonFailed');
    expect(logons.length).toBeGreaterThan(150);
    for (const { fields, event } of logons) {
      expect(event).toMatchObject({
        sid: fields.TargetUserSid,
        user: plain(fields.TargetUserName),
        domain: plain(fields.TargetDomainName),
        logonId: fields.TargetLogonId,
        logonType: Number(fields.LogonType),
        workstation: plain(fields.WorkstationName),
        sourcePort: plain(fields.IpPort) === '0' ? null : plain(fields.IpPort) && Number(fields.IpPort),
        authPackage: plain(fields.AuthenticationPackageName),
        elevated: fields.ElevatedToken === undefined ? null : fields.ElevatedToken === '%%1842',
      });
    }
  });

  test('of failed logons have a reason in words', () => {
    const failed = ALL.filter(({ event }) => event?.signal === 'logonFailed');
    expect(failed.length).toBeGreaterThan(10);
    for (const { event } of failed) expect(event?.failureReason).toMatch(/^[a-z]/);
  });

  test('of clock changes know both times, however old the Windows', () => {
    const changes = ALL.filter(({ event }) => event?.signal === 'clockChange');
    expect(changes.length).toBeGreaterThan(10);
    for (const { event } of changes) {
      expect(event?.detail?.previousTime).toBeTypeOf('number');
      expect(Math.abs(event!.detail!.newTime! - event!.time)).toBeLessThan(2_000);
    }
  });
});
