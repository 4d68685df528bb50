/** All inputs of a command, read in-process or by a worker each, into one heap of events, signs of life and problems. */
import { availableParallelism } from 'node:os';
import type { LifeSpan, Problem, SessionEvent } from '@logonscope/core';
import type { Input } from './inputs.ts';
import { startProgress } from './progress.ts';
import { type LogSink, type ReadingOptions, readLog, UNREADABLE } from './read-log.ts';
import { readInWorkers } from './read-workers.ts';
import type { Terminal } from './terminal.ts';

export interface LoadOptions extends ReadingOptions {
  /** Files to read at once; null decides by size and CPUs. */
  readonly workers: number | null;
  readonly quiet: boolean;
}

export interface LoadedLog {
  /** In the order of the inputs, and within one in its own. */
  readonly events: SessionEvent[];
  readonly life: LifeSpan[];
  readonly problems: Problem[];
  /** True if not one input could be read. */
  readonly nothingRead: boolean;
}

/** Below this a worker's start and the way of its events cost more than another CPU brings. */
const WORTH_WORKERS_BYTES = 256_000_000;
/** Each holds its buffers and compiles the readers anew. */
const WORKERS_MAX = 8;

export async function loadLogs(
  inputs: readonly Input[],
  options: LoadOptions,
  terminal: Terminal,
): Promise<LoadedLog> {
  const totalBytes = inputs.some((input) => input.sizeBytes === null)
    ? null
    : inputs.reduce((sum, input) => sum + input.sizeBytes!, 0);
  const progress = startProgress(terminal, totalBytes, options.quiet);
  const workers = workersFor(inputs, totalBytes, options.workers);
  try {
    const logs = inputs.map(() => emptyLog());
    const sinks = logs.map((log) => collectInto(log, progress.advance));
    if (workers > 1) await readInWorkers(inputs, options, sinks, workers);
    else for (const [index, input] of inputs.entries()) await readLog(input, options, sinks[index]!);
    return joined(logs);
  } finally {
    progress.finish();
  }
}

/** How many workers to start; 0 and 1 both mean to read here. */
function workersFor(inputs: readonly Input[], totalBytes: number | null, asked: number | null): number {
  const files = inputs.filter((input) => input.path !== null).length;
  if (asked !== null) return files < inputs.length ? 0 : Math.min(asked, files);
  if (totalBytes === null || totalBytes < WORTH_WORKERS_BYTES) return 0;
  // One CPU stays with the thread that collects: on two, workers were measured to cost CPU and save no time.
  return Math.min(availableParallelism() - 1, files, WORKERS_MAX);
}

type Log = Omit<LoadedLog, 'nothingRead'>;

const emptyLog = (): Log => ({ events: [], life: [], problems: [] });

function collectInto(log: Log, advance: (bytes: number) => void): LogSink {
  return {
    event: (event) => void log.events.push(event),
    life: (span) => void log.life.push(span),
    problem: (problem) => void log.problems.push(problem),
    advance,
  };
}

function joined(logs: readonly Log[]): LoadedLog {
  const only = logs.length === 1 ? logs[0]! : null;
  return {
    events: only?.events ?? logs.flatMap((log) => log.events),
    life: logs.flatMap((log) => log.life),
    problems: logs.flatMap((log) => log.problems),
    nothingRead: logs.every((log) => log.problems.some(({ code }) => code === UNREADABLE)),
  };
}
