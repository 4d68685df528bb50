/** Layouts of the System channel: boots, shutdowns, crashes, sleep, the clock, and Winlogon's notifications. */
import { layoutsOf } from './layout.ts';
import { EVENTLOG_NAMESPACE } from './security.ts';

const channel = 'System';
const kernelGeneral = layoutsOf({
  provider: 'Microsoft-Windows-Kernel-General',
  guid: 'A68CA8B7-004F-D7B6-A698-07E2DE0F1F5D',
  channel,
  keywords: 0x8000000000000080n,
});
const kernelBoot = layoutsOf({
  provider: 'Microsoft-Windows-Kernel-Boot',
  guid: '15CA44FF-4D7A-4BAA-BBA5-0998955E531E',
  channel,
  keywords: 0x8000000000000000n,
});
const kernelPower = layoutsOf({
  provider: 'Microsoft-Windows-Kernel-Power',
  guid: '331C3B3A-2005-44C2-AC5E-77220C37D6B4',
  channel,
  keywords: 0x8000000000000404n,
});
const powerTroubleshooter = layoutsOf({
  provider: 'Microsoft-Windows-Power-Troubleshooter',
  guid: 'CDC05E28-C449-49C6-B9D2-88CF761644DF',
  channel,
  keywords: 0x8000000000000000n,
});
const winlogon = layoutsOf({
  provider: 'Microsoft-Windows-Winlogon',
  guid: 'DBE9B383-7CF3-4331-91CC-A3CB16A3B538',
  channel,
  keywords: 0x2000200000000000n,
});
const classic = layoutsOf({
  provider: 'EventLog',
  guid: null,
  channel,
  keywords: 0x80000000000000n,
  qualifiers: 32768,
});
const user32 = layoutsOf({
  provider: 'User32',
  guid: 'B0AA8734-56F7-41CC-B2F4-DE228E98B946',
  channel,
  keywords: 0x8080000000000000n,
  qualifiers: 32768,
});
const eventlog = layoutsOf({
  provider: 'Microsoft-Windows-Eventlog',
  guid: 'FC65DDD8-D6EF-4962-83D5-6E5CFE9CE148',
  channel,
  keywords: 0x8000000000000000n,
});

const CLOCK = `NewTime:filetime OldTime:filetime TimeDeltaInMs:uint64 Reason:uint32 ProcessName ProcessID:uint32`;
const STARTED = `MajorVersion:uint32 MinorVersion:uint32 BuildVersion:uint32 QfeVersion:uint32 ServiceVersion:uint32 BootMode:uint32 StartTime:filetime`;
const DIRTY = `BugcheckCode:uint32 BugcheckParameter1:hex64 BugcheckParameter2:hex64 BugcheckParameter3:hex64 BugcheckParameter4:hex64 SleepInProgress:uint32 PowerButtonTimestamp:uint64 BootAppStatus:uint32`;
const SLEPT = `SleepTime:filetime WakeTime:filetime SleepDuration:uint32 WakeDuration:uint32 DriverInitDuration:uint32 BiosInitDuration:uint32 HiberWriteDuration:uint32 HiberReadDuration:uint32 HiberPagesWritten:uint32 Attributes:hex32 TargetState:uint32 EffectiveState:uint32 WakeSourceType:uint32 WakeSourceTextLength:uint16 WakeSourceText WakeTimerOwnerLength:uint16 WakeTimerContextLength:uint32 NoMultiStageResumeReason:uint32 WakeTimerOwner WakeTimerContext`;
const STANDBY_EXIT = `EnergyDrain:uint32 DurationInUs:uint64 Reason:uint32 LidOpenState:boolean ScenarioInstanceId:uint32`;
const ABNORMAL = `ShutdownTime:systemtime ActualMaxInterval:uint32 TimestampForced:boolean`;

// biome-ignore format: a table
export const SYSTEM = {
  clockChanged:    kernelGeneral(1, CLOCK, { version: 2, task: 5, keywords: 0x8000000000000010n }),
  osStarted:       kernelGeneral(12, STARTED, { task: 1 }),
  osStopping:      kernelGeneral(13, 'StopTime:filetime', { task: 2 }),
  zoneBiasChanged: kernelGeneral(22, 'NewBias:int32 OldBias:int32', { task: 8, keywords: 0x8000000000000010n }),
  lastShutdown:    kernelBoot(20, 'LastShutdownGood:boolean LastBootGood:boolean LastBootId:uint32 BootStatusPolicy:uint32', { version: 1, task: 31 }),
  bootType:        kernelBoot(27, 'BootType:uint32 LoadOptions', { version: 1, task: 33 }),
  dirtyRestart:    kernelPower(41, DIRTY, { version: 3, level: 1, task: 63, keywords: 0x8000400000000002n }),
  sleepEntered:    kernelPower(42, 'TargetState:uint32 EffectiveState:uint32 Reason:uint32 Flags:uint32 TransitionsToOn:uint32', { version: 3, task: 64 }),
  resumed:         kernelPower(107, 'TargetState:uint32 EffectiveState:uint32 WakeFromState:uint32 ProgrammedWakeTimeAc:filetime ProgrammedWakeTimeDc:filetime WakeRequesterTypeAc:uint32 WakeRequesterTypeDc:uint32', { version: 1, task: 102 }),
  transition:      kernelPower(109, 'ShutdownActionType:uint32 ShutdownEventCode:uint32 ShutdownReason:uint32', { task: 103 }),
  standbyEntered:  kernelPower(506, 'Reason:uint32 LidOpenState:boolean ExternalMonitorConnectedState:boolean ScenarioInstanceId:uint32', { version: 3, task: 157 }),
  standbyLeft:     kernelPower(507, STANDBY_EXIT, { version: 4, task: 158 }),
  slept:           powerTroubleshooter(1, SLEPT, { version: 3 }),
  userArrived:     winlogon(7001, 'TSId:uint32 UserSid:sid', { task: 1101 }),
  userLeft:        winlogon(7002, 'TSId:uint32 UserSid:sid', { task: 1102 }),
  logStarted:      classic(6005, ':strings Binary:binary'),
  logStopped:      classic(6006, ':strings Binary:binary'),
  unexpected:      classic(6008, ':strings Binary:binary', { level: 2 }),
  osVersion:       classic(6009, ':strings Binary:binary'),
  uptime:          classic(6013, ':strings Binary:binary'),
  shutdownRequest: user32(1074, 'param1 param2 param3 param4 param5 param6 param7'),
  systemCleared:   eventlog(104, 'SubjectUserName SubjectDomainName Channel BackupPath', { task: 104, userData: { element: 'LogFileCleared', namespace: EVENTLOG_NAMESPACE } }),
  abnormalEnd:     eventlog(108, ABNORMAL, { level: 2, task: 100, userData: { element: 'AbnormalShutdown', namespace: EVENTLOG_NAMESPACE } }),
} as const;
