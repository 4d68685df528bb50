/** The built web app on disk: which addresses it has, with their packed twins, and its documents. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where `npm run build` puts it, seen from the sources. */
export const WEB_FOLDER = fileURLToPath(new URL('../../../web/dist', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.evtx': 'application/octet-stream',
};

export type Packing = 'br' | 'gzip';

export interface WebFile {
  readonly type: string;
  readonly etag: string;
  /** Its name holds a digest of its content: it may be kept for ever. */
  readonly immutable: boolean;
  readonly packings: readonly Packing[];
  read(packing: Packing | null): Promise<Buffer>;
}

export interface WebFiles {
  /** By address, such as `/assets/index-B7jByT4S.js`. */
  readonly files: ReadonlyMap<string, WebFile>;
  /** The page of the app, and of the app that works on files alone; null where they were not built. */
  readonly page: string | null;
  readonly localPage: string | null;
}

const ENDINGS = { br: '.br', gzip: '.gz' } as const;

function webFile(path: string, address: string): WebFile {
  const digest = createHash('sha256').update(readFileSync(path)).digest('base64url').slice(0, 22);
  const packings = (['br', 'gzip'] as const).filter((packing) => existsSync(path + ENDINGS[packing]));
  return {
    type: TYPES[extname(path)] ?? 'application/octet-stream',
    etag: `"${digest}"`,
    immutable: address.startsWith('/assets/'),
    packings,
    read: (packing) => readFile(packing === null ? path : path + ENDINGS[packing]),
  };
}

/** Lists a build once; what is not in the list is not handed out, whatever a request asks for. */
export function listWebFiles(folder: string): WebFiles {
  const files = new Map<string, WebFile>();
  if (!existsSync(folder)) return { files, page: null, localPage: null };
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || entry.name.startsWith('.') || /\.(br|gz|html)$/.test(entry.name)) continue;
    const address = `/${relative(folder, path).split(sep).join('/')}`;
    files.set(address, webFile(path, address));
  }
  const document = (name: string) => {
    const path = join(folder, name);
    return existsSync(path) ? readFileSync(path, 'utf8') : null;
  };
  return { files, page: document('index.html'), localPage: document('local.html') };
}

/** When a build was made; null where there is none. */
export function builtAtMs(folder: string): number | null {
  const path = join(folder, 'index.html');
  return existsSync(path) ? statSync(path).mtimeMs : null;
}
