/** Everything in a Security log that is no person at a desktop: services, the network, batch jobs, attacks. */
import type { Instant } from '@logonscope/core';
import type { Value } from '../evtx/values.ts';
import { SECURITY } from '../layouts/index.ts';
import { writeService } from './boots.ts';
import { writeFailedLogon } from './logons.ts';
import type { Machine } from './machine.ts';
import { newLogonId, write } from './machine.ts';
import { DOMAIN, DOMAIN_SID, type Person, personOf } from './people.ts';
import { SVCHOST, writeExplicit, writeLogoff, writeLogon, writePrivileges } from './tokens.ts';
import { HOUR_MS } from './zone.ts';

const BACKGROUND = { background: true };

/** Failures as NTSTATUS, sub-status and the message code that Event Viewer shows. */
export const FAILURES = [
  { status: 0xc000006d, subStatus: 0xc000006a, reason: '%%2313' },
  { status: 0xc000006d, subStatus: 0xc0000064, reason: '%%2313' },
  { status: 0xc000006e, subStatus: 0xc0000072, reason: '%%2310' },
  { status: 0xc0000234, subStatus: 0, reason: '%%2307' },
  { status: 0xc000015b, subStatus: 0, reason: '%%2308' },
  { status: 0xc000006e, subStatus: 0xc0000070, reason: '%%2312' },
] as const;

type Noise = (machine: Machine, at: Instant) => void;

/** Each kind with its weight. */
const KINDS: readonly { readonly weight: number; readonly happen: Noise }[] = [
  { weight: 45, happen: networkLogon },
  { weight: 30, happen: writeService },
  { weight: 6, happen: batchJob },
  { weight: 3, happen: failedNetworkLogon },
  { weight: 0.4, happen: runAs },
  { weight: 0.2, happen: spray },
];
const WEIGHTS = KINDS.reduce((sum, { weight }) => sum + weight, 0);
/** Process events come on top of these, as many as asked for. */
const PROCESS_WEIGHT = 14;
const PER_HOUR = { workstation: 5, reception: 5, terminalServer: 40 } as const;

/** Keeps the background noise of a computer going. */
export function scheduleNoise(machine: Machine, from: Instant): void {
  const { agenda, random, settings, spec } = machine;
  if (settings.noise <= 0) return;
  const processWeight = PROCESS_WEIGHT * settings.processes;
  const meanMs = (HOUR_MS / (PER_HOUR[spec.kind] * settings.noise)) * (WEIGHTS / (WEIGHTS + processWeight));
  const pick = (): Noise =>
    random.chance(processWeight / (WEIGHTS + processWeight)) ? startProcess : pickNoise(machine);
  const next = (at: Instant): void =>
    agenda.schedule(at + random.wait(meanMs), (then) => {
      if (machine.power === 'on') pick()(machine, then);
      next(then);
    });
  next(from);
}

function pickNoise(machine: Machine): Noise {
  let left = machine.random.next() * WEIGHTS;
  return (KINDS.find(({ weight }) => (left -= weight) < 0) ?? KINDS[0]!).happen;
}

function randomPerson(machine: Machine): Person {
  return personOf(machine.settings.seed, machine.random.int(0, 200));
}

function networkLogon(machine: Machine, at: Instant): void {
  const { random } = machine;
  const computer = {
    name: `WS-${random.int(1000, 1400)}$`,
    domain: DOMAIN,
    sid: `${DOMAIN_SID}-${random.int(5000, 5400)}`,
  };
  const account = random.chance(0.6) ? computer : randomPerson(machine);
  const id = newLogonId(machine);
  const facts = {
    process: 'Kerberos',
    package: 'Kerberos',
    workstation: '-',
    program: '-',
    elevated: random.chance(0.2),
  };
  const address = `10.1.${random.int(0, 20)}.${random.int(2, 250)}`;
  writeLogon(
    machine,
    at,
    { ...facts, account, type: 3, id, address, port: random.int(49_152, 65_535) },
    BACKGROUND,
  );
  if (facts.elevated) writePrivileges(machine, at + 1, account, id, BACKGROUND);
  if (random.chance(0.97)) writeLogoff(machine, at + random.int(50, 20_000), account, id, 3, BACKGROUND);
}

function batchJob(machine: Machine, at: Instant): void {
  const account = { name: 'svc-backup', domain: DOMAIN, sid: `${DOMAIN_SID}-1099` };
  const id = newLogonId(machine);
  const facts = {
    process: 'Advapi  ',
    workstation: machine.spec.name,
    program: SVCHOST,
    address: '-',
    elevated: true,
  };
  writeLogon(machine, at, { ...facts, account, type: 4, id }, BACKGROUND);
  writePrivileges(machine, at + 1, account, id, BACKGROUND);
  writeLogoff(machine, at + machine.random.int(2_000, 50_000), account, id, 4, BACKGROUND);
}

function startProcess(machine: Machine, at: Instant): void {
  const { random } = machine;
  const person = machine.sessions[0]?.person ?? randomPerson(machine);
  const program = `C:\\Program Files\\Contoso\\app${random.int(1, 60)}.exe`;
  const subject: Value[] = [person.sid, person.name, person.domain, machine.sessions[0]?.logonId ?? 0x3e7];
  const processId = 4 * random.int(0x200, 0x4000);
  const command = `"${program}" --document ${random.int(1, 1_000_000)}`;
  const nobody: Value[] = ['S-1-0-0', '-', '-', 0];
  const values = [
    ...subject,
    processId,
    program,
    '%%1938',
    0x1a4,
    command,
    ...nobody,
    'C:\\Windows\\explorer.exe',
    'S-1-16-8192',
  ];
  write(machine, at, SECURITY.processCreated, values, BACKGROUND);
  write(
    machine,
    at + random.int(20, 9_000),
    SECURITY.processExited,
    [...subject, 0, processId, program],
    BACKGROUND,
  );
}

function failedNetworkLogon(machine: Machine, at: Instant): void {
  const { random } = machine;
  const name = random.pick(['administrator', 'admin', 'test', randomPerson(machine).name]);
  const address = `10.9.9.${random.int(2, 9)}`;
  writeFailedLogon(machine, at, { name, domain: DOMAIN, type: 3, address, ...random.pick(FAILURES) });
}

/** One password tried on many accounts within two minutes. */
function spray(machine: Machine, at: Instant): void {
  const address = `203.0.113.${machine.random.int(2, 250)}`;
  const count = machine.random.int(20, 50);
  for (let number = 0; number < count; number++) {
    const { name } = personOf(machine.settings.seed, number);
    writeFailedLogon(machine, at + number * 2_000, {
      name,
      domain: DOMAIN,
      type: 3,
      address,
      ...FAILURES[0],
    });
  }
}

/** An interactive logon that is no session: the secondary logon service starts one program as someone else. */
function runAs(machine: Machine, at: Instant): void {
  const account = { name: 'admin-helpdesk', domain: DOMAIN, sid: `${DOMAIN_SID}-1098` };
  const id = newLogonId(machine);
  writeExplicit(machine, at, account, '::1');
  writeLogon(
    machine,
    at + 5,
    { account, type: 2, id, process: 'seclogo', address: '::1', elevated: true },
    BACKGROUND,
  );
  writePrivileges(machine, at + 6, account, id, BACKGROUND);
  writeLogoff(machine, at + machine.random.int(30_000, 3_600_000), account, id, 2, BACKGROUND);
}
