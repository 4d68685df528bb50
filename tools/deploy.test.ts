/** What deploy/ holds is what the server takes: settings that exist, files that exist, a health check that works. */
import { execFile, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SERVER_SETTINGS } from '@logonscope/server';
import type { Setting } from '@logonscope/settings';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const read = (name: string) => readFileSync(join(ROOT, 'deploy', name), 'utf8');
const SETTING_NAMES = Object.values<Setting>(SERVER_SETTINGS.settings).flatMap(({ env }) => env);

/** The instructions of a Dockerfile, with continued lines joined. */
function instructions(text: string): { word: string; rest: string }[] {
  return text
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({ word: line.split(' ')[0]!, rest: line.slice(line.indexOf(' ') + 1).trim() }));
}

type Yaml = string | Yaml[] | { [key: string]: Yaml };

/** The plain part of YAML that a compose file needs: maps, lists of words, quotes. Anything else is an error here. */
function parseYaml(text: string): Yaml {
  const lines = text
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.trim().startsWith('#'))
    .map((line) => ({ indent: line.search(/\S/), text: line.trim() }));
  const scalar = (word: string): Yaml =>
    word.startsWith('[') || word.startsWith('"') ? (JSON.parse(word) as Yaml) : word;
  const block = (indent: number): Yaml => {
    if (lines[0]?.text.startsWith('- ')) {
      const items: Yaml[] = [];
      while (lines[0]?.indent === indent) items.push(scalar(lines.shift()!.text.slice(2)));
      return items;
    }
    const map: { [key: string]: Yaml } = {};
    while (lines[0]?.indent === indent) {
      const match = /^([\w-]+):(?: (.*))?$/.exec(lines.shift()!.text);
      if (match === null) throw new Error(`no YAML that is understood here: ${text.slice(0, 80)}`);
      const below = lines[0]?.indent ?? 0;
      map[match[1]!] = match[2] === undefined ? (below > indent ? block(below) : '') : scalar(match[2]);
    }
    if ((lines[0]?.indent ?? 0) > indent) throw new Error(`line is indented too far: ${lines[0]?.text}`);
    return map;
  };
  return block(0);
}

describe('Dockerfile', () => {
  const steps = instructions(read('Dockerfile'));
  const named = (word: string) => steps.filter((step) => step.word === word).map(({ rest }) => rest);

  test('copies what is there', () => {
    const sources = named('COPY')
      .filter((rest) => !rest.startsWith('--from'))
      .flatMap((rest) => rest.split(' ').slice(0, -1));
    expect(sources.length).toBeGreaterThan(4);
    expect(sources.filter((source) => !existsSync(join(ROOT, source)))).toEqual([]);
  });

  test('sets settings that exist', () => {
    const names = [
      ...named('ENV')
        .join(' ')
        .matchAll(/(\w+)=/g),
    ].map((match) => match[1]!);
    expect(names.filter((name) => name !== 'NODE_ENV' && !SETTING_NAMES.includes(name))).toEqual([]);
  });

  test('runs as nobody special, on the Node that the repository wants', () => {
    expect(named('USER')).toEqual(['node']);
    expect(named('FROM').every((image) => image.startsWith('node:24-'))).toBe(true);
  });

  test('stops by the signal that the server knows', () => expect(named('STOPSIGNAL')).toEqual(['SIGTERM']));

  test('starts and checks files that exist', () => {
    const command = JSON.parse(named('CMD')[0]!) as string[];
    const check = JSON.parse(named('HEALTHCHECK')[0]!.replace(/^.* CMD /, '')) as string[];
    const files = [...command, ...check].filter((word) => word.startsWith('/app/'));
    expect(files.map((file) => existsSync(join(ROOT, file.slice('/app/'.length))))).toEqual([true, true]);
  });
});

