/** Small logs for tests, written as one reads them: time, word, account, logon ID. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROVIDERS } from '@logonscope/core';

const HEADER =
  'Timestamp,EventType,EventId,Username,Domain,LogonId,LinkedLogonId,WorkstationName,IPAddress,LogonType,SessionName,Status,FailureReason,IsElevated,SecurityId';

/** SessionSentry's words and the event IDs that go with them. */
const EVENT_IDS: ReadonlyMap<string, number> = new Map(
  PROVIDERS.flatMap(({ events }) => events).flatMap(({ word, id }) =>
    word === undefined ? [] : [[word, id]],
  ),
);

/**
 * A collector CSV of one computer. A line reads `3 09:00:00 Login alice 0x3e9a Interactive`: day of November 2025,
 * wall clock, word, account in CORP, logon ID, logon type.
 */
export function collectorCsv(story: string, computer = 'PC1'): string {
  const rows = story
    .trim()
    .split(/\n\s*/)
    .map((line) => {
      const [day, clock, word, user, logonId = '', logonType = ''] = line.trim().split(/\s+/);
      const sid = `S-1-5-21-1-2-3-${1000 + user!.charCodeAt(0)}`;
      const [hour, minute, second] = clock!.split(':').map(Number);
      const half = hour! < 12 ? 'AM' : 'PM';
      const two = (n: number) => String(n).padStart(2, '0');
      const time = `11/${day}/2025 ${hour! % 12 || 12}:${two(minute!)}:${two(second!)} ${half}`;
      const cells = [time, word, EVENT_IDS.get(word!), user, 'CORP', logonId, '', computer, 'N/A', logonType];
      return [...cells, '', 'N/A', '', 'False', sid].map((cell) => `"${cell ?? ''}"`).join(',');
    });
  return [HEADER, ...rows, ''].join('\r\n');
}

/** Eight hours with an hour's lock and a screen saver inside it, and a short visit of somebody else the next day. */
export const OFFICE_DAYS = `
  3 09:00:00 Login               alice 0x3e9a Interactive
  3 12:00:00 WorkstationLocked   alice 0x3e9a
  3 12:10:00 ScreensaverOn       alice 0x3e9a
  3 12:50:00 ScreensaverOff      alice 0x3e9a
  3 13:00:00 WorkstationUnlocked alice 0x3e9a
  3 17:00:00 Logoff              alice 0x3e9a Interactive
  4 08:00:00 LoginFailed         bob
  4 08:00:10 Login               bob   0x7b01 Interactive
  4 09:00:10 Logoff              bob   0x7b01 Interactive
`;

/**
 * Event XML of one computer's Security and System log. A line reads `09:00:00 4624 TargetUserName=alice LogonType=2`;
 * an ID of another provider than Security-Auditing has it before a slash: `Microsoft-Windows-Kernel-General/12`.
 */
export function eventXml(story: string): string {
  const events = story
    .trim()
    .split(/\n\s*/)
    .map((line, index) => {
      const [clock, kind, ...fields] = line.split(/\s+/);
      const [id, provider = 'Microsoft-Windows-Security-Auditing'] = kind!.split('/').reverse();
      const channel = provider.endsWith('Auditing') ? 'Security' : 'System';
      const data = fields.map((field) => `<Data Name="${field.split('=')[0]}">${field.split('=')[1]}</Data>`);
      return (
        `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="${provider}"/>` +
        `<EventID>${id}</EventID><TimeCreated SystemTime="2025-11-03T${clock}.000Z"/><EventRecordID>${index + 1}</EventRecordID>` +
        `<Channel>${channel}</Channel><Computer>PC1</Computer></System><EventData>${data.join('')}</EventData></Event>`
      );
    });
  return `<Events>${events.join('')}</Events>`;
}

/** A folder that is removed again, with the files named. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array>>): {
  path: (name: string) => string;
  remove: () => void;
} {
  const folder = mkdtempSync(join(tmpdir(), 'logonscope-cli-'));
  const path = (name: string) => join(folder, name);
  for (const [name, content] of Object.entries(files)) writeFileSync(path(name), content);
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
