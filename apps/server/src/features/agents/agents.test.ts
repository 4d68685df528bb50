/** The agent's package holds what an administrator unpacks and runs, with a key of his own site or none. */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ByteSource, openSources } from '@logonscope/readers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestPortal, type TestCompany, type TestPortal } from '../../http/testdata/portal.ts';
import { KEY_PLACEHOLDER, packageName } from './package-files.ts';
import { agentRoutes } from './routes.ts';

const PROGRAM = Buffer.from('MZ a program of 300,000 bytes'.padEnd(300_000, '.'));
let portal: TestPortal;
let exe = '';
let own: TestCompany;
let foreign: TestCompany;
const who: Record<string, Record<string, string>> = {};

beforeAll(async () => {
  portal = await openTestPortal({
    now: () => Date.UTC(2026, 2, 2, 8),
    routes: ({ access, folder }) => {
      exe = join(folder, 'winagentUSM.exe');
      return agentRoutes(access, { agentExe: exe, publicUrl: null, timezone: 'Europe/London' });
    },
  });
  own = await portal.addCompany('Müller & Söhne: "UK"');
  foreign = await portal.addCompany('Beta');
  who.chief = (await portal.addPerson('chief', 'User', { [own.companyId]: 'CompanyAdmin' })).headers;
  who.user = (await portal.addPerson('user', 'User', { [own.companyId]: 'User' })).headers;
  who.admin = (await portal.addPerson('admin', 'Admin', { [own.companyId]: 'User' })).headers;
});
afterAll(() => portal.close());
beforeEach(() => writeFileSync(exe, PROGRAM));

async function download(as: string, company: TestCompany, payload: object = {}) {
  const url = `/api/v1/companies/${company.companyId}/agent-package`;
  const headers = { ...who[as], host: 'logs.example.org' };
  const answer = await portal.app.inject({ method: 'POST', url, headers, payload });
  const files = answer.statusCode === 200 ? await unpacked(answer.rawPayload) : {};
  const text = (name: string) => Buffer.from(files[name]!).toString();
  return { answer, files, text, code: answer.statusCode === 200 ? null : answer.json().code };
}

/** The files of an archive by name, read by the ZIP reader that also takes everybody else's; it checks the checksums. */
async function unpacked(archive: Buffer): Promise<Record<string, Buffer>> {
  const files: Record<string, Buffer> = {};
  const refuse = (problem: unknown) => expect.fail(JSON.stringify(problem));
  for await (const member of openSources(sourceOf(archive), { record() {}, problem: refuse })) {
    const pieces: Buffer[] = [];
    const piece = Buffer.alloc(65_536);
    for (let read = await member.read(piece); read > 0; read = await member.read(piece))
      pieces.push(Buffer.from(piece.subarray(0, read)));
    files[member.name.split('!')[1]!] = Buffer.concat(pieces);
  }
  return files;
}

function sourceOf(bytes: Buffer): ByteSource {
  let at = 0;
  return {
    name: 'agent.zip',
    sizeBytes: bytes.length,
    read(into) {
      const count = bytes.copy(into, 0, at);
      at += count;
      return count;
    },
  };
}

const keysOf = async ({ companyId }: TestCompany) =>
  portal.store.db.selectFrom('api_keys').selectAll().where('company_id', '=', companyId).execute();

