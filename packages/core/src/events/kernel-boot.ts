/** How the kernel came up: a full start, fast startup, or a resume from hibernation, which is no boot. */
import { defineProvider } from './definition.ts';
import { meaningOf } from './meaning.ts';
import { refineBootType } from './refine.ts';

// biome-ignore format: a table reads better in rows
export const kernelBoot = defineProvider({
  provider: 'Microsoft-Windows-Kernel-Boot',
  channel: 'System',
  events: [
    { id: 20, name: 'Result of the last shutdown', ...meaningOf('other'), audit: null, display: { note: 'LastShutdownGood' } },
    { id: 27, name: 'Boot type', ...meaningOf('other'), audit: null, display: { note: 'BootType' }, refine: refineBootType },
  ],
});
