/** Which Security events the SessionSentry collector and its Splunk query export, under which word. */
import { SECURITY } from '../layouts/index.ts';
import type { SimRecord } from '../record.ts';
import { fieldText } from './windows-record.ts';

const WORDS: ReadonlyMap<number, string> = new Map([
  [SECURITY.logonV2.id, 'Login'],
  [SECURITY.logonFailed.id, 'LoginFailed'],
  [SECURITY.logoff.id, 'Logoff'],
  [SECURITY.logoffBegun.id, 'UserInitiatedLogoff'],
  [SECURITY.explicit.id, 'ExplicitLogin'],
  [SECURITY.privileges.id, 'TokenElevated'],
  [SECURITY.reconnected.id, 'SessionReconnected'],
  [SECURITY.disconnected.id, 'SessionDisconnected'],
  [SECURITY.locked.id, 'WorkstationLocked'],
  [SECURITY.unlocked.id, 'WorkstationUnlocked'],
  [SECURITY.screensaverOn.id, 'ScreensaverOn'],
  [SECURITY.screensaverOff.id, 'ScreensaverOff'],
]);

export interface CollectedRow {
  readonly record: SimRecord;
  readonly word: string;
  readonly user: string;
  readonly domain: string;
}

/** First of the named fields that is there. */
export function firstField(record: SimRecord, ...names: readonly string[]): string {
  for (const name of names) {
    const text = fieldText(record, name);
    if (text !== null) return text;
  }
  return '';
}

const SYSTEM_USER = /^(?:SYSTEM|NETWORK SERVICE|LOCAL SERVICE|DWM-\d+|UMFD-\d+)$|\$$/i;

/** The collected events of people, by time: system accounts are left out by their English names. */
export function collectedRows(records: Iterable<SimRecord>): CollectedRow[] {
  const rows: CollectedRow[] = [];
  for (const record of records) {
    if (record.layout.channel !== 'Security') continue;
    const word = WORDS.get(record.layout.id);
    if (word === undefined) continue;
    const user = firstField(record, 'TargetUserName', 'AccountName', 'SubjectUserName');
    const domain = firstField(record, 'TargetDomainName', 'AccountDomain', 'SubjectDomainName');
    if (user === '' || SYSTEM_USER.test(user) || domain === 'NT AUTHORITY') continue;
    rows.push({ record, word, user, domain });
  }
  return rows.sort((left, right) => left.record.time - right.record.time);
}
