/** What Linux counts of a process; null where a system does not tell. */
import { readFileSync } from 'node:fs';

function read(pid: number, file: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    console.log(`skipped: figures of the server's process, this system has no /proc/${file}`);
    return null;
  }
}

/** The most memory it has ever had. */
export function peakMegabytes(pid: number): number | null {
  const kilobytes = /VmHWM:\s+(\d+) kB/.exec(read(pid, 'status') ?? '')?.[1];
  return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1024);
}

/** CPU time it has used, its threads included; Linux counts in hundredths of a second. */
export function cpuSeconds(pid: number): number | null {
  const fields = read(pid, 'stat')?.split(') ')[1]?.split(' ');
  return fields === undefined ? null : (Number(fields[11]) + Number(fields[12])) / 100;
}
