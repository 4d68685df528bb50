// What travels of a log's event is what the core understands of it: decoded from it, the event is the same.
import { existsSync, readFileSync } from 'node:fs';
import { decode, type WindowsRecord } from '@logonscope/core';
import { describe, expect, it } from 'vitest';
import { channelsOf } from './channels.ts';
import { logEvent } from './log-record.ts';

const xml = (
  id: number,
  data: Readonly<Record<string, string>>,
) => `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System>
<Provider Name="Microsoft-Windows-Security-Auditing" Guid="{54849625-5478-4994-a5ba-3e3b0328c30d}"/><EventID>${id}</EventID>
<TimeCreated SystemTime="2026-03-02T08:00:00.1234567Z"/><EventRecordID>77</EventRecordID><Channel>Security</Channel>
<Computer>pc-1.example.org</Computer></System><EventData>${Object.entries(data)
  .map(([name, value]) => `<Data Name="${name}">${value}</Data>`)
  .join('')}</EventData></Event>`;

const LOCK = {
  ...{ TargetUserSid: 'S-1-5-21-1-2-3-1001', TargetUserName: 'jana', TargetDomainName: 'ACME' },
  ...{ TargetLogonId: '0x3e1a2b', SessionId: '2' },
};
const never = () => false;

describe('an event of the log', () => {
  it('travels with what is understood of it, and is one of the four words', async () => {
    const event = await logEvent(xml(4800, LOCK), never);
    expect(event).toEqual({
      time: Date.UTC(2026, 2, 2, 8, 0, 0, 123),
      plain: { word: 'Lock', user: 'jana' },
      upload: {
        ...{
          provider: 'Microsoft-Windows-Security-Auditing',
          eventId: 4800,
          channel: 'Security',
          recordId: 77,
        },
        ...{ computer: 'pc-1.example.org', time: '2026-03-02T08:00:00.123Z', fields: LOCK },
      },
    });
  });

  it('says the same at the other end', async () => {
    const logon = {
      ...{
        SubjectUserSid: 'S-1-5-18',
        TargetUserSid: 'S-1-5-21-1-2-3-1001',
        TargetUserName: 'jana',
        TargetDomainName: 'ACME',
      },
      ...{
        TargetLogonId: '0x3e1a2b',
        LogonType: '10',
        LogonProcessName: 'User32 ',
        AuthenticationPackageName: 'Negotiate',
      },
      ...{
        WorkstationName: 'PC-1',
        IpAddress: '192.0.2.7',
        IpPort: '50000',
        TargetLinkedLogonId: '0x3e1a99',
        ElevatedToken: '%%1842',
      },
    };
    const { upload } = (await logEvent(xml(4624, logon), never))!;
    if ('type' in upload) throw new Error('expected a record of Windows');
    const fields = upload.fields as Record<string, string>;
    const arrived: WindowsRecord = {
      ...{
        kind: 'windows',
        provider: upload.provider,
        eventId: upload.eventId,
        channel: 'Security',
        recordId: 77,
      },
      ...{ computer: upload.computer, time: Date.parse(upload.time), field: (name) => fields[name] ?? null },
      source: { file: 'x' },
    };
    const whole: WindowsRecord = {
      ...arrived,
      field: (name) => (logon as Record<string, string>)[name] ?? null,
    };
    expect(decode(arrived)).toEqual(decode(whole));
    expect(decode(arrived)).toMatchObject({
      signal: 'logon',
      user: 'jana',
      logonType: 10,
      linkedLogonId: '0x3e1a99',
    });
  });

  it('leaves out services, and what cannot be read', async () => {
    const service = {
      ...LOCK,
      TargetUserSid: 'S-1-5-18',
      TargetUserName: 'SYSTEM',
      TargetLogonId: '0x3e7',
      LogonType: '5',
    };
    expect(await logEvent(xml(4624, service), never)).toBe(null);
    expect(await logEvent(xml(5156, LOCK), never)).toBe(null);
    expect(await logEvent('<Event>', never)).toBe(null);
    expect(await logEvent('', never)).toBe(null);
  });

  it('is no plain word again where a notice told the same', async () => {
    const event = await logEvent(xml(4800, LOCK), ({ word, user }) => word === 'Lock' && user === 'jana');
    expect(event).toMatchObject({ plain: null, upload: { eventId: 4800 } });
  });
});

describe('queries', () => {
  const all = channelsOf(['security', 'system', 'terminal']);

  it('ask for every event that the core knows, and no other', () => {
    for (const { query } of all)
      expect(query).toMatch(/^\*\[System\[\(Provider\[@Name='[\w-]+'\] and \(.*\)\)\]\]$/);
    const security = all
      .filter(({ channel }) => channel === 'Security')
      .map(({ query }) => query)
      .join();
    for (const id of [4624, 4625, 4634, 4647, 4778, 4779])
      expect(security).toMatch(new RegExp(`\\b(EventID=${id}|EventID >= \\d+)\\b`));
    expect(security).toContain('(EventID >= 4800 and EventID <= 4803)');
  });

  it('have no more terms than Windows takes, and a bookmark each', () => {
    for (const { query } of all) expect(query.split(/ or /).length).toBeLessThanOrEqual(20);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  it('only of the logs that are wanted', () => {
    expect(channelsOf(['system']).every(({ channel }) => channel === 'System')).toBe(true);
    expect(channelsOf(['notices'])).toEqual([]);
  });
});

const EXPORT = new URL(
  '../../../../../shared/fixtures/evtx/golden/system-win11.windows-export.xml',
  import.meta.url,
);
it.runIf(existsSync(EXPORT))('events that Windows itself wrote as XML', async () => {
  const events = readFileSync(EXPORT, 'utf8').match(/<Event[\s>].*?<\/Event>/gs)!;
  const kept = (await Promise.all(events.map((one) => logEvent(one, never)))).filter(
    (event) => event !== null,
  );
  expect(kept.length).toBeGreaterThan(0);
  for (const { upload } of kept)
    expect(upload).toMatchObject({ channel: 'System', provider: expect.any(String) });
});
