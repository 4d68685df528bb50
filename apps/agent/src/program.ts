/** The program as a function: a command line in, an exit status out. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Changes, type Collecting, parseArguments } from './cli/arguments.ts';
import { COLLECT_EXAMPLES, COLLECT_HELP, HELP } from './cli/help.ts';
import { collect, type LogAccess } from './collect/collect.ts';
import { describeFindings, diagnose } from './commands/diagnose.ts';
import { installFolder, serviceCommand } from './commands/service.ts';
import { CONFIG, ConfigError, changeConfig, loadConfig } from './config.ts';
import { createHttp } from './deliver/http.ts';
import { countWaiting } from './outbox/open.ts';
import { runAgent } from './run-agent.ts';
import type { AgentSettings } from './settings.ts';
import type { System } from './system.ts';
import { VERSION } from './version.ts';
import { channelsOf } from './windows/channels.ts';
import { writtenTime } from './written-time.ts';

export interface ProgramPorts {
  readonly argv: readonly string[];
  /** The file that runs. */
  readonly program: string;
  /** Null in a program that carries no way to read logs. */
  readonly logs: LogAccess | null;
  system(): System;
  say(text: string): void;
  complain(text: string): void;
  readonly interrupted: AbortSignal;
}

const DONE = 0;
const WRONG = 1;
const NOT_UNDERSTOOD = 2;

/** Runs a command; 0 done, 1 something is wrong, 2 the line or the settings are not understood. */
export async function runProgram(ports: ProgramPorts): Promise<number> {
  const { argv, say, complain } = ports;
  const command = parseArguments(argv);
  try {
    switch (command.is) {
      case 'help':
        say(HELP);
        return DONE;
      case 'version':
        say(VERSION);
        return DONE;
      case 'collect-help':
        say(COLLECT_HELP);
        return DONE;
      case 'collect-examples':
        say(COLLECT_EXAMPLES);
        return DONE;
      case 'wrong':
        for (const each of command.told) complain(each);
        return NOT_UNDERSTOOD;
      case 'service': {
        const { system, program, interrupted } = { ...ports, system: ports.system() };
        const givenConfig = configOf(ports, command.config);
        const run = (folder: string, stop: AbortSignal) => runAgent(folder, system, stop);
        await serviceCommand(command.word, command.changes, {
          system,
          program,
          givenConfig,
          say,
          runAgent: run,
          interrupted,
        });
        return DONE;
      }
      case 'configure':
        return configure(command.changes, command.config, ports);
      case 'diagnose':
        return await runDiagnose(command.config, ports);
      case 'collect':
        return await runCollect(command.collecting, ports);
    }
  } catch (error) {
    for (const told of error instanceof ConfigError ? error.told : [(error as Error).message]) complain(told);
    return error instanceof ConfigError ? NOT_UNDERSTOOD : WRONG;
  }
}

/** The config.ini that was named, else the one beside the program. */
function configOf({ program }: ProgramPorts, named: string | null): string | null {
  if (named !== null) {
    if (!existsSync(named)) throw new ConfigError([`${named} is not there.`]);
    return resolve(named);
  }
  const beside = join(dirname(program), CONFIG);
  return existsSync(beside) ? beside : null;
}

/** The file of the installed service where there is one. */
function standingConfig(ports: ProgramPorts, named: string | null): string {
  const given = configOf(ports, named);
  if (named !== null) return given!;
  const installed = join(installFolder({ system: ports.system(), givenConfig: given }), CONFIG);
  return existsSync(installed) ? installed : (given ?? join(dirname(ports.program), CONFIG));
}

function configure(changes: Changes, named: string | null, ports: ProgramPorts): number {
  const file = standingConfig(ports, named);
  changeConfig(file, changes, ports.system());
  ports.say(`Changed in ${file}; a running service takes it over within a minute.`);
  return DONE;
}

async function runDiagnose(named: string | null, ports: ProgramPorts): Promise<number> {
  const system = ports.system();
  const configFile = standingConfig(ports, named);
  let settings: AgentSettings | readonly string[];
  try {
    settings = loadConfig(configFile, system);
  } catch (error) {
    settings = error instanceof ConfigError ? error.told : [(error as Error).message];
  }
  const findings = await diagnose({
    ...{
      system,
      settings,
      configFile,
      now: Date.now,
      waiting: waitingIn(join(dirname(configFile), 'outbox')),
    },
    connect: (from) =>
      createHttp({
        ...{ serverUrl: from.serverUrl ?? '', apiKey: from.apiKey ?? '', product: `winagentUSM/${VERSION}` },
        ...{
          proxyUrl: from.proxyUrl,
          pinnedSha256: from.pinnedSha256,
          verify: from.verifyTls,
          timeoutMs: 10_000,
        },
      }),
  });
  ports.say(describeFindings(findings));
  return findings.every(({ ok }) => ok) ? DONE : WRONG;
}

function waitingIn(folder: string): number | null {
  if (!existsSync(folder)) return null;
  try {
    return countWaiting(folder);
  } catch {
    return null;
  }
}

async function runCollect(collecting: Collecting, ports: ProgramPorts): Promise<number> {
  ports.system();
  if (ports.logs === null) throw new Error('There are no event logs of Windows here.');
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const count = await collect(collecting, {
    ...{ logs: ports.logs, channels: channelsOf(['security', 'system', 'terminal']), say: ports.complain },
    timeOf: (time) => writtenTime(zone, time),
  });
  ports.say(
    `${count === null ? 'The events' : `${count} events`} of the last ${collecting.daysBack} days are in ${collecting.outputPath}.`,
  );
  return DONE;
}
