#!/usr/bin/env node
// Starts Logonscope on a fitting Node: re-runs itself on the Node that npm installed if this one is too old,
// then takes the bundle in dist/ when it is newer than the sources, else the sources themselves.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import * as module from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const NODE_WANTED = 24;
/** Whose sources the bundle holds, besides those of the command line and of the server. */
const PACKAGES = ['core', 'readers', 'writers', 'simulator', 'settings', 'protocol'];
const here = dirname(realpathSync(fileURLToPath(import.meta.url)));
const app = dirname(here);

if (Number(process.versions.node.split('.')[0]) < NODE_WANTED) {
  runOnNewerNode();
} else {
  module.enableCompileCache?.();
  await import(pathToFileURL(entryFile()).href);
}

/** Runs the same command on the workspace's own Node, and ends as that one ends. */
function runOnNewerNode() {
  const node = findNode(app);
  if (node === null) {
    console.error(`logonscope needs Node ${NODE_WANTED} or newer; this is ${process.version}. Run: npm ci`);
    process.exitCode = 2;
    return;
  }
  const script = join(here, 'logonscope.js');
  const child = spawn(node, [script, ...process.argv.slice(2)], { stdio: 'inherit' });
  // A terminal sends Ctrl+C to both, so this process only waits; who stops this one alone means the command.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('close', (status, signal) => {
    process.exitCode = status ?? 128 + (constants.signals[signal] ?? 0);
  });
}

/** Walks up to the workspace's root, where npm put the runtime. */
function findNode(folder) {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  for (const candidate of [join(folder, 'node_modules', '.bin', name), ownNode(folder)]) {
    if (candidate !== null && existsSync(candidate)) return realpathSync(candidate);
  }
  return dirname(folder) === folder ? null : findNode(dirname(folder));
}

/** Windows has a shim in `.bin`, so there the package is looked into directly. */
function ownNode(folder) {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  return join(folder, 'node_modules', `node-${platform}-${process.arch}`, 'bin', file);
}

function entryFile() {
  const bundle = join(app, 'dist', 'logonscope.mjs');
  const source = join(app, 'src', 'main.ts');
  if (!existsSync(bundle)) return source;
  if (!existsSync(source)) return bundle;
  const built = statSync(bundle).mtimeMs;
  const folders = [app, ...PACKAGES.map((name) => sibling(name)), join(app, '..', 'server')];
  return folders.some((folder) => changedSince(join(folder, 'src'), built)) ? source : bundle;
}

function sibling(name) {
  return join(app, '..', '..', 'packages', name);
}

/** A bundle older than any source would show yesterday's behaviour to whoever edits the sources. */
function changedSince(folder, built) {
  if (!existsSync(folder)) return false;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() ? changedSince(path, built) : statSync(path).mtimeMs > built) return true;
  }
  return false;
}
