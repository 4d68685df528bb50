/** A running computer: its power, clock, numbers and live sessions, and the records it is about to write. */
import type { AwayReason, Instant } from '@logonscope/core';
import type { Value } from '../evtx/values.ts';
import type { EventLayout } from '../layouts/layout.ts';
import type { Random } from '../random.ts';
import { createRandom, seedOf } from '../random.ts';
import type { SimRecord, TruthAway, TruthSession } from '../record.ts';
import type { Agenda } from './agenda.ts';
import { createAgenda } from './agenda.ts';
import type { ComputerSpec, Settings } from './computers.ts';
import type { Person } from './people.ts';

/** A logon session of a person while it lasts. */
export interface LiveSession {
  readonly person: Person;
  readonly logonType: number;
  /** Lock, disconnect and begun logoff name the filtered half of a split token. */
  readonly logonId: number;
  readonly elevatedId: number | null;
  readonly terminalSessionId: number;
  readonly start: Instant;
  readonly away: TruthAway[];
  readonly openAway: Map<AwayReason, Instant>;
  /** `Console` or `RDP-Tcp#n`; where it was last shown, if disconnected. */
  sessionName: string;
  address: string;
  clientName: string;
  /** Counts everything its person does, so that a plan made while idle knows whether it still holds. */
  inputs: number;
  /** Until when records of the last thing that happened to it still come. */
  busyUntil: Instant;
}

interface PendingRecord {
  /** True time of TimeCreated, and of being numbered: early boot events wait for the log service. */
  readonly at: Instant;
  readonly writtenAt: Instant;
  readonly order: number;
  readonly layout: EventLayout;
  readonly values: readonly Value[];
  readonly userSid: string | null;
}

export interface Machine {
  readonly spec: ComputerSpec;
  readonly settings: Settings;
  readonly random: Random;
  readonly agenda: Agenda;
  power: 'off' | 'on' | 'asleep' | 'paused';
  bootAt: Instant;
  sleptAt: Instant;
  /** How long the hypervisor held it since boot: the uptime counter stood still meanwhile. */
  frozenMs: number;
  /** Was held without a trace: only the next note of its uptime will tell. */
  heldUnseen: boolean;
  /** Last heartbeat before a crash, until the next boot has told of it. */
  diedAt: Instant | null;
  /** Differences between its clock and true time, and since when; latest last. */
  readonly clock: { readonly from: Instant; readonly offsetMs: number }[];
  nextLogonId: number;
  nextTerminalSessionId: number;
  consoleId: number;
  connections: number;
  sessions: LiveSession[];
  readonly ended: TruthSession[];
  /** Logon IDs of the window manager and font driver of each terminal session. */
  readonly desktops: Map<number, readonly { name: string; sid: string; domain: string; id: number }[]>;
  busyUntil: Instant;
  pending: PendingRecord[];
  /** What was about to be written when the computer fell asleep or was held, and when that was. */
  held: { readonly records: readonly PendingRecord[]; readonly at: Instant };
  order: number;
  readonly recordIds: Map<string, number>;
  lastWrittenAt: Instant;
}

export function createMachine(spec: ComputerSpec, settings: Settings): Machine {
  return {
    spec,
    settings,
    random: createRandom(seedOf(settings.seed, spec.name)),
    agenda: createAgenda(),
    power: 'off',
    bootAt: 0,
    sleptAt: 0,
    frozenMs: 0,
    heldUnseen: false,
    diedAt: null,
    clock: [{ from: Number.NEGATIVE_INFINITY, offsetMs: 0 }],
    nextLogonId: 0,
    nextTerminalSessionId: 1,
    consoleId: 1,
    connections: 0,
    sessions: [],
    ended: [],
    desktops: new Map(),
    busyUntil: Number.NEGATIVE_INFINITY,
    pending: [],
    held: { records: [], at: 0 },
    order: 0,
    recordIds: new Map(),
    lastWrittenAt: Number.NEGATIVE_INFINITY,
  };
}

export interface WriteOptions {
  readonly userSid?: string;
  /** When the log service gets to it, where that is later than the event itself. */
  readonly writtenAt?: Instant;
  /** Nobody waits for it: it does not keep the computer busy. */
  readonly background?: boolean;
}

/** Notes a record that the computer writes at a true instant. */
export function write(
  machine: Machine,
  at: Instant,
  layout: EventLayout,
  values: readonly Value[],
  options: WriteOptions = {},
): void {
  const writtenAt = options.writtenAt ?? at;
  const order = machine.order++;
  machine.pending.push({ at, writtenAt, order, layout, values, userSid: options.userSid ?? null });
  if (!options.background && writtenAt > machine.busyUntil) machine.busyUntil = writtenAt;
}

/** Forgets what would have been written after `at`: the power is gone. */
export function dropPendingAfter(machine: Machine, at: Instant): void {
  machine.pending = machine.pending.filter(({ writtenAt }) => writtenAt <= at);
  machine.busyUntil = Math.min(machine.busyUntil, at);
}

/** Keeps back what would have been written after `at`: the processor stands still. */
export function holdPendingAfter(machine: Machine, at: Instant): void {
  machine.held = { records: machine.pending.filter(({ writtenAt }) => writtenAt > at), at };
  dropPendingAfter(machine, at);
}

/** Goes on with what was held, as much later as the computer stood still. */
export function releaseHeld(machine: Machine, at: Instant): void {
  const lateMs = at - machine.held.at;
  for (const record of machine.held.records)
    machine.pending.push({ ...record, at: record.at + lateMs, writtenAt: record.writtenAt + lateMs });
  machine.held = { records: [], at: 0 };
}

/** What the computer's clock shows at a true instant. */
export function clockAt(machine: Machine, at: Instant): Instant {
  const { clock } = machine;
  let index = clock.length - 1;
  while (clock[index]!.from > at) index--;
  return at + clock[index]!.offsetMs;
}

/** Changes the clock by this much from `at` on. */
export function shiftClock(machine: Machine, at: Instant, byMs: number): void {
  machine.clock.push({ from: at, offsetMs: machine.clock.at(-1)!.offsetMs + byMs });
}

/** Numbers and hands out the records written before `until`, in the order in which the log service got them. */
export function takeRecords(machine: Machine, until: Instant): SimRecord[] {
  const ready = machine.pending.filter(({ writtenAt }) => writtenAt < until);
  machine.pending = machine.pending.filter(({ writtenAt }) => writtenAt >= until);
  ready.sort((left, right) => left.writtenAt - right.writtenAt || left.order - right.order);
  return ready.map(({ at, writtenAt, layout, values, userSid }) => {
    const recordId = (machine.recordIds.get(layout.channel) ?? 0) + 1;
    machine.recordIds.set(layout.channel, recordId);
    machine.lastWrittenAt = Math.max(machine.lastWrittenAt, writtenAt);
    return { time: clockAt(machine, at), layout, recordId, computer: machine.spec.fqdn, values, userSid };
  });
}

export function newLogonId(machine: Machine): number {
  machine.nextLogonId += machine.random.int(0x40, 0x4000);
  return machine.nextLogonId;
}
