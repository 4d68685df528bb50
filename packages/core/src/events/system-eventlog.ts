/** The classic `EventLog` source in the System channel: service start and stop, unexpected shutdown, daily uptime. */
import { defineProvider } from './definition.ts';
import { meaningOf } from './meaning.ts';
import { refineUnexpectedShutdown, refineUptime } from './refine.ts';

// biome-ignore format: a table reads better in rows
export const systemEventlog = defineProvider({
  provider: 'EventLog',
  channel: 'System',
  events: [
    { id: 6005, name: 'Event log service started', ...meaningOf('boot'), audit: null },
    { id: 6006, name: 'Event log service stopped', ...meaningOf('shutdown'), audit: null, constant: { shutdownKind: 'serviceStopped' } },
    { id: 6008, name: 'Previous shutdown was unexpected', ...meaningOf('crash'), audit: null, refine: refineUnexpectedShutdown },
    { id: 6009, name: 'Windows version at startup', ...meaningOf('boot'), audit: null, display: { note: '#1|param2' } },
    { id: 6011, name: 'Computer renamed', ...meaningOf('other'), audit: null, display: { reason: '#0|param1', note: '#1|param2' } },
    { id: 6013, name: 'Uptime', ...meaningOf('uptime'), audit: null, refine: refineUptime },
  ],
});
