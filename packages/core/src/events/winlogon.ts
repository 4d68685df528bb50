/** Winlogon's notifications: one row for each logon and logoff of a person, without any audit policy. */
import { defineProvider } from './definition.ts';
import { meaningOf } from './meaning.ts';

const fields = { sid: 'UserSid', terminalSessionId: 'TSId' } as const;
const constant = { witness: 'winlogon' } as const;

// biome-ignore format: a table reads better in rows
export const winlogon = defineProvider({
  provider: 'Microsoft-Windows-Winlogon',
  channel: 'System',
  events: [
    { id: 7001, name: 'User logon notification', ...meaningOf('logon'), audit: null, fields, constant },
    { id: 7002, name: 'User logoff notification', ...meaningOf('logoff'), audit: null, fields, constant },
  ],
});
