/** The agent of a folder, as the service runs it: settings from its config.ini, taken over again when they change. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { openAgent } from './agent.ts';
import { systemClock } from './clock.ts';
import { CONFIG, loadConfig } from './config.ts';
import { ERROR_LOG, logFile, openTextLog } from './logs.ts';
import { claimFolder } from './only-one.ts';
import type { AgentSettings } from './settings.ts';
import type { System } from './system.ts';

const LOOK_MS = 20_000;
const MEGABYTE = 1024 * 1024;

/** Runs until `stop` is aborted. Rejects where the settings cannot be understood at the start. */
export async function runAgent(folder: string, system: System, stop: AbortSignal): Promise<void> {
  const file = join(folder, CONFIG);
  const log = openTextLog({
    file: logFile(folder, ERROR_LOG),
    now: Date.now,
    rotationBytes: () => 5 * MEGABYTE,
  });
  let settings: AgentSettings;
  try {
    settings = loadConfig(file, system);
    if (settings.serverUrl === null || settings.apiKey === null)
      throw new Error('server_url and api_key are needed.');
  } catch (error) {
    log.write(`config.ini: ${(error as Error).message}`);
    throw error;
  }
  const release = await claimFolder(folder);
  const agent = openAgent({
    ...{ folder, computer: system.computer(), clock: systemClock, settings: () => settings },
    sources: system.sources(settings.sources),
    auditPolicy: () => system.auditPolicy(),
  });
  const watching = watchFile(file, stop, () => {
    try {
      settings = loadConfig(file, system);
      agent.reconfigure();
    } catch (error) {
      log.write(`config.ini is not understood, the settings before go on: ${(error as Error).message}`);
    }
  });
  await agent.run(stop).catch((error: Error) => {
    log.write(`the agent ends: ${error.stack ?? error.message}`);
    throw error;
  });
  await watching;
  release();
}

/** Calls back when the file is another than before. */
async function watchFile(file: string, stop: AbortSignal, changed: () => void): Promise<void> {
  const stamp = () => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  let last = stamp();
  while (!stop.aborted) {
    await systemClock.wait(LOOK_MS, stop);
    const now = stamp();
    if (now !== last && now !== 0 && !stop.aborted) changed();
    last = now;
  }
}
