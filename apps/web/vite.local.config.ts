// How the page for files is built as one file: no chunks, nothing loaded, whoever opens it needs no server.
import { fileURLToPath } from 'node:url';
import { defineConfig, mergeConfig } from 'vite';
import shared from './vite.config.ts';

const here = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

const merged = mergeConfig(shared, defineConfig({ base: './' }));
export default {
  ...merged,
  build: {
    outDir: here('dist-local'),
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    rolldownOptions: { input: { local: here('local.html') }, output: { codeSplitting: false } },
    chunkSizeWarningLimit: 10_000,
  },
  worker: { ...merged.worker, rolldownOptions: { output: { codeSplitting: false } } },
};
