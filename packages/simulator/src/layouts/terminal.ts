/** Layouts of the two Terminal Services channels, whose values stand in UserData. */
import { layoutsOf } from './layout.ts';

const userData = { element: 'EventXML', namespace: 'Event_NS' };
const sessions = layoutsOf({
  provider: 'Microsoft-Windows-TerminalServices-LocalSessionManager',
  guid: '5D896912-022D-40AA-A3A8-4FA5515C76D7',
  channel: 'Microsoft-Windows-TerminalServices-LocalSessionManager/Operational',
  keywords: 0x1000000000000000n,
  userData,
});
const connections = layoutsOf({
  provider: 'Microsoft-Windows-TerminalServices-RemoteConnectionManager',
  guid: 'C76BAA63-AE81-421C-B425-340B4B24157F',
  channel: 'Microsoft-Windows-TerminalServices-RemoteConnectionManager/Operational',
  keywords: 0x1000000000000000n,
  userData,
});

// biome-ignore format: a table
export const TERMINAL = {
  logon:            sessions(21, 'User SessionID:uint32 Address'),
  shellStarted:     sessions(22, 'User SessionID:uint32 Address'),
  logoff:           sessions(23, 'User SessionID:uint32'),
  disconnected:     sessions(24, 'User SessionID:uint32 Address'),
  reconnected:      sessions(25, 'User SessionID:uint32 Address'),
  displaced:        sessions(39, 'TargetSession:uint32 Source:uint32'),
  disconnectReason: sessions(40, 'Session:uint32 Reason:uint32'),
  arbitrationBegun: sessions(41, 'User SessionID:uint32'),
  arbitrationEnded: sessions(42, 'User SessionID:uint32'),
  authenticated:    connections(1149, 'Param1 Param2 Param3'),
} as const;
