/** `diagnose`: what is wrong, and what mends it. */
import type { Http } from '../deliver/http.ts';
import { CLOCK_AHEAD_MS_MAX, checkHealth } from '../health.ts';
import type { AgentSettings } from '../settings.ts';
import type { Finding, System } from '../system.ts';
import { VERSION } from '../version.ts';

export interface DiagnosePorts {
  readonly system: System;
  /** The settings, or everything that is wrong with them. */
  readonly settings: AgentSettings | readonly string[];
  readonly configFile: string;
  /** How many events wait, and for how long; null where there is no outbox. */
  readonly waiting: number | null;
  connect(settings: AgentSettings): Http;
  now(): number;
}

/** Looks at everything; each finding with its remedy. */
export async function diagnose(ports: DiagnosePorts): Promise<Finding[]> {
  const { system, settings } = ports;
  const findings: Finding[] = [serviceFinding(system), ...settingsFindings(ports)];
  if (!isWrong(settings) && settings.serverUrl !== null && settings.apiKey !== null)
    findings.push(...(await serverFindings(ports, settings)));
  if (ports.waiting !== null) {
    const told = `${ports.waiting} wait to be sent`;
    findings.push({ what: 'events', ok: ports.waiting < 1_000, told, remedy: null });
  }
  return [...findings, ...system.inspect()];
}

const isWrong = (settings: DiagnosePorts['settings']): settings is readonly string[] =>
  Array.isArray(settings);

function serviceFinding({ service }: System): Finding {
  const state = service.state();
  const remedy = state === 'absent' ? 'winagentUSM.exe --service install' : 'winagentUSM.exe --service start';
  return {
    what: 'service',
    ok: state === 'running',
    told: state,
    remedy: state === 'running' ? null : remedy,
  };
}

function settingsFindings({ settings, configFile }: DiagnosePorts): Finding[] {
  if (isWrong(settings))
    return settings.map((told) => ({ what: 'settings', ok: false, told, remedy: `edit ${configFile}` }));
  const missing: Finding[] = [];
  if (settings.serverUrl === null)
    missing.push({
      what: 'settings',
      ok: false,
      told: 'no address of a server',
      remedy: 'winagentUSM.exe --url https://…',
    });
  if (settings.apiKey === null)
    missing.push({
      what: 'settings',
      ok: false,
      told: 'no key of a site',
      remedy: 'winagentUSM.exe --api-key …',
    });
  if (!settings.verifyTls)
    missing.push({
      what: 'settings',
      ok: false,
      told: 'any certificate is accepted',
      remedy: `take verify_tls out of ${configFile}`,
    });
  if (missing.length > 0) return missing;
  return [{ what: 'settings', ok: true, told: configFile, remedy: null }];
}

async function serverFindings(ports: DiagnosePorts, settings: AgentSettings): Promise<Finding[]> {
  const http = ports.connect(settings);
  const health = await checkHealth({
    http,
    clock: { now: ports.now, wait: () => Promise.resolve() },
    outbox: { epoch: 'diagnose', waiting: () => [], waitingCount: () => ports.waiting ?? 0 },
    ...{ computer: ports.system.computer(), version: VERSION, originalPath: settings.healthCheckPath },
  });
  http.close();
  const what = `server ${settings.serverUrl}`;
  if (!health.ok)
    return [{ what, ok: false, told: health.why ?? 'does not answer', remedy: remedyOf(health.why ?? '') }];
  const ahead = health.clockAheadMs ?? 0;
  const right = Math.abs(ahead) <= CLOCK_AHEAD_MS_MAX;
  return [
    {
      what,
      ok: true,
      told: health.known === 'ours' ? 'answers, the key is right' : 'answers as the original does',
      remedy: null,
    },
    {
      ...{ what: 'clock', ok: right, told: `${Math.round(ahead / 1000)} s ahead of the server's` },
      remedy: right ? null : 'w32tm /resync',
    },
  ];
}

/** The usual reasons, by what they say. */
function remedyOf(why: string): string {
  if (/API key|unauth|401|403/i.test(why))
    return 'make a new key of the site, then: winagentUSM.exe --api-key …';
  if (/certificate|self.signed|issuer/i.test(why))
    return 'name the authority with ca_file, or the certificate with certificate_sha256, in [Connection] of config.ini';
  if (/ENOTFOUND|EAI_AGAIN/.test(why)) return 'check the name in the address, and DNS: nslookup NAME';
  if (/ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|answer/.test(why))
    return 'check address, port, firewall and proxy_url: Test-NetConnection HOST -Port PORT';
  return 'check the address with --url';
}

/** As printed: what is wrong first, each with its remedy. */
export function describeFindings(findings: readonly Finding[]): string {
  const sorted = [...findings.filter(({ ok }) => !ok), ...findings.filter(({ ok }) => ok)];
  return sorted
    .map(
      ({ what, ok, told, remedy }) =>
        `${ok ? 'ok    ' : 'WRONG '} ${what}: ${told}${remedy === null ? '' : `\n         ${remedy}`}`,
    )
    .join('\n');
}
