/** winagentUSM.exe itself, on a computer of Wine, with our own server: from the installation to the removal. */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { chance } from '../../server/lib/chance.ts';
import { enterPortal, firstKey, type StoredRow } from '../../server/lib/portal.ts';
import { type ServerProcess, startServerProcess } from '../../server/lib/server-process.ts';
import { createMachine, securityEvent, type WindowsMachine, windowsPath } from './windows-machine.ts';

const DIST = fileURLToPath(new URL('../../../dist/', import.meta.url));
const EXE = join(DIST, 'winagentUSM.exe');
const TEST_EXE = join(DIST, 'winagentUSM-test.exe');
const CUTS = 10;
const PATIENCE = { timeout: 120_000, interval: 200 };
/** Values of a notice of Windows, and the control that stands for it in the exe for tests. */
const CHANGE = { logon: 205, logoff: 206, lock: 207, unlock: 208 };

let folder: string;
let server: ServerProcess;
let machine: WindowsMachine;
let unpacked: string;
let installed: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'agent-wine-'));
  server = await startServerProcess({ folder });
  machine = createMachine();
  await machine.boot();
  unpacked = join(folder, 'package');
  mkdirSync(unpacked);
  installed = join(machine.drive, 'ProgramData', 'UserSessionMon');
  copyFileSync(EXE, join(unpacked, 'winagentUSM.exe'));
  writeConfig();
}, 180_000);
afterAll(async () => {
  machine?.remove();
  await server?.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** As the server's package has it. */
function writeConfig(more = '', key = firstKey(server)): void {
  const text = `[API]\r\napi_key = ${key}\r\nserver_url = ${server.address}\r\ndebug_logs = true\r\ntimezone = Europe/London\r\n${more}`;
  writeFileSync(join(unpacked, 'config.ini'), text);
}

const agent = (...args: string[]) => machine.run(windowsPath(join(unpacked, 'winagentUSM.exe')), ...args);
const service = (word: string) => agent('-service', word);
const text = (name: string) => readFileSync(join(installed, name), 'utf8');

async function stored(): Promise<readonly StoredRow[]> {
  const portal = await enterPortal(server);
  const [company] = await portal.companies();
  return portal.events(company!.id);
}
const usersOf = (rows: readonly StoredRow[]) => rows.map(({ user }) => user).toSorted();
/** Waits until the server has an event of this user, and tells how often it has it. */
async function arrived(user: string): Promise<number> {
  return vi.waitFor(async () => {
    const count = (await stored()).filter((row) => row.user === user).length;
    expect(count).toBeGreaterThan(0);
    return count;
  }, PATIENCE);
}

describe('the command line', () => {
  it('tells version and help, and refuses what it does not understand', () => {
    expect(agent('--version')).toMatchObject({
      status: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\r\n$/),
    });
    expect(agent('-help').out).toContain('--service install');
    expect(agent('--service', 'fly')).toMatchObject({ status: 2, err: expect.stringContaining('"fly"') });
  });

  it('refuses settings that cannot be, and changes nothing', () => {
    expect(agent('--service', 'install', '--timezone', 'Mars/Base')).toMatchObject({ status: 2 });
    expect(service('status').out).toContain('absent');
  });
});

describe('the service', () => {
  it('installs from the package: folder locked, key encrypted, line without secrets', () => {
    const done = agent('-service', 'install', '-config', windowsPath(join(unpacked, 'config.ini')));
    expect(done).toMatchObject({ status: 0, err: '' });
    expect(readdirSync(installed).toSorted()).toEqual(
      expect.arrayContaining(['config.ini', 'winagentUSM.exe']),
    );
    expect(text('config.ini')).toMatch(/api_key = dpapi:[A-Za-z0-9+/=]+\r\n/);
    expect(text('config.ini')).not.toContain(firstKey(server));
    expect(statSync(installed).mode & 0o007).toBe(0);
    expect(statSync(join(installed, 'config.ini')).mode & 0o007).toBe(0);
    expect(service('status').out).toContain('stopped');
  });

  it('starts, and tells the server what the log tells', async () => {
    expect(service('start')).toMatchObject({ status: 0, err: '' });
    expect(service('status').out).toContain('running');
    await vi.waitFor(
      () => expect(readFileSync(join(machine.logs, 'calls.log'), 'utf8')).toContain('channel=Security'),
      PATIENCE,
    );
    machine.log('Security', securityEvent(4624, 'jana', { LogonType: '2' }));
    machine.log('Security', securityEvent(4800, 'jörg'));
    expect(await arrived('jana')).toBe(1);
    expect(await arrived('jörg')).toBe(1);
    await vi.waitFor(() => expect(text('event_log.csv')).toMatch(/^Lock,jörg,.*,1$/m), PATIENCE);
  });

  it('after a power cut starts with the computer, and brings what was missed, once', async () => {
    machine.powerCut();
    machine.log('Security', securityEvent(4801, 'missed'));
    await machine.boot();
    expect(await arrived('missed')).toBe(1);
    expect(usersOf(await stored())).toEqual(['jana', 'jörg', 'missed'].toSorted());
  });

  it('keeps what happens while the server is away', async () => {
    await server.kill();
    machine.log('Security', securityEvent(4800, 'waiting'));
    await vi.waitFor(() => expect(text('event_log.csv')).toMatch(/^Lock,waiting,.*,0$/m), PATIENCE);
    await server.restart();
    expect(await arrived('waiting')).toBe(1);
    await vi.waitFor(() => expect(text('event_log.csv')).toMatch(/^Lock,waiting,.*,2$/m), PATIENCE);
    expect(text('error.log')).toContain('events are not sent');
  });

  it('goes on after a log was cleared', async () => {
    expect(service('stop').status).toBe(0);
    machine.clear('Security');
    machine.log('Security', securityEvent(4800, 'after clearing'));
    expect(service('start').status).toBe(0);
    expect(await arrived('after clearing')).toBe(1);
    expect(text('error.log')).toContain('no longer holds the record');
  });

  it('says what a wrong key means, and sends with a right one', async () => {
    expect(agent('--api-key', 'usm_wrong').status).toBe(0);
    service('restart');
    machine.log('Security', securityEvent(4800, 'wrong key'));
    await vi.waitFor(() => expect(text('error.log')).toMatch(/Invalid API key|not known|key/), PATIENCE);
    expect(usersOf(await stored())).not.toContain('wrong key');
    expect(agent('--api-key', firstKey(server)).status).toBe(0);
    service('restart');
    expect(await arrived('wrong key')).toBe(1);
  });

  it('loses and doubles nothing over ten power cuts', async () => {
    const random = chance();
    const names: string[] = [];
    const happen = () => {
      names.push(`cut ${names.length}`);
      machine.log('Security', securityEvent(4800, names.at(-1)!));
    };
    for (let cut = 0; cut < CUTS; cut++) {
      for (let i = 0; i < 4; i++) {
        happen();
        await new Promise((resume) => setTimeout(resume, random() * 500));
      }
      machine.powerCut();
      happen();
      await machine.boot();
    }
    await arrived(names.at(-1)!);
    const kept = (await stored()).flatMap(({ user }) => (user?.startsWith('cut ') ? [user] : []));
    expect(kept.toSorted()).toEqual(names.toSorted());
  });

  it('waits out a full disk', async () => {
    const ballast = join(installed, 'error.log.3');
    const names = Array.from({ length: 60 }, (_, n) => `full ${n}`);
    machine.fillDisk(ballast);
    for (const name of names) machine.log('Security', securityEvent(4800, name));
    await new Promise((resume) => setTimeout(resume, 3_000));
    // What fits into the last corners of the disk is kept and sent; the others stay in the log.
    expect((await stored()).filter(({ user }) => user?.startsWith('full ')).length).toBeLessThan(
      names.length,
    );
    expect(service('status').out).toContain('running');
    rmSync(ballast);
    await arrived(names.at(-1)!);
    const kept = (await stored()).flatMap(({ user }) => (user?.startsWith('full ') ? [user] : []));
    expect(kept.toSorted()).toEqual(names.toSorted());
  });

  it('diagnoses itself', () => {
    const { out } = agent('diagnose');
    expect(out).toContain('service: running');
    expect(out).toContain('the key is right');
    expect(out).toContain('log "Security": can be read');
  });

  it('collects what SessionSentry reads', () => {
    const file = join(folder, 'collected.csv');
    expect(agent('collect', '-DaysBack', '3000', '-OutputPath', windowsPath(file))).toMatchObject({
      status: 0,
      err: '',
    });
    const [head, first] = readFileSync(file, 'utf8').split('\r\n');
    expect(head).toMatch(/^"Timestamp","EventType","EventId","Username",.*"SecurityId"$/);
    expect(first).toContain('"WorkstationLocked","4800","after clearing","ACME","0x3e1a2b"');
  });

  it('stops and goes, and leaves what it wrote', () => {
    expect(service('stop')).toMatchObject({ status: 0 });
    expect(service('status').out).toContain('stopped');
    expect(service('remove')).toMatchObject({ status: 0 });
    expect(service('status').out).toContain('absent');
    expect(existsSync(join(installed, 'event_log.csv'))).toBe(true);
    expect(service('start')).toMatchObject({ status: 1, err: expect.stringContaining('--service install') });
  });
});

describe('notices of Windows', () => {
  it('tell who logs on, locks, unlocks and logs off, without any log', async () => {
    copyFileSync(TEST_EXE, join(unpacked, 'winagentUSM.exe'));
    writeConfig('[Sources]\r\nsources = notices\r\n');
    expect(agent('-service', 'install', '-config', windowsPath(join(unpacked, 'config.ini')))).toMatchObject({
      status: 0,
    });
    expect(service('start').status).toBe(0);
    machine.user('petra|ACME|LAPTOP-7|192.0.2.77');
    for (const control of [CHANGE.logon, CHANGE.lock, CHANGE.unlock, CHANGE.logoff])
      expect(machine.run('control-service.exe', 'UserSessionMonService', String(control)).status).toBe(0);
    await vi.waitFor(
      async () => expect((await stored()).filter(({ user }) => user === 'petra')).toHaveLength(4),
      PATIENCE,
    );
    const signals = (await stored()).filter(({ user }) => user === 'petra').map(({ signal }) => signal);
    expect(signals.toSorted()).toEqual(['lock', 'logoff', 'logon', 'unlock']);
    expect(service('remove').status).toBe(0);
  });
});
