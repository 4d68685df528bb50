/** What lies in the agent's package beside the program: settings, installer and a page to read, as texts for Windows. */
import type { AgentPackageWish } from '@logonscope/protocol';

/** The names and the service's name are those of winagentUSM, so that a computer's old agent is replaced by the new one. */
export const AGENT_PROGRAM = 'winagentUSM.exe';
const SERVICE = 'UserSessionMonService';
/** Stands where the key belongs when none was made. */
export const KEY_PLACEHOLDER = 'PUT-THE-KEY-OF-THE-SITE-HERE';

export interface PackageFacts {
  readonly company: string;
  readonly serverUrl: string;
  /** Null where it is left to be filled in. */
  readonly apiKey: string | null;
  readonly timezone: string;
  readonly wish: AgentPackageWish;
}

const NAME_CHARS_MAX = 80;

/** `Müller & Söhne (UK)` → `Muller_Sohne_UK_agent.zip`: a name that every system, header and shell takes as it is. */
export function packageName(company: string): string {
  const plain = company
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Za-z0-9-]+/g, '_')
    .slice(0, NAME_CHARS_MAX)
    .replaceAll(/^[_-]+|[_-]+$/g, '');
  return `${plain === '' ? 'Company' : plain}_agent.zip`;
}

const windowsText = (lines: readonly string[]) => `${lines.join('\r\n')}\r\n`;

/** The agent's settings under the original's names; see its guide for each. */
export function configIni({ serverUrl, apiKey, timezone, wish }: PackageFacts): string {
  return windowsText([
    '[API]',
    `api_key = ${apiKey ?? KEY_PLACEHOLDER}`,
    `server_url = ${serverUrl}`,
    `debug_logs = ${wish.debugLogs}`,
    `timezone = ${timezone}`,
    '# Minutes; 0 never asks.',
    `health_check_interval = ${wish.healthCheckMinutes}`,
    'health_check_path = /api/health',
    `install_dir = ${wish.installFolder}`,
    `obtain_public_ip = ${wish.obtainPublicIp}`,
    `public_ip_http_urls = ${wish.publicIpUrls.join(',')}`,
    '',
    '[Logging]',
    `session_log_rotation_size_mb = ${wish.sessionLogMb}`,
    `error_log_rotation_size_mb = ${wish.errorLogMb}`,
    `event_log_rotation_size_mb = ${wish.eventLogMb}`,
  ]);
}

/** Installs the service from the folder it lies in. No value of a company stands in it: a batch file would run it. */
export function installBatch(): string {
  return windowsText([
    '@echo off',
    'setlocal',
    'cd /d "%~dp0"',
    'net session >nul 2>&1',
    'if errorlevel 1 (',
    '  echo Run this file as administrator: right-click it, "Run as administrator".',
    '  pause',
    '  exit /b 1',
    ')',
    ...[AGENT_PROGRAM, 'config.ini'].flatMap((file) => [
      `if not exist "%~dp0${file}" (`,
      `  echo ${file} is missing: unpack the whole package into one folder first.`,
      '  pause',
      '  exit /b 1',
      ')',
    ]),
    `findstr /c:"${KEY_PLACEHOLDER}" "%~dp0config.ini" >nul`,
    'if not errorlevel 1 (',
    '  echo Put the key of the site into config.ini first.',
    '  pause',
    '  exit /b 1',
    ')',
    `"%~dp0${AGENT_PROGRAM}" -service install -config "%~dp0config.ini"`,
    'if errorlevel 1 (',
    '  echo The service was not installed.',
    '  pause',
    '  exit /b 1',
    ')',
    `"%~dp0${AGENT_PROGRAM}" -service start`,
    `sc query ${SERVICE}`,
    'pause',
  ]);
}

export function readme({ company, serverUrl, apiKey, wish }: PackageFacts): string {
  return windowsText([
    `Logon agent for ${company}`,
    '',
    `Sends logons, logoffs, locks and unlocks of this computer to ${serverUrl}.`,
    '',
    'Install',
    ...(apiKey === null
      ? [`  0. Put the key of the site into config.ini, in place of ${KEY_PLACEHOLDER}.`]
      : []),
    '  1. Unpack all files into one folder.',
    '  2. Right-click install_service.bat, "Run as administrator".',
    `  The service ${SERVICE} is shown as RUNNING; its files lie in ${wish.installFolder}.`,
    '',
    'Remove',
    `  ${AGENT_PROGRAM} -service uninstall   (in a terminal opened as administrator)`,
    '',
    'The key',
    '  config.ini holds the key of the site. Whoever has it can send events in its name: delete this package',
    '  after installing, and disable the key in the portal when a copy was lost.',
    '',
    'It does not work?',
    `  ${wish.installFolder}\\error.log tells why. "Invalid API key": the key was mistyped, disabled or has expired.`,
    '  A certificate that this computer does not trust: install it as a trusted root first.',
  ]);
}
