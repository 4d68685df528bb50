/** Logon, lock and session events of the Security channel, in the order a session lives through them. */
import { defineProvider } from './definition.ts';
import { meaningOf } from './meaning.ts';
import { refineTimeChange } from './refine.ts';

const target = {
  sid: 'TargetUserSid',
  user: 'TargetUserName',
  domain: 'TargetDomainName',
  logonId: 'TargetLogonId',
} as const;
/** These carry no SID, and spell the logon ID with a capital D. */
const account = {
  user: 'AccountName',
  domain: 'AccountDomain',
  logonId: 'LogonID',
  sessionName: 'SessionName',
  clientName: 'ClientName',
  sourceAddress: 'ClientAddress',
} as const;
const subject = {
  sid: 'SubjectUserSid',
  user: 'SubjectUserName',
  domain: 'SubjectDomainName',
  logonId: 'SubjectLogonId',
} as const;
const subjectDetail = {
  subjectSid: 'SubjectUserSid',
  subjectUser: 'SubjectUserName',
  subjectDomain: 'SubjectDomainName',
  subjectLogonId: 'SubjectLogonId',
} as const;
const network = { sourceAddress: 'IpAddress', sourcePort: 'IpPort' } as const;
const authentication = {
  logonType: 'LogonType',
  logonProcess: 'LogonProcessName',
  authPackage: 'AuthenticationPackageName',
  workstation: 'WorkstationName',
  ...network,
} as const;
const authenticationDisplay = {
  lmPackage: 'LmPackageName',
  keyLength: 'KeyLength',
} as const;

const session = { ...target, terminalSessionId: 'SessionId' } as const;
const witness = { witness: 'security' } as const;

const page = (id: number): { id: number; link: string } => ({
  id,
  link: `https://learn.microsoft.com/en-us/previous-versions/windows/it-pro/windows-10/security/threat-protection/auditing/event-${id}`,
});

// biome-ignore format: a table reads better in rows
export const securityAuditing = defineProvider({
  provider: 'Microsoft-Windows-Security-Auditing',
  channel: 'Security',
  events: [
    { ...page(4608), name: 'Windows is starting up', ...meaningOf('boot'), audit: 'Security State Change' },
    { ...page(4609), name: 'Windows is shutting down', ...meaningOf('shutdown'), audit: 'Security State Change', constant: { shutdownKind: 'kernelStopped' } },
    { ...page(4616), name: 'System time changed', ...meaningOf('clockChange'), audit: 'Security State Change', fields: subject,
      detail: { processName: 'ProcessName' }, refine: refineTimeChange('PreviousTime', 'NewTime') },
    { ...page(4621), name: 'Administrator recovered from crash on audit failure', ...meaningOf('other'), audit: 'Security State Change',
      display: { note: 'CrashOnAuditFailValue' } },

    { ...page(4624), name: 'Logon', word: 'Login', ...meaningOf('logon'), audit: 'Logon',
      fields: { ...target, ...authentication, linkedLogonId: 'TargetLinkedLogonId', elevated: 'ElevatedToken' },
      // Twins of one logon share the process that asked for it.
      detail: { processId: 'ProcessId', processName: 'ProcessName' }, display: { ...authenticationDisplay, impersonationLevel: 'ImpersonationLevel' }, constant: witness },
    { ...page(4625), name: 'Logon failed', word: 'LoginFailed', ...meaningOf('logonFailed'), audit: 'Logon',
      fields: { sid: target.sid, user: target.user, domain: target.domain, ...authentication, status: 'Status', subStatus: 'SubStatus' },
      display: { processName: 'ProcessName', ...authenticationDisplay, ...subjectDetail } },
    { ...page(4648), name: 'Logon with explicit credentials', word: 'ExplicitLogin', ...meaningOf('explicitCredentials'), audit: 'Logon',
      fields: { user: target.user, domain: target.domain, ...network },
      detail: subjectDetail, display: { targetServer: 'TargetServerName', processName: 'ProcessName' } },
    { ...page(4649), name: 'Replay attack detected', ...meaningOf('other'), audit: 'Other Logon/Logoff Events',
      fields: { user: target.user, domain: target.domain, workstation: 'WorkstationName' }, display: subjectDetail },
    { ...page(4672), name: 'Special privileges assigned to new logon', word: 'TokenElevated', ...meaningOf('elevated'), audit: 'Special Logon',
      fields: subject, display: { privileges: 'PrivilegeList' } },
    { ...page(4964), name: 'Special groups assigned to new logon', ...meaningOf('other'), audit: 'Special Logon', fields: target,
      display: { ...subjectDetail, note: 'SidList' } },

    { ...page(4647), name: 'Logoff begun by the user', word: 'UserInitiatedLogoff', ...meaningOf('logoffBegin'), audit: 'Logoff', fields: target, constant: witness },
    { ...page(4634), name: 'Logoff', word: 'Logoff', ...meaningOf('logoff'), audit: 'Logoff', fields: { ...target, logonType: 'LogonType' }, constant: witness },

    { ...page(4779), name: 'Session disconnected', word: 'SessionDisconnected', ...meaningOf('disconnect'), audit: 'Other Logon/Logoff Events', fields: account },
    { ...page(4778), name: 'Session reconnected', word: 'SessionReconnected', ...meaningOf('reconnect'), audit: 'Other Logon/Logoff Events', fields: account },
    { ...page(4800), name: 'Workstation locked', word: 'WorkstationLocked', ...meaningOf('lock'), audit: 'Other Logon/Logoff Events', fields: session },
    { ...page(4801), name: 'Workstation unlocked', word: 'WorkstationUnlocked', ...meaningOf('unlock'), audit: 'Other Logon/Logoff Events', fields: session },
    { ...page(4802), name: 'Screen saver started', word: 'ScreensaverOn', ...meaningOf('screensaverOn'), audit: 'Other Logon/Logoff Events', fields: session },
    { ...page(4803), name: 'Screen saver dismissed', word: 'ScreensaverOff', ...meaningOf('screensaverOff'), audit: 'Other Logon/Logoff Events', fields: session },
    { ...page(4825), name: 'Remote Desktop access denied', ...meaningOf('other'), audit: 'Other Logon/Logoff Events',
      fields: { user: 'AccountName', domain: 'AccountDomain', logonId: 'LogonID', sourceAddress: 'ClientAddress' } },

    { ...page(4719), name: 'Audit policy changed', ...meaningOf('auditChanged'), audit: 'Audit Policy Change', fields: subject,
      detail: { subcategory: 'SubcategoryGuid', changes: 'AuditPolicyChanges' } },
    { ...page(4740), name: 'Account locked out', ...meaningOf('other'), audit: 'User Account Management',
      fields: { sid: 'TargetSid', user: target.user }, display: { ...subjectDetail, targetServer: 'TargetDomainName' } },
  ],
});
