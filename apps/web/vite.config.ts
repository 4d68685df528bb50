// How the web app is built: one chunk per page, packed twice, nothing loaded from elsewhere.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const here = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** Where `npm start` listens; the development server hands the API's addresses on to it. */
const API = 'http://127.0.0.1:8000';

/** Pages check answers with schemas; to write these down as JSON is the server's business, and weighs 6 kB packed. */
function withoutJsonSchema(): Plugin {
  const unused = /[\\/]zod[\\/]v4[\\/]core[\\/](json-schema-processors|to-json-schema)\.js$/;
  const idle = (path: string) =>
    Array.from(readFileSync(path, 'utf8').matchAll(/^export (?:const|function) (\w+)/gm))
      .map(([, name]) => `export const ${name} = () => undefined;`)
      .join('\n');
  return {
    name: 'zod-without-json-schema',
    load: { filter: { id: unused }, handler: (path) => ({ code: idle(path), moduleSideEffects: false }) },
  };
}

/** The app, and the one that works on files alone: a document of its own, since it may connect to nothing. */
const DOCUMENTS = [here('index.html'), ...(existsSync(here('src/local.tsx')) ? [here('local.html')] : [])];

export default defineConfig({
  root: here('.'),
  plugins: [react(), withoutJsonSchema()],
  build: {
    outDir: here('dist'),
    emptyOutDir: true,
    target: 'es2023',
    // The server says which bytes a page may load; a polyfill would only be code nobody runs.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // Which page loads which files: `npm run check` weighs them.
    manifest: true,
    rolldownOptions: {
      input: DOCUMENTS,
      output: {
        // Changes with React alone, so that browsers keep it from release to release.
        codeSplitting: {
          groups: [{ name: 'react', test: /[\\/]node_modules[\\/](react|react-dom|scheduler)[\\/]/ }],
        },
      },
    },
    chunkSizeWarningLimit: 1_000,
  },
  // Writers are loaded by the worker when the first file is wanted.
  worker: { format: 'es', plugins: () => [withoutJsonSchema()] },
  server: { proxy: { '/api': API, '/livez': API, '/readyz': API } },
});
