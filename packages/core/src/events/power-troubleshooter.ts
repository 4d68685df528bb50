/** The exact window of each sleep, written at wake. */
import { defineProvider } from './definition.ts';
import { meaningOf } from './meaning.ts';

// biome-ignore format: a table reads better in rows
export const powerTroubleshooter = defineProvider({
  provider: 'Microsoft-Windows-Power-Troubleshooter',
  channel: 'System',
  events: [
    // Both ends of the sleep in one event. It is written at wake, so its signal is `wake`; the window is in its detail.
    { id: 1, name: 'Returned from sleep', ...meaningOf('wake'), audit: null, detail: { sleepTime: 'SleepTime', wakeTime: 'WakeTime' },
      display: { reason: 'WakeSourceType', note: 'WakeSourceText' } },
  ],
});
