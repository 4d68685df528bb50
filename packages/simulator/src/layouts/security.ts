/** Layouts of the Security channel, with the fields that real logs have. */
import { layoutsOf } from './layout.ts';

const AUDIT_SUCCESS = 0x8020000000000000n;
const AUDIT_FAILURE = 0x8010000000000000n;
export const EVENTLOG_NAMESPACE = 'http://manifests.microsoft.com/win/2004/08/windows/eventlog';

const auditing = layoutsOf({
  provider: 'Microsoft-Windows-Security-Auditing',
  guid: '54849625-5478-4994-A5BA-3E3B0328C30D',
  channel: 'Security',
  level: 0,
  keywords: AUDIT_SUCCESS,
});
const eventlog = layoutsOf({
  provider: 'Microsoft-Windows-Eventlog',
  guid: 'FC65DDD8-D6EF-4962-83D5-6E5CFE9CE148',
  channel: 'Security',
  keywords: 0x4020000000000000n,
});

const SUBJECT = 'SubjectUserSid:sid SubjectUserName SubjectDomainName SubjectLogonId:hex64';
const TARGET = 'TargetUserSid:sid TargetUserName TargetDomainName TargetLogonId:hex64';
const LOGON_V0 =
  `${SUBJECT} ${TARGET} LogonType:uint32 LogonProcessName AuthenticationPackageName WorkstationName
 LogonGuid:guid TransmittedServices LmPackageName KeyLength:uint32 ProcessId:hex64 ProcessName IpAddress IpPort`.replace(
    '\n',
    '',
  );
const LOGON_V1 = `${LOGON_V0} ImpersonationLevel`;
const LOGON_V2 = `${LOGON_V1} RestrictedAdminMode TargetOutboundUserName TargetOutboundDomainName VirtualAccount TargetLinkedLogonId:hex64 ElevatedToken`;
const FAILED = `${SUBJECT} TargetUserSid:sid TargetUserName TargetDomainName Status:hex32 FailureReason SubStatus:hex32 LogonType:uint32 LogonProcessName AuthenticationPackageName WorkstationName TransmittedServices LmPackageName KeyLength:uint32 ProcessId:hex64 ProcessName IpAddress IpPort`;
const EXPLICIT = `${SUBJECT} LogonGuid:guid TargetUserName TargetDomainName TargetLogonGuid:guid TargetServerName TargetInfo ProcessId:hex64 ProcessName IpAddress IpPort`;
const REMOTE = 'AccountName AccountDomain LogonID:hex64 SessionName ClientName ClientAddress';
const DESKTOP = `${TARGET} SessionId:uint32`;
const PROCESS = `${SUBJECT} NewProcessId:hex64 NewProcessName TokenElevationType ProcessId:hex64 CommandLine ${TARGET} ParentProcessName MandatoryLabel:sid`;

// biome-ignore format: a table
export const SECURITY = {
  started:         auditing(4608, '', { task: 12288 }),
  timeChanged:     auditing(4616, `${SUBJECT} PreviousTime:filetime NewTime:filetime ProcessId:hex64 ProcessName`, { task: 12288, version: 1 }),
  logonV0:         auditing(4624, LOGON_V0, { task: 12544 }),
  logonV1:         auditing(4624, LOGON_V1, { task: 12544, version: 1 }),
  logonV2:         auditing(4624, LOGON_V2, { task: 12544, version: 2 }),
  logonFailed:     auditing(4625, FAILED, { task: 12544, keywords: AUDIT_FAILURE }),
  logoff:          auditing(4634, `${TARGET} LogonType:uint32`, { task: 12545 }),
  logoffBegun:     auditing(4647, TARGET, { task: 12545 }),
  explicit:        auditing(4648, EXPLICIT, { task: 12544 }),
  privileges:      auditing(4672, `${SUBJECT} PrivilegeList`, { task: 12548 }),
  processCreated:  auditing(4688, PROCESS, { task: 13312, version: 2 }),
  processExited:   auditing(4689, `${SUBJECT} Status:hex32 ProcessId:hex64 ProcessName`, { task: 13313 }),
  policyChanged:   auditing(4719, `${SUBJECT} CategoryId SubcategoryId SubcategoryGuid:guid AuditPolicyChanges`, { task: 13568 }),
  reconnected:     auditing(4778, REMOTE, { task: 12551 }),
  disconnected:    auditing(4779, REMOTE, { task: 12551 }),
  locked:          auditing(4800, DESKTOP, { task: 12551 }),
  unlocked:        auditing(4801, DESKTOP, { task: 12551 }),
  screensaverOn:   auditing(4802, DESKTOP, { task: 12551 }),
  screensaverOff:  auditing(4803, DESKTOP, { task: 12551 }),
  serviceStopped:  eventlog(1100, '', { task: 103, userData: { element: 'ServiceShutdown', namespace: EVENTLOG_NAMESPACE } }),
  eventsDropped:   eventlog(1101, 'Reason:uint32', { level: 2, task: 101, userData: { element: 'AuditEventsDropped', namespace: EVENTLOG_NAMESPACE } }),
  cleared:         eventlog(1102, SUBJECT, { task: 104, userData: { element: 'LogFileCleared', namespace: EVENTLOG_NAMESPACE } }),
} as const;
