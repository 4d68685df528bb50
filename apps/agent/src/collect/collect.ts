/** `collect`: what the logs of this computer tell of sessions, into a file for SessionSentry, Logonscope or a spreadsheet. */
import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { decode, type WindowsRecord } from '@logonscope/core';
import type { Collecting } from '../cli/arguments.ts';
import { COLLECTED_IDS, COLLECTOR_COLUMNS, collectorRows, csvLine } from './collector-row.ts';

/** The logs of this computer, as far as collecting needs them. */
export interface LogAccess {
  /** Records of one log that a query finds, oldest first. */
  read(channel: string, query: string, onRecord: (record: WindowsRecord) => void): Promise<void>;
  /** Windows' own copy of what a query finds. */
  export(channel: string, query: string, file: string): void;
}

export interface CollectPorts {
  readonly logs: LogAccess;
  /** ISO 8601 with the offset of this computer's zone. */
  timeOf(time: number): string;
  /** Queries of other logs, for the forms that carry more than the Security log. */
  readonly channels: readonly { readonly channel: string; readonly query: string }[];
  say(text: string): void;
}

const DAY_MS = 86_400_000;
const SECURITY = 'Security';

const within = (daysBack: number) => `TimeCreated[timediff(@SystemTime) <= ${daysBack * DAY_MS}]`;

/** The twelve events of the script, so far back. */
export function securityQuery(daysBack: number): string {
  const ids = COLLECTED_IDS.map((id) => `EventID=${id}`).join(' or ');
  return `*[System[(${ids}) and ${within(daysBack)}]]`;
}

/** Writes the file whole or not at all; resolves with how many events it holds, null where only Windows knows. */
export async function collect(asked: Collecting, ports: CollectPorts): Promise<number | null> {
  const { outputPath, format, daysBack } = asked;
  if (format === 'evtx') {
    ports.logs.export(SECURITY, securityQuery(daysBack), outputPath);
    return null;
  }
  const fresh = `${outputPath}.new`;
  const file = openSync(fresh, 'w');
  let count = 0;
  try {
    if (format === 'csv') count = await writeCsv(asked, ports, (text) => writeSync(file, text));
    else count = await writeNdjson(asked, ports, (text) => writeSync(file, text));
  } catch (error) {
    closeSync(file);
    rmSync(fresh);
    throw error;
  }
  closeSync(file);
  renameSync(fresh, outputPath);
  return count;
}

async function writeCsv(
  asked: Collecting,
  ports: CollectPorts,
  write: (text: string) => void,
): Promise<number> {
  const rowOf = collectorRows({ includeSystem: asked.includeSystem, timeOf: ports.timeOf });
  let count = 0;
  write(csvLine(COLLECTOR_COLUMNS));
  await ports.logs.read(SECURITY, securityQuery(asked.daysBack), (record) => {
    const row = rowOf(record);
    if (row === null) return;
    write(csvLine(row));
    count++;
    if (asked.debug && count % 1_000 === 0) ports.say(`${count} events`);
  });
  return count;
}

/** Of all logs, since a line may say anything. */
async function writeNdjson(
  asked: Collecting,
  ports: CollectPorts,
  write: (text: string) => void,
): Promise<number> {
  let count = 0;
  for (const { channel, query } of ports.channels) {
    const limited = query.replace(
      /^\*\[System\[(.*)\]\]$/s,
      (_, terms: string) => `*[System[(${terms}) and ${within(asked.daysBack)}]]`,
    );
    await ports.logs.read(channel, limited, (record) => {
      const event = decode(record);
      if (event === null) return;
      write(`${JSON.stringify(event)}\n`);
      count++;
    });
    if (asked.debug) ports.say(`${channel}: ${count} events so far`);
  }
  return count;
}
