/** Every change of a computer's clock, once each and in order, whether a record tells of it or only the times do. */
import type { Instant, SessionEvent } from '../model.ts';
import type { ChannelRun, ClockChange, RunItems } from './channel-run.ts';

/** Changes smaller than this are the everyday work of time synchronisation and shift nothing. */
const SMALLEST_CHANGE_MS = 1_000;
/** Records of one channel may be written this far out of order without the clock having been touched. */
export const JITTER_MS = 60_000;
/** Two logs tell of the same change if their figures agree this closely. */
export const SAME_CHANGE_MS = 2_000;
/** Two channels that run back show the same unrecorded change if they do so within this. */
const SAME_STEP_BACK_MS = 600_000;

/** Programs by which a hypervisor sets the clock of a machine that was paused. */
const HYPERVISOR_TOOL =
  /vmtoolsd|vmware|vboxservice|vboxtray|vmictimesync|vmicsvc|prl_tools|qemu-ga|xenservice|xensvc/i;
/** Kernel-General's reason for "read from the hardware clock": it ran on while the computer slept. */
const FROM_HARDWARE_CLOCK = '2';

/** How a recorded change is to be read; null for records without figures and for everyday synchronisation. */
export function readClockChange(event: SessionEvent): ClockChange | null {
  const { previousTime, newTime, processName, reason } = event.detail ?? {};
  if (event.signal !== 'clockChange' || previousTime === undefined || newTime === undefined) return null;
  if (Math.abs(newTime - previousTime) < SMALLEST_CHANGE_MS) return null;
  const forward = newTime > previousTime;
  const paused = forward && HYPERVISOR_TOOL.test(processName ?? '');
  const passed = forward && reason === FROM_HARDWARE_CLOCK;
  return { previousTime, newTime, kind: paused ? 'paused' : passed ? 'passed' : 'shift', events: [event] };
}

/** All changes that the channels tell of or show. */
export function clockChanges(runs: readonly ChannelRun[]): ClockChange[] {
  const recorded = mergeRecorded(runs);
  return withStepsBack(recorded, runs);
}

function mergeRecorded(runs: readonly ChannelRun[]): ClockChange[] {
  const sequences = runs
    .map(({ changes }) => changes)
    .filter((sequence) => sequence.length > 0)
    .sort((a, b) => b.length - a.length);
  const merged = [...(sequences[0] ?? [])];
  for (const sequence of sequences.slice(1)) {
    let position = 0;
    for (const change of sequence) {
      const same = merged.findIndex((other, i) => i >= position && isSame(other, change));
      if (same >= 0) {
        merged[same]!.events.push(...change.events);
        position = same + 1;
      } else {
        position = insert(merged, change, position) + 1;
      }
    }
  }
  return merged;
}

const isSame = (a: ClockChange, b: ClockChange) =>
  Math.abs(a.newTime - b.newTime) <= SAME_CHANGE_MS &&
  Math.abs(a.previousTime - b.previousTime) <= SAME_CHANGE_MS;

function insert(changes: ClockChange[], change: ClockChange, from: number): number {
  let position = from;
  while (position < changes.length && changes[position]!.newTime <= change.newTime) position++;
  changes.splice(position, 0, change);
  return position;
}

/** Adds what no record tells of: places where a channel's times run back for no known reason. */
function withStepsBack(recorded: ClockChange[], runs: readonly ChannelRun[]): ClockChange[] {
  const steps: { previousTime: Instant; newTime: Instant }[] = [];
  for (const run of runs) {
    for (const step of stepsBack(run, recorded)) {
      const same = steps.find(
        (other) =>
          Math.abs(other.previousTime - step.previousTime) <= SAME_STEP_BACK_MS &&
          Math.abs(other.newTime - step.newTime) <= SAME_STEP_BACK_MS,
      );
      if (same === undefined) steps.push(step);
      else {
        same.previousTime = Math.max(same.previousTime, step.previousTime);
        same.newTime = Math.min(same.newTime, step.newTime);
      }
    }
  }
  for (const step of steps) insert(recorded, { ...step, kind: 'shift', events: [] }, 0);
  return recorded;
}

/** A step back lasts; records that were only written late are followed by others of the earlier time. */
const DIP_ITEMS = 64;

function stepsBack(
  { items, events }: ChannelRun,
  recorded: readonly ClockChange[],
): { previousTime: Instant; newTime: Instant }[] {
  const found: { previousTime: Instant; newTime: Instant }[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < items.length; i++) {
    const time = items.time[i]!;
    const event = items.what[i]! < 0 ? null : events[items.what[i]!]!;
    if (event !== null && isWrittenLate(event)) continue;
    if (last - time > JITTER_MS && (event === null || readClockChange(event) === null)) {
      if (isDip(items, events, i, last)) continue;
      if (!isKnown(recorded, last, time)) found.push({ previousTime: last, newTime: time });
    }
    last = time;
  }
  return found;
}

function isDip(
  { length, time, what }: RunItems,
  events: readonly SessionEvent[],
  i: number,
  last: Instant,
): boolean {
  for (let j = i; j < Math.min(length, i + 1 + DIP_ITEMS); j++) {
    const event = what[j]! < 0 ? null : events[what[j]!]!;
    // A start that is written with the earlier time is no latecomer: the clock was behind at that boot.
    if (event?.signal === 'boot' && !isWrittenLate(event) && time[j]! < last - JITTER_MS) return false;
    if (time[j]! >= last - JITTER_MS && (event === null || readClockChange(event) === null)) return true;
  }
  return false;
}

function isKnown(recorded: readonly ClockChange[], before: Instant, after: Instant): boolean {
  return recorded.some(
    ({ previousTime, newTime }) =>
      newTime < previousTime && before <= previousTime + JITTER_MS && after >= newTime - JITTER_MS,
  );
}

const KERNEL = 'Microsoft-Windows-Kernel-';

/**
 * The kernel's own records wait in memory until the log service runs: the end of one boot is written at the start
 * of the next, with its true time and a later number (seen in every System log with Kernel-General 13).
 */
export function isWrittenLate({ provider, signal }: SessionEvent): boolean {
  return provider?.startsWith(KERNEL) === true && signal !== 'clockChange';
}
