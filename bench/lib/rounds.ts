/** Fair comparison on a noisy machine: contenders take turns, and the median of each counts. */
import { type ChildProcess, type Cost, measure } from './measure.ts';

/** The middle value; the mean of the two middle ones for an even count; NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length % 2 === 1) return sorted[middle] as number;
  return ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

/**
 * Runs every contender once per round, in turn (a, b, c, a, b, c …), so that a slow minute of the machine hits
 * all of them alike. Medians per contender; the peak memory is the largest seen.
 */
export async function alternate<Name extends string>(
  contenders: Readonly<Record<Name, ChildProcess>>,
  rounds: number,
): Promise<Record<Name, Cost>> {
  const names = Object.keys(contenders) as Name[];
  const costs = new Map<Name, Cost[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) costs.get(name)?.push(await measure(contenders[name]));
  }
  const summary = names.map((name) => [name, summarize(costs.get(name) ?? [])]);
  return Object.fromEntries(summary) as Record<Name, Cost>;
}

function summarize(costs: readonly Cost[]): Cost {
  return {
    cpuSeconds: median(costs.map((cost) => cost.cpuSeconds)),
    wallSeconds: median(costs.map((cost) => cost.wallSeconds)),
    peakRssBytes: Math.max(...costs.map((cost) => cost.peakRssBytes)),
  };
}
