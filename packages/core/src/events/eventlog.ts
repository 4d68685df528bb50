/** What the event log service says about its own logs: cleared, full, losing events, shut down. */
import { defineProvider } from './definition.ts';
import { meaningOf } from './meaning.ts';

const subject = {
  sid: 'SubjectUserSid',
  user: 'SubjectUserName',
  domain: 'SubjectDomainName',
  logonId: 'SubjectLogonId',
} as const;

// biome-ignore format: a table reads better in rows
export const eventlog = defineProvider({
  provider: 'Microsoft-Windows-Eventlog',
  channel: 'Security',
  events: [
    { id: 1100, name: 'Event logging service shut down', ...meaningOf('shutdown'), audit: null, constant: { shutdownKind: 'serviceStopped' } },
    { id: 1101, name: 'Audit events dropped', ...meaningOf('eventsLost'), audit: null, display: { note: 'Reason' } },
    { id: 1102, name: 'Audit log cleared', ...meaningOf('logCleared'), audit: null, fields: subject, constant: { clearedChannel: 'Security' } },
    { id: 1104, name: 'Security log full', ...meaningOf('eventsLost'), audit: null },
    { id: 1105, name: 'Security log backed up', ...meaningOf('other'), audit: null, display: { note: 'BackupPath' } },
    { id: 1108, name: 'Error while processing an event', ...meaningOf('eventsLost'), audit: null, display: { note: 'ErrorCode' } },
    // A log cleared in any channel is noted in the System channel; which one it was stands in Channel.
    { id: 104, channel: 'System', name: 'Log cleared', ...meaningOf('logCleared'), audit: null,
      fields: { user: subject.user, domain: subject.domain }, detail: { clearedChannel: 'Channel' }, display: { note: 'BackupPath' } },
    // Written by the next boot: ShutdownTime is when the computer was last known to run.
    { id: 108, channel: 'System', name: 'Abnormal shutdown', ...meaningOf('crash'), audit: null, detail: { deathTime: 'ShutdownTime' } },
  ],
});
