/** Life of each terminal session, console included: survives when the Security log has rolled over. */
import { defineProvider } from './definition.ts';
import { meaningOf } from './meaning.ts';

const session = { domainUser: 'User', terminalSessionId: 'SessionID' } as const;
const remote = { ...session, sourceAddress: 'Address' } as const;
const constant = { witness: 'terminal' } as const;

// biome-ignore format: a table reads better in rows
export const localSessionManager = defineProvider({
  provider: 'Microsoft-Windows-TerminalServices-LocalSessionManager',
  channel: 'Microsoft-Windows-TerminalServices-LocalSessionManager/Operational',
  events: [
    { id: 21, name: 'Session logon', ...meaningOf('logon'), audit: null, fields: remote, constant },
    { id: 22, name: 'Shell started', ...meaningOf('other'), audit: null, fields: remote, constant },
    { id: 23, name: 'Session logoff', ...meaningOf('logoff'), audit: null, fields: session, constant },
    { id: 24, name: 'Session disconnected', ...meaningOf('disconnect'), audit: null, fields: remote, constant },
    { id: 25, name: 'Session reconnected', ...meaningOf('reconnect'), audit: null, fields: remote, constant },
    { id: 39, name: 'Disconnected by another session', ...meaningOf('disconnect'), audit: null, fields: { terminalSessionId: 'TargetSession' }, detail: { reason: 'Source' }, constant },
    { id: 40, name: 'Disconnected, with a reason code', ...meaningOf('disconnect'), audit: null, fields: { terminalSessionId: 'Session' }, detail: { reason: 'Reason' }, constant },
    { id: 41, name: 'Session arbitration begun', ...meaningOf('other'), audit: null, fields: session, constant },
    { id: 42, name: 'Session arbitration ended', ...meaningOf('other'), audit: null, fields: session, constant },
    { id: 54, name: 'Session manager told of the shutdown', ...meaningOf('other'), audit: null },
    { id: 59, name: 'Session manager trace: caller', ...meaningOf('other'), audit: null, fields: { terminalSessionId: 'SessionId' }, display: { processName: 'CallerImageName', note: 'Function' }, constant },
    { id: 60, name: 'Session manager trace: session', ...meaningOf('other'), audit: null, fields: { terminalSessionId: 'SessionID' }, constant },
    { id: 61, name: 'Session manager trace: user', ...meaningOf('other'), audit: null, fields: remote, constant },
  ],
});