describe('compose.yaml', () => {
  const compose = parseYaml(read('compose.yaml')) as Record<string, Record<string, Record<string, Yaml>>>;
  const { server, database } = compose.services as unknown as Record<string, Record<string, Yaml>>;

  test('sets settings that exist', () => {
    expect(Object.keys(server!.environment!).filter((name) => !SETTING_NAMES.includes(name))).toEqual([]);
  });

  test('keeps data in volumes it declares', () => {
    const mounted = [server!, database!].flatMap(({ volumes }) => volumes as string[]);
    expect(mounted.map((volume) => volume.split(':')[0]!).sort()).toEqual(
      Object.keys(compose.volumes!).sort(),
    );
  });

  test('waits longer than the server needs to stop', () => {
    const { default: wanted } = SERVER_SETTINGS.settings.shutdownTimeoutMs;
    expect(Number.parseInt(server!.stop_grace_period as string, 10) * 1_000).toBeGreaterThan(wanted);
  });

  test('builds from files that exist and has no password of its own', () => {
    const { dockerfile } = server!.build as Record<string, string>;
    expect(existsSync(join(ROOT, dockerfile!))).toBe(true);
    expect((database!.environment as Record<string, string>).POSTGRES_PASSWORD).toMatch(
      /^\$\{POSTGRES_PASSWORD:\?/,
    );
  });
});

describe('the container’s command and health check', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'deploy-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const freePort = () =>
    new Promise<number>((found) => {
      const probe = createServer().listen(0, '127.0.0.1', () => {
        const { port } = probe.address() as { port: number };
        probe.close(() => found(port));
      });
    });

  test('work together over https, as the image sets them up', async () => {
    const env = {
      PATH: process.env.PATH,
      LOGONSCOPE_HOST: '127.0.0.1',
      LOGONSCOPE_PORT: String(await freePort()),
      LOGONSCOPE_AUTO_GENERATE_SSL: 'true',
      LOGONSCOPE_INSTANCE: join(folder, 'data'),
    };
    const check = () =>
      new Promise<number>((done) => {
        execFile(process.execPath, [join(ROOT, 'deploy/healthcheck.mjs')], { env }, (error) =>
          done(error === null ? 0 : Number(error.code)),
        );
      });
    expect(await check()).toBe(1);
    const server = spawn(process.execPath, [join(ROOT, 'apps/cli/src/main.ts'), 'serve'], {
      cwd: folder,
      env,
    });
    const ended = new Promise<number | null>((done) => server.on('close', done));
    try {
      await new Promise<void>((there, failed) => {
        server.stdout.on('data', (text: Buffer) => text.includes('listens on https://') && there());
        ended.then((status) => failed(new Error(`ended with ${status}`)));
      });
      expect(await check()).toBe(0);
    } finally {
      server.kill('SIGTERM');
    }
    expect(await ended).toBe(0);
  });
});

describe('logonscope.service', () => {
  const unit = read('logonscope.service');
  const value = (key: string) => new RegExp(`^${key}=(.*)$`, 'm').exec(unit)?.[1];

  test('starts a file that exists, with flags and settings that exist', () => {
    const [, script = '', flags = ''] =
      /\/opt\/logonscope\/(\S+) serve (.*)$/.exec(value('ExecStart') ?? '') ?? [];
    expect(existsSync(join(ROOT, script))).toBe(true);
    expect(flags).toMatch(/^--config \S+$/);
    const names = [...unit.matchAll(/^Environment=(\w+)=/gm)].map((match) => match[1]!);
    expect(names.filter((name) => !SETTING_NAMES.includes(name))).toEqual([]);
  });

  test('waits longer than the server needs to stop', () => {
    const { default: wanted } = SERVER_SETTINGS.settings.shutdownTimeoutMs;
    expect(Number(value('TimeoutStopSec')) * 1_000).toBeGreaterThan(wanted);
  });

  const analyze = findAnalyze();
  if (analyze === null)
    console.log('skipped: systemd-analyze is not installed, so the unit is not verified by it');
  test.skipIf(analyze === null)('is a unit that systemd takes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'unit-'));
    const file = join(folder, 'logonscope.service');
    // Only the place of Node differs between this machine and the one it is written for.
    writeFileSync(file, unit.replace('ExecStart=/usr/bin/node', `ExecStart=${process.execPath}`));
    try {
      const { status, stderr } = spawnSync(analyze!, ['verify', '--man=no', file], { encoding: 'utf8' });
      expect({ status, said: stderr.split('\n').filter((line) => line.includes('logonscope')) }).toEqual({
        status: 0,
        said: [],
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

function findAnalyze(): string | null {
  const places = (process.env.PATH ?? '').split(':').map((folder) => join(folder, 'systemd-analyze'));
  return places.find((place) => existsSync(place)) ?? null;
}
