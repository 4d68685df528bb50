/** Serves the page for files, and the files to that page alone, on a free port of this machine. */
import { randomBytes } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadWebFiles } from '@logonscope/server';
import { CannotRun } from '../exit-status.ts';

const HOST = '127.0.0.1';
const TOKEN_BYTES = 24;
const LOCAL_WORKER = /^\/assets\/local-worker-/;

export interface ViewedFile {
  readonly name: string;
  readonly path: string;
}

export interface View {
  readonly address: string;
  close(): Promise<void>;
}

type Web = Awaited<ReturnType<typeof loadWebFiles>>;

interface Served {
  readonly files: readonly ViewedFile[];
  readonly token: string;
  readonly page: string;
  readonly web: Web;
  readonly assets: ReturnType<Web['listWebFiles']>['files'];
}

/** Starts to serve; throws `CannotRun` where the web app was not built. */
export async function startView(files: readonly ViewedFile[]): Promise<View> {
  const web = await loadWebFiles();
  const { files: assets, localPage } = web.listWebFiles(web.webFolder);
  if (localPage === null) throw new CannotRun(['the web app is not built: run npm run build']);
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const served: Served = { files, token, page: localPage, web, assets };
  const server = createServer((request, response) => {
    // Names that other pages make point here are not our name.
    const { port } = server.address() as AddressInfo;
    if (request.headers.host !== `${HOST}:${port}`) refuse(response, 421);
    else if (request.method !== 'GET') refuse(response, 405);
    else answer(served, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, HOST, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://${HOST}:${port}/local#given=${token}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${status}\n`);
}

const ALWAYS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

async function answer(served: Served, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '/').split('?', 1)[0]!;
  if (path === '/local' || path.startsWith('/local/')) return sendPage(served, request, response);
  if (path.startsWith('/given/')) return sendGiven(served, path, response);
  const asset = served.assets.get(path);
  if (asset === undefined) return refuse(response, 404);
  const policy = served.web.contentSecurityPolicy({ connects: !LOCAL_WORKER.test(path) });
  const headers = { ...ALWAYS, 'content-type': asset.type, 'content-security-policy': policy };
  response.writeHead(200, headers).end(await asset.read(null));
}

/** The page may fetch the files it was given, and nothing else. */
function sendPage({ page, web, token }: Served, request: IncomingMessage, response: ServerResponse): void {
  const nonce = randomBytes(TOKEN_BYTES).toString('base64url');
  const given = `connect-src http://${request.headers.host}/given/${token}/`;
  const policy = web.contentSecurityPolicy({ nonce, connects: false }).replace("connect-src 'none'", given);
  response
    .writeHead(200, {
      ...ALWAYS,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
    })
    .end(page.replace('name="csp-nonce" content=""', `name="csp-nonce" content="${nonce}"`));
}

function sendGiven({ files, token }: Served, path: string, response: ServerResponse): void {
  const [, , key, index = ''] = path.split('/');
  const file = /^\d+$/.test(index) ? files[Number(index)] : undefined;
  if (key !== token || (index !== '' && file === undefined)) {
    refuse(response, 404);
    return;
  }
  if (file === undefined) {
    const listed = files.map(({ name }) => ({ name }));
    response.writeHead(200, { ...ALWAYS, 'content-type': 'application/json' }).end(JSON.stringify(listed));
    return;
  }
  const { size } = statSync(file.path);
  response.writeHead(200, {
    ...ALWAYS,
    'content-type': 'application/octet-stream',
    'content-length': size,
  });
  // A log that grows meanwhile is given as long as it was.
  createReadStream(file.path, size === 0 ? {} : { end: size - 1 })
    .on('error', () => response.destroy())
    .pipe(response);
}
