/** The common beginning and end of every command that reads logs: inputs in, problems out. */
import { closeSync, openSync, writeSync } from 'node:fs';
import {
  type LogonSession,
  PROBLEMS,
  type Problem,
  type ProblemKind,
  type SessionEvent,
  type SessionizedLog,
  sessionize,
} from '@logonscope/core';
import { READERS } from '@logonscope/readers';
import { visible } from '@logonscope/writers';
import type { Invocation } from './command.ts';
import { CannotRun, CLEAN, type ExitStatus, WITH_PROBLEMS } from './exit-status.ts';
import { expandInputs, type Input } from './inputs.ts';
import { type LoadedLog, loadLogs } from './load.ts';
import { problemJson, problemLines } from './problem-lines.ts';
import { UNREADABLE } from './read-log.ts';
import { type Settings, settle } from './settings.ts';

export interface ReadLogs extends LoadedLog {
  readonly settings: Settings;
}

export interface ReadSessions extends SessionizedLog {
  readonly settings: Settings;
  readonly events: readonly SessionEvent[];
  readonly problems: readonly Problem[];
}

/** What is taken from a folder: everything a reader claims, and archives of it. */
export const LOG_EXTENSIONS: ReadonlySet<string> = new Set([
  ...READERS.flatMap(({ extensions }): readonly string[] => extensions),
  '.gz',
  '.zip',
]);

const ZONE_ASSUMED = 'zone-assumed';
const STRANGERS_SHOWN = 3;

/** Reads all inputs; throws `CannotRun` if not one of them can be read. */
export async function readLogs(
  { inputs: words, options, terminal }: Invocation,
  { peopleOnly }: { peopleOnly: boolean },
): Promise<ReadLogs> {
  const settings = settle(options, terminal);
  const { inputs, missing } = expandInputs(words, LOG_EXTENSIONS);
  if (inputs.length === 0) throw new CannotRun(missing);
  const log = await loadLogs(
    inputs,
    {
      peopleOnly,
      timezone: settings.namedTimezone,
      assumedTimezone: terminal.machineTimezone,
      slack: options.slack ?? false,
      workers: options.workers ?? null,
      quiet: options.quiet ?? false,
    },
    terminal,
  );
  if (log.nothingRead) throw new CannotRun(log.problems.map(({ at, message }) => `${at.file}: ${message}`));
  const lost = missing.map((reason): Problem => {
    const colon = reason.lastIndexOf(': ');
    const at = { file: reason.slice(0, colon) };
    return { code: UNREADABLE, at, field: null, message: reason.slice(colon + 2) };
  });
  const { problems, strangers } = withoutStrangers(log.problems, inputs);
  if (strangers.length > 0 && !options.quiet) terminal.writeError(`${strangersLine(strangers)}\n`);
  return { ...log, problems: [...lost, ...problems], settings };
}

/**
 * A folder holds more than logs: a readme or a list beside them is no problem. A file that was named is, and so is
 * one whose name says that it is a log.
 */
export function withoutStrangers(problems: readonly Problem[], inputs: readonly Input[]) {
  const found = new Set(inputs.filter(({ named }) => !named).map(({ name }) => name));
  const isStranger = ({ code, at }: Problem) =>
    code === 'file/unknown-format' && found.has(at.file) && !at.file.toLowerCase().endsWith('.evtx');
  const strangers = problems.filter(isStranger).map(({ at }) => at.file);
  return { problems: problems.filter((problem) => !isStranger(problem)), strangers };
}

export function strangersLine(files: readonly string[]): string {
  const shown = files.slice(0, STRANGERS_SHOWN).map(visible).join(', ');
  const more = files.length > STRANGERS_SHOWN ? ', …' : '';
  return `left out ${files.length} ${files.length === 1 ? 'file' : 'files'} of no known format: ${shown}${more}`;
}

/** Reads all inputs and finds the sessions in them; all kinds if asked for, with events of everyone on request. */
export async function readSessions(
  invocation: Invocation,
  { everything = false }: { everything?: boolean } = {},
): Promise<ReadSessions> {
  const include = invocation.options.include ?? [];
  const { events, life, problems, settings } = await readLogs(invocation, {
    peopleOnly: !everything && include.length === 0,
  });
  const found = sessionize(events, life, settings.sessionize);
  const sessions = markAssumedZones(found.sessions, problems);
  return { ...found, sessions, events, problems, settings };
}

/** Sessions whose evidence stands in a file without a zone carry the finding; the engine does not know of files. */
function markAssumedZones(sessions: LogonSession[], problems: readonly Problem[]): LogonSession[] {
  const files = problems.filter(({ code }) => code === ZONE_ASSUMED).map(({ at }) => `${at.file}:`);
  if (files.length === 0) return sessions;
  return sessions.map((session) => {
    const cited = [session.startEvidence, session.endEvidence];
    const assumed = cited.some((evidence) => files.some((file) => evidence?.startsWith(file)));
    return assumed ? { ...session, findings: [...session.findings, ZONE_ASSUMED] } : session;
  });
}

/** Reports what could not be read and says how the run ended. */
export function finish(
  { options, terminal }: Invocation,
  { problems, events }: { problems: readonly Problem[]; events: { readonly length: number } },
): ExitStatus {
  if (options.problems !== undefined) writeProblems(options.problems, problems);
  const empty = events.length === 0 && problems.length === 0;
  if (!options.quiet) {
    const lines = empty ? ['no logon events were found in the input'] : problemLines(problems);
    terminal.writeError(lines.map((line) => `${line}\n`).join(''));
  }
  return empty || problems.some(costsRecords) ? WITH_PROBLEMS : CLEAN;
}

/** Warnings are said but change no exit status: nothing was lost. An unknown code is taken seriously. */
function costsRecords({ code }: Problem): boolean {
  const kinds: Readonly<Record<string, ProblemKind>> = PROBLEMS;
  return (kinds[code]?.severity ?? 'error') === 'error';
}

function writeProblems(path: string, problems: readonly Problem[]): void {
  try {
    const descriptor = openSync(path, 'w');
    writeSync(descriptor, problems.map((problem) => `${problemJson(problem)}\n`).join(''));
    closeSync(descriptor);
  } catch (error) {
    throw new CannotRun([`${path}: cannot be written: ${(error as Error).message}`]);
  }
}