describe('a package', () => {
  it('holds the program as it is, and a config.ini to be completed', async () => {
    const { answer, files, text } = await download('chief', own);
    expect(answer.headers['content-type']).toBe('application/zip');
    expect(answer.headers['content-disposition']).toBe('attachment; filename="Muller_Sohne_UK_agent.zip"');
    expect(Object.keys(files)).toEqual([
      'winagentUSM.exe',
      'config.ini',
      'install_service.bat',
      'README.txt',
    ]);
    expect(Buffer.from(files['winagentUSM.exe']!).equals(PROGRAM)).toBe(true);
    expect(text('config.ini')).toContain(`[API]\r\napi_key = ${KEY_PLACEHOLDER}\r\n`);
    expect(text('config.ini')).toContain('server_url = http://logs.example.org\r\n');
    expect(text('config.ini')).toContain('timezone = Europe/London\r\n');
    expect(text('README.txt')).toContain('Put the key of the site into config.ini');
    expect(await keysOf(own)).toHaveLength(1);
  });

  it('for a site holds a key that was made for it, and the trail says so', async () => {
    const { text } = await download('chief', own, {
      siteId: own.siteId,
      serverUrl: 'https://in.example.org',
    });
    const [, key] = /api_key = (usm_\S+)\r\n/.exec(text('config.ini'))!;
    expect(text('config.ini')).toContain('server_url = https://in.example.org\r\n');
    expect(text('README.txt')).not.toContain(key!);
    const checked = await portal.access.checks.check(key!);
    expect(checked).toMatchObject({ caller: { companyId: own.companyId, siteId: own.siteId } });
    const trail = await portal.store.db
      .selectFrom('audit_trail')
      .select(['action', 'detail'])
      .where('company_id', '=', own.companyId)
      .orderBy('seq', 'desc')
      .execute();
    expect(trail.slice(0, 2).map(({ action }) => action)).toEqual(['agent-package.download', 'key.create']);
    expect(JSON.stringify(trail)).not.toContain(key!);
  });

  it('carries the settings that were chosen', async () => {
    const { text } = await download('chief', own, {
      debugLogs: true,
      healthCheckMinutes: 0,
      installFolder: 'D:\\100% ours',
      obtainPublicIp: true,
      publicIpUrls: ['https://ip.example.org/'],
      sessionLogMb: 0,
    });
    for (const line of [
      'debug_logs = true',
      'health_check_interval = 0',
      'install_dir = D:\\100% ours',
      'obtain_public_ip = true',
      'public_ip_http_urls = https://ip.example.org/',
      'session_log_rotation_size_mb = 0',
    ])
      expect(text('config.ini')).toContain(`${line}\r\n`);
  });
});

describe('refused', () => {
  it('where the server has no program, before any key is made', async () => {
    rmSync(exe);
    expect(existsSync(exe)).toBe(false);
    const before = await keysOf(own);
    const { answer, code } = await download('chief', own, { siteId: own.siteId });
    expect([answer.statusCode, code]).toEqual([409, 'agent/program-missing']);
    expect(answer.json().detail).toContain('AGENT_EXE');
    expect(await keysOf(own)).toEqual(before);
  });

  it.each([
    ['user', () => own, 'access/forbidden'],
    ['admin', () => own, 'access/forbidden'],
    ['chief', () => foreign, 'company/not-found'],
  ])('to a %s', async (as, company, code) => {
    expect((await download(as, company())).code).toBe(code);
  });

  it('a site of another company', async () => {
    expect((await download('chief', own, { siteId: foreign.siteId })).code).toBe('site/not-found');
    expect(await keysOf(foreign)).toHaveLength(1);
  });

  it.each([
    { installFolder: 'C:\\x\r\napi_key = evil' },
    { serverUrl: 'ftp://example.org' },
    { serverUrl: 'https://example.org/\nserver_url = https://evil.example' },
    { healthCheckMinutes: -1 },
  ])('what would not stay one line or one setting: %o', async (payload) => {
    expect((await download('chief', own, payload)).code).toBe('http/invalid-body');
  });
});

it('names of packages are safe everywhere', () => {
  expect(packageName('../../etc/passwd')).toBe('etc_passwd_agent.zip');
  expect(packageName('"; rm -rf')).toBe('rm_-rf_agent.zip');
  expect(packageName('日本')).toBe('Company_agent.zip');
  expect(packageName('x'.repeat(200))).toHaveLength(80 + '_agent.zip'.length);
});
