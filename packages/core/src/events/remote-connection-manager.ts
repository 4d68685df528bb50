/** Remote Desktop's listener: who proved an identity from where, before there is any session. */
import { defineProvider } from './definition.ts';
import { meaningOf } from './meaning.ts';

// biome-ignore format: a table reads better in rows
export const remoteConnectionManager = defineProvider({
  provider: 'Microsoft-Windows-TerminalServices-RemoteConnectionManager',
  channel: 'Microsoft-Windows-TerminalServices-RemoteConnectionManager/Operational',
  events: [
    { id: 261, name: 'Connection received by the listener', ...meaningOf('other'), audit: null, display: { note: 'listenerName' } },
    { id: 1149, name: 'Network level authentication passed', ...meaningOf('remoteConnection'), audit: null,
      fields: { user: 'Param1', domain: 'Param2', sourceAddress: 'Param3' } },
    { id: 1158, name: 'Connection request accepted', ...meaningOf('other'), audit: null, fields: { sourceAddress: 'Param1' } },
  ],
});
