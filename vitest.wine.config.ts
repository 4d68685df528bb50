// The agent's exe on computers of Wine; `npm run test:agent` builds what it needs and runs this.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['e2e/agent/wine/*.wine.ts'],
    reporters: ['default', './tools/closing-lines.ts'],
    testTimeout: 300_000,
    hookTimeout: 180_000,
    pool: 'forks',
    maxWorkers: 1,
    bail: 1,
  },
});
