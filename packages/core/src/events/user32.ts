/** Who asked for a shutdown or restart, with what reason. */
import { defineProvider } from './definition.ts';
import { meaningOf } from './meaning.ts';

// biome-ignore format: a table reads better in rows
export const user32 = defineProvider({
  provider: 'User32',
  aliases: ['USER32'],
  channel: 'System',
  events: [
    // Older versions of Windows write the same seven values without names.
    { id: 1074, name: 'Shutdown requested', ...meaningOf('shutdown'), audit: null, fields: { domainUser: 'param7|#6' }, constant: { shutdownKind: 'request' },
      display: { processName: 'param1|#0', reason: 'param3|#2', note: 'param5|#4' } },
    { id: 1076, name: 'Reason for an unexpected shutdown', ...meaningOf('other'), audit: null, fields: { domainUser: 'param6|#5' }, display: { reason: 'param1|#0' } },
  ],
});
