/** `--service …`: installs, starts, stops, removes, and runs the service. */
import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Changes, ServiceWord } from '../cli/arguments.ts';
import { CONFIG, changeConfig, loadConfig, readConfig, writeConfig } from '../config.ts';
import { settingsOf } from '../settings.ts';
import type { System } from '../system.ts';

export const PROGRAM = 'winagentUSM.exe';

export interface ServicePorts {
  readonly system: System;
  /** The program that runs now. */
  readonly program: string;
  /** The config.ini that was named, or that lies beside the program; null where there is none. */
  readonly givenConfig: string | null;
  say(text: string): void;
  /** Runs the agent of a folder until `stop` is aborted. */
  runAgent(folder: string, stop: AbortSignal): Promise<void>;
  /** Aborted when the person at the window wants it to end. */
  readonly interrupted: AbortSignal;
}

/** Does what the word says; rejects with a sentence for people. */
export async function serviceCommand(
  word: ServiceWord,
  changes: Changes,
  ports: ServicePorts,
): Promise<void> {
  const { system, say } = ports;
  const { service } = system;
  switch (word) {
    case 'install':
      await install(changes, ports);
      return;
    case 'start':
      await service.start();
      say('The service runs.');
      return;
    case 'stop':
      await service.stop();
      say('The service is stopped.');
      return;
    case 'restart':
      await service.stop();
      await service.start();
      say('The service runs again.');
      return;
    case 'status':
      say(`The service is ${service.state()}.`);
      return;
    case 'remove':
    case 'uninstall':
      await service.remove();
      say(
        `The service is removed. Its folder is left as it is, with all that was not sent: ${installFolder(ports)}`,
      );
      return;
    case 'run':
      await run(ports);
      return;
  }
}

/** The folder that the settings name. */
export function installFolder({ system, givenConfig }: Pick<ServicePorts, 'system' | 'givenConfig'>): string {
  if (givenConfig === null) return system.defaultFolder;
  const loaded = settingsOf(readConfig(givenConfig), CONFIG, '');
  return loaded.ok ? loaded.values.installFolder : system.defaultFolder;
}

async function install(changes: Changes, ports: ServicePorts): Promise<void> {
  const { system, program, givenConfig, say } = ports;
  const folder = installFolder(ports);
  // First of all nobody else may write there: what lies in it runs as the system.
  system.secureFolder(folder);
  const config = join(folder, CONFIG);
  const there = existsSync(config);
  if (givenConfig !== null && givenConfig !== config) writeConfig(config, readConfig(givenConfig), system);
  changeConfig(config, changes, system);
  const settings = loadConfig(config, system);
  await replaceProgram(ports, join(folder, PROGRAM), program);
  system.service.install(`"${join(folder, PROGRAM)}" --service run`);
  say(`Installed in ${folder}${there ? '; what was there is kept' : ''}.`);
  if (settings.serverUrl === null)
    say('The address of the server is still missing: winagentUSM.exe --url https://…');
  if (settings.apiKey === null) say('The key of the site is still missing: winagentUSM.exe --api-key …');
}

/** A running program cannot be written over, but it can be renamed. */
async function replaceProgram({ system, say }: ServicePorts, target: string, program: string): Promise<void> {
  if (target.toLowerCase() === program.toLowerCase()) return;
  const fresh = `${target}.new`;
  copyFileSync(program, fresh);
  system.secureFile(fresh);
  if (existsSync(target)) {
    if (system.service.state() === 'running') {
      await system.service.stop();
      say('The service was stopped for the new version.');
    }
    rmSync(`${target}.old`, { force: true });
    renameSync(target, `${target}.old`);
  }
  renameSync(fresh, target);
}

async function run({ system, runAgent, say, interrupted, ...ports }: ServicePorts): Promise<void> {
  const folder = installFolder({ system, ...ports });
  if (await system.service.serve((stop) => runAgent(folder, stop))) return;
  say('Runs in this window; Ctrl+C ends it.');
  await runAgent(folder, interrupted);
}
