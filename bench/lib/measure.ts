/** What a whole child process costs: CPU of all its threads and children, peak memory, wall time. Linux only. */
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

export interface Cost {
  /** User and system time of the process and everything it waited for. */
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  /** The largest resident set of the process or of one of its children. */
  readonly peakRssBytes: number;
}

export interface ChildProcess {
  readonly command: string;
  readonly args: readonly string[];
  /** A file the child reads as its standard input. */
  readonly stdinFile?: string;
  /** Where its standard output goes; thrown away if absent. */
  readonly stdoutFile?: string;
}

/** Linux counts CPU time in /proc in hundredths of a second, whatever the kernel's own tick. */
const TICKS_PER_SECOND = 100;
const POLL_MS = 15;

/**
 * Runs a command to its end and says what it cost. The CPU time is the kernel's own account of children that
 * were waited for, so it includes start-up, JIT threads and garbage collection. One at a time: two measured
 * children under way at once would share one account.
 *
 * Throws if the command cannot be started or ends with a status other than 0 or 1 (1: finished with problems).
 */
export async function measure({ command, args, stdinFile, stdoutFile }: ChildProcess): Promise<Cost> {
  const input = stdinFile === undefined ? 'ignore' : openSync(stdinFile, 'r');
  const output = openSync(stdoutFile ?? '/dev/null', 'w');
  const cpuBefore = childrenCpuSeconds();
  const began = performance.now();
  const child = spawn(command, args, { stdio: [input, output, 'inherit'] });
  let peakRssBytes = 0;
  const watch = setInterval(() => {
    if (child.pid !== undefined) peakRssBytes = Math.max(peakRssBytes, peakRssOfTree(child.pid));
  }, POLL_MS);
  try {
    const status = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    if (status !== 0 && status !== 1)
      throw new Error(`${command} ${args.join(' ')}: ended with status ${status}`);
  } finally {
    clearInterval(watch);
    if (typeof input === 'number') closeSync(input);
    closeSync(output);
  }
  const wallSeconds = (performance.now() - began) / 1000;
  return { cpuSeconds: childrenCpuSeconds() - cpuBefore, wallSeconds, peakRssBytes };
}

/** cutime + cstime of this process: fields 16 and 17 of /proc/self/stat, counted after the name in parentheses. */
function childrenCpuSeconds(): number {
  const stat = readFileSync('/proc/self/stat', 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND;
}

function peakRssOfTree(pid: number): number {
  const children = readProc(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean);
  const own = Number(/^VmHWM:\s+(\d+) kB/m.exec(readProc(`/proc/${pid}/status`))?.[1] ?? 0) * 1024;
  return Math.max(own, ...children.map((child) => peakRssOfTree(Number(child))));
}

/** A process may end between two looks at it; it then has nothing more to say. */
function readProc(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
