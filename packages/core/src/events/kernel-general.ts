/** The kernel's own start, stop and clock changes: there without any audit policy. */
import { defineProvider } from './definition.ts';
import { meaningOf } from './meaning.ts';
import { refineTimeChange } from './refine.ts';

// biome-ignore format: a table reads better in rows
export const kernelGeneral = defineProvider({
  provider: 'Microsoft-Windows-Kernel-General',
  channel: 'System',
  events: [
    { id: 1, name: 'System time changed', ...meaningOf('clockChange'), audit: null, detail: { processName: 'ProcessName', reason: 'Reason' },
      refine: refineTimeChange('OldTime', 'NewTime') },
    { id: 12, name: 'Operating system started', ...meaningOf('boot'), audit: null, detail: { startTime: 'StartTime' } },
    { id: 13, name: 'Operating system shutting down', ...meaningOf('shutdown'), audit: null, detail: { stopTime: 'StopTime' }, constant: { shutdownKind: 'kernelStopped' } },
  ],
});
