/** Senders that never lose an event of their own: each posts, waits for the answer, and posts again what had none. */
import type { Answer, Wire } from './wire.ts';

/** What the senders know at the end; an event is named by `nameOf`. */
export interface Sent {
  /** All that ever left a sender, whether or not an answer came. */
  readonly offered: Set<string>;
  /** What the server said it holds. */
  readonly acknowledged: Set<string>;
  /** How often the server said of an event that it is new; never more than once if it is right. */
  readonly toldNew: Map<string, number>;
  /** Answers by status; `cut` where there was none. */
  readonly answers: Map<string, number>;
  /** Refusals for the moment that did not say when to come again. */
  readonly withoutRetryAfter: Answer[];
  /** How long the posts took that were acknowledged. */
  readonly tookMs: number[];
}

export interface SenderOptions {
  readonly wire: Wire;
  /** Servers of one database; a sender goes to the next one after each failure. */
  readonly addresses: readonly string[];
  readonly key: string;
  readonly senders: number;
  /** Whether to begin another delivery. */
  more(sender: number, delivery: number): boolean;
  /** Events of one delivery; 1 is posted as agents of the original do. */
  eventsOf(sender: number, delivery: number): number;
  /** Between 0 and 1: chance that a sender gives up a delivery that failed, as one that is switched off does. */
  readonly givesUp?: number;
  /** Between 0 and 1: chance that a delivery is sent once more though it was acknowledged. */
  readonly repeats?: number;
  /** Pause before what failed is sent again; short, so that a test meets many failures. */
  readonly pauseMs?: number;
  /** Numbers from 0 to 1. */
  random(): number;
}

export const WORDS = ['Logon', 'Lock', 'Unlock', 'Logoff'] as const;
const BEGIN = Date.UTC(2026, 0, 1, 8);
const STEP_MS = 60_000;
const PAUSE_MS = 50;

export interface Told {
  readonly word: string;
  readonly user: string;
  readonly computer: string;
  readonly time: string;
}

/** The n-th event of a sender: somebody who logs on, locks, unlocks and logs off without end. */
export function eventAt(sender: number, n: number): Told {
  const time = new Date(BEGIN + n * STEP_MS + sender).toISOString();
  return { word: WORDS[n % WORDS.length]!, user: `user${sender}`, computer: `PC-${sender}`, time };
}

export const nameOf = ({ computer, time }: Pick<Told, 'computer' | 'time'>): string => `${computer} ${time}`;

export const legacyPost = ({ word, user, computer, time }: Told) => ({
  ...{ EventType: word, UserName: user, ComputerName: computer, Timestamp: time },
});
export const namedPost = ({ word, user, computer, time }: Told) => ({ type: word, user, computer, time });

export function nothingSent(): Sent {
  const [offered, acknowledged] = [new Set<string>(), new Set<string>()];
  const [toldNew, answers] = [new Map<string, number>(), new Map<string, number>()];
  return { offered, acknowledged, toldNew, answers, withoutRetryAfter: [], tookMs: [] };
}

const countUp = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);

/** Runs all senders to their end and adds to `sent` as they go. */
export async function send(options: SenderOptions, sent: Sent): Promise<void> {
  const { senders, more, eventsOf, repeats = 0, random } = options;
  const run = async (sender: number) => {
    let next = 0;
    for (let delivery = 0; more(sender, delivery); delivery++) {
      const events = Array.from({ length: eventsOf(sender, delivery) }, () => eventAt(sender, next++));
      const kept = await deliver(options, sender, events, sent);
      if (kept && random() < repeats) await deliver(options, sender, events, sent);
    }
  };
  await Promise.all(Array.from({ length: senders }, (_, sender) => run(sender)));
}

/** Sends one delivery until it is acknowledged or given up; tells which. */
async function deliver(
  options: SenderOptions,
  sender: number,
  events: readonly Told[],
  sent: Sent,
): Promise<boolean> {
  const { wire, addresses, key, givesUp = 0, pauseMs = PAUSE_MS, random } = options;
  const names = events.map(nameOf);
  const single = events.length === 1;
  const [path, body] = single
    ? ['/api/log_event', legacyPost(events[0]!)]
    : ['/api/v1/events', events.map(namedPost)];
  for (const name of names) sent.offered.add(name);
  for (let attempt = 0; ; attempt++) {
    const answer = await wire.post(addresses[(sender + attempt) % addresses.length]!, path, key, body);
    countUp(sent.answers, String(answer?.status ?? 'cut'));
    if (answer !== null && answer.status < 300) {
      for (const name of names) sent.acknowledged.add(name);
      for (const name of newIn(answer, names)) countUp(sent.toldNew, name);
      sent.tookMs.push(answer.tookMs);
      return true;
    }
    if (answer !== null && answer.retryAfterSeconds === null) sent.withoutRetryAfter.push(answer);
    if (random() < givesUp) return false;
    await new Promise((resume) => setTimeout(resume, pauseMs));
  }
}

/** The events that an answer calls new. */
function newIn({ status, body }: Answer, names: readonly string[]): readonly string[] {
  if (names.length === 1) return status === 201 ? names : [];
  const { knownAt } = JSON.parse(body) as { knownAt: number[] };
  const known = new Set(knownAt);
  return names.filter((_, at) => !known.has(at));
}
