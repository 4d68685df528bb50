// config.ini of the original is read unchanged; what is not ours stays in it; keys are not left in the clear.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ConfigError, changeConfig, loadConfig } from './config.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'));
  file = join(folder, 'config.ini');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const system = {
  protect: (secret: string) =>
    secret.startsWith('mirror:') ? secret : `mirror:${[...secret].reverse().join('')}`,
  unprotect: (text: string) => (text.startsWith('mirror:') ? [...text.slice(7)].reverse().join('') : null),
  secureFile() {},
};

const ORIGINAL = `[API]
api_key = ${'a1'.repeat(32)}
server_url = https://192.168.27.1:8000
debug_logs = true
timezone = Europe/London
health_check_interval = 30
health_check_path = /api/health
install_dir = C:\\ProgramData\\UserSessionMon
obtain_public_ip = true
public_ip_http_urls = https://ifconfig.me/ip,https://ipv4.icanhazip.com
our_own_note = kept

[Logging]
session_log_rotation_size_mb = 5
error_log_rotation_size_mb = 0
event_log_rotation_size_mb = 20

[Elsewhere]
x = 1
`;

it('a file of the original', () => {
  writeFileSync(file, ORIGINAL);
  expect(loadConfig(file, system)).toMatchObject({
    apiKey: 'a1'.repeat(32),
    serverUrl: 'https://192.168.27.1:8000',
    debugLogs: true,
    timezone: 'Europe/London',
    healthCheckMinutes: 30,
    healthCheckPath: '/api/health',
    installFolder: 'C:\\ProgramData\\UserSessionMon',
    obtainPublicIp: true,
    publicIpUrls: ['https://ifconfig.me/ip', 'https://ipv4.icanhazip.com'],
    sessionLogMb: 5,
    errorLogMb: 0,
    eventLogMb: 20,
  });
});

it('a change leaves everything else, and encrypts the key', () => {
  writeFileSync(file, ORIGINAL);
  changeConfig(file, { 'API.timezone': 'UTC' }, system);
  const text = readFileSync(file, 'utf8');
  expect(text).toContain('timezone = UTC');
  expect(text).toContain('our_own_note = kept');
  expect(text).toContain('[Elsewhere]\nx = 1');
  expect(text).not.toContain('api_key = a1');
  expect(loadConfig(file, system).apiKey).toBe('a1'.repeat(32));
  changeConfig(file, { 'API.api_key': 'usm_2' }, system);
  expect(loadConfig(file, system)).toMatchObject({ apiKey: 'usm_2', timezone: 'UTC' });
});

it('a change that would not be understood changes nothing, and tells of everything', () => {
  writeFileSync(file, ORIGINAL);
  const change = () =>
    changeConfig(file, { 'API.timezone': 'Mars/Base', 'API.server_url': 'ftp://x' }, system);
  expect(change).toThrow(ConfigError);
  expect(change).toThrow('server_url');
  expect(change).toThrow('timezone');
  expect(readFileSync(file, 'utf8')).toBe(ORIGINAL);
});

it('without a file there are defaults, and a change writes a documented one', () => {
  expect(loadConfig(file, system)).toMatchObject({
    apiKey: null,
    healthCheckMinutes: 30,
    obtainPublicIp: false,
  });
  changeConfig(file, { 'API.server_url': 'https://logs.example.org' }, system);
  const text = readFileSync(file, 'utf8');
  expect(text).toContain('server_url = https://logs.example.org');
  expect(text).toContain('# ');
});
