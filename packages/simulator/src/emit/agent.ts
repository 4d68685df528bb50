/** What a winagentUSM would have sent or kept: logon, logoff, lock and unlock, without any session number. */
import { SECURITY, TERMINAL } from '../layouts/index.ts';
import type { SimRecord } from '../record.ts';
import { fieldText } from './windows-record.ts';

export interface AgentNotice {
  readonly word: 'Logon' | 'Logoff' | 'Lock' | 'Unlock';
  readonly user: string;
  readonly computer: string;
  readonly time: number;
}

/** Body of a post to `/api/log_event`. */
export interface AgentPost {
  readonly EventType: AgentNotice['word'];
  readonly UserName: string;
  readonly ComputerName: string;
  readonly LocalIP: string;
  /** ISO 8601 in whole seconds with `Z`. */
  readonly Timestamp: string;
}

/** The agent hears what the session manager tells, which is when these records are written. */
const HEARD = new Map<SimRecord['layout'], AgentNotice['word']>([
  [TERMINAL.logon, 'Logon'],
  [TERMINAL.logoff, 'Logoff'],
  [SECURITY.locked, 'Lock'],
  [SECURITY.unlocked, 'Unlock'],
]);

export function agentNotices(records: Iterable<SimRecord>): AgentNotice[] {
  const notices: AgentNotice[] = [];
  for (const record of records) {
    const word = HEARD.get(record.layout);
    if (word === undefined) continue;
    const account = fieldText(record, 'TargetUserName') ?? fieldText(record, 'User') ?? '';
    const user = account.slice(account.indexOf('\\') + 1);
    notices.push({ word, user, computer: record.computer.split('.')[0]!, time: record.time });
  }
  return notices;
}

const wholeSeconds = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

export function agentPosts(records: Iterable<SimRecord>, localIp = '192.168.40.21'): AgentPost[] {
  return agentNotices(records).map(({ word, user, computer, time }) => ({
    EventType: word,
    UserName: user,
    ComputerName: computer,
    LocalIP: localIp,
    Timestamp: wholeSeconds(time),
  }));
}

/** The agent's own `event_log.csv`, everything delivered. */
export function agentCsv(records: Iterable<SimRecord>, localIp = '192.168.40.21'): string {
  const lines = agentNotices(records).map(({ word, user, computer, time }) =>
    [word, user, computer, localIp, wholeSeconds(time), '1'].join(','),
  );
  return ['eventtype,username,hostname,ipaddress,timestamp,send_status', ...lines]
    .map((line) => `${line}\r\n`)
    .join('');
}
