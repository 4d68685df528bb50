/** Sleep, wake and the restart after a crash, as the power manager of the kernel tells of them. */
import { defineProvider } from './definition.ts';
import { meaningOf } from './meaning.ts';

// biome-ignore format: a table reads better in rows
export const kernelPower = defineProvider({
  provider: 'Microsoft-Windows-Kernel-Power',
  channel: 'System',
  events: [
    // Written by the boot after the crash.
    { id: 41, name: 'Restarted without a clean shutdown', ...meaningOf('crash'), audit: null, display: { reason: 'SleepInProgress', note: 'BugcheckCode' } },
    { id: 42, name: 'Going to sleep', ...meaningOf('sleep'), audit: null, detail: { reason: 'Reason' }, display: { note: 'TargetState' } },
    { id: 107, name: 'Resumed from sleep', ...meaningOf('wake'), audit: null, display: { note: 'WakeFromState' } },
    { id: 109, name: 'Kernel power transition begun', ...meaningOf('other'), audit: null, display: { reason: 'ShutdownReason', note: 'ShutdownActionType' } },
    { id: 506, name: 'Entering modern standby', ...meaningOf('sleep'), audit: null, detail: { reason: 'Reason' } },
    { id: 507, name: 'Leaving modern standby', ...meaningOf('wake'), audit: null, detail: { reason: 'Reason' }, display: { note: 'DurationInUs' } },
    { id: 566, name: 'Display session switched', ...meaningOf('other'), audit: null, display: { reason: 'Reason', note: 'NextSessionType' } },
  ],
});
