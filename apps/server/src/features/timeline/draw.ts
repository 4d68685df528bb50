/** What is on the lanes, in the binary forms that the page draws from. Reads whole sessions, so it runs in a thread. */
import { daysOf, stateLengths, stepsOf, TIMELINE_STATES } from '@logonscope/core';
import {
  BIN_STATES,
  encodeDayBins,
  encodeSegments,
  packDayBin,
  toSegments,
  type WireState,
} from '@logonscope/protocol';
import type { BoundQuestion } from '../../questions/question.ts';
import type { Source } from '../../questions/source.ts';
import { type DrawWish, laneSessions, lanesWished } from './lane-sessions.ts';

/** Which of the five states of a bin a state is drawn as; `none` is drawn as nothing. */
const BIN_OF: Readonly<Record<WireState, (typeof BIN_STATES)[number] | null>> = {
  none: null,
  active: 'active',
  idle: 'idle',
  locked: 'locked',
  disconnected: 'disconnected',
  asleep: 'disconnected',
  paused: 'disconnected',
  loggingOff: 'disconnected',
  unknown: 'unknown',
};

/** Day bins of each lane, one per local day. */
export async function drawDays(
  source: Source,
  question: BoundQuestion,
  { dayStart, ...wish }: DrawWish & { readonly dayStart: number },
): Promise<Uint8Array> {
  const ids = await lanesWished(source, question, wish);
  const days = daysOf([question], { timezone: question.context.timezone, dayStartHour: dayStart });
  const bins = new Uint32Array(ids.length * days.length);
  for await (const { lane, sessions } of laneSessions(source, question, wish.by, ids)) {
    for (const [day, lengths] of stateLengths(stepsOf(sessions, question), days).entries()) {
      const byBin = BIN_STATES.map(() => 0);
      for (const [number, ms] of lengths.entries()) {
        const bin = BIN_OF[TIMELINE_STATES[number]!];
        if (bin !== null) byBin[BIN_STATES.indexOf(bin)]! += ms;
      }
      bins[lane * days.length + day] = packDayBin(byBin, days[day]!.to - days[day]!.from);
    }
  }
  const boundaries = days.length === 0 ? [question.from] : [days[0]!.from, ...days.map(({ to }) => to)];
  return encodeDayBins({ boundaries, lanes: ids.length, bins });
}

/** Every change of state of each lane, to the second. */
export async function drawSegments(
  source: Source,
  question: BoundQuestion,
  wish: DrawWish,
): Promise<Uint8Array> {
  const ids = await lanesWished(source, question, wish);
  const baseMs = Math.floor(question.from / 1000) * 1000;
  const drawn = ids.map(() => toSegments([], baseMs));
  for await (const { lane, sessions } of laneSessions(source, question, wish.by, ids)) {
    const steps = stepsOf(sessions, question);
    const points = steps.map(({ at, state }) => ({ atMs: at, state: TIMELINE_STATES.indexOf(state) }));
    drawn[lane] = toSegments(points, baseMs);
  }
  return encodeSegments({ baseMs, lanes: drawn });
}
