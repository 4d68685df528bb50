// How the web app is built: one chunk per page, packed twice, nothing loaded from elsewhere.
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** Where `npm start` listens; the development server hands the API's addresses on to it. */
const API = 'http://127.0.0.1:8000';

export default defineConfig({
  root: here('.'),
  plugins: [react()],
  build: {
    outDir: here('dist'),
    emptyOutDir: true,
    target: 'es2023',
    // The server says which bytes a page may load; a polyfill would only be code nobody runs.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1_000,
  },
  server: { proxy: { '/api': API, '/livez': API, '/readyz': API } },
});
