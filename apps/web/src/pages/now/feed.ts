/** The live feed: newest first, the same thing several times in a row told once, nothing lost while it is paused. */
import { accountClass, isSystemAccount } from '@logonscope/core';
import type { LiveEvent } from '@logonscope/protocol';

/** What the feed needs of an event, live or asked for. */
export type FeedEvent = Omit<LiveEvent, 'companyId'>;

export interface FeedLine {
  readonly key: number;
  readonly event: FeedEvent;
  /** How often it happened in a row; the time is that of the last. */
  readonly times: number;
}

export interface Feed {
  readonly lines: readonly FeedLine[];
  /** Newest first, not yet shown. */
  readonly waiting: readonly FeedEvent[];
  /** Some of what waits was let go: there was too much. */
  readonly wasCut: boolean;
}

export const NO_FEED: Feed = { lines: [], waiting: [], wasCut: false };

const LINES_MAX = 60;
const WAITING_MAX = 500;

/** What people do; the rest happens to computers, and most of it all the time. */
const SIGNALS: ReadonlySet<string> = new Set([
  'logon',
  'logoffBegin',
  'logoff',
  'lock',
  'unlock',
  'disconnect',
  'reconnect',
  'logonFailed',
  'elevated',
  'explicitCredentials',
  'crash',
  'logCleared',
  'auditChanged',
]);
/** Logons over the network, of services and of unlocking: noise to somebody who watches people. */
const QUIET_TYPES: ReadonlySet<number> = new Set([0, 3, 4, 5, 7, 8, 9, 13]);

/** Whether an event belongs into the feed. Failed logons do, whatever their type. */
export function isTold({ signal, sid, user, domain, logonType }: FeedEvent): boolean {
  if (!SIGNALS.has(signal)) return false;
  if (signal === 'logonFailed') return true;
  if (logonType !== null && QUIET_TYPES.has(logonType)) return false;
  return !isSystemAccount(accountClass(sid, user, domain));
}

const isSame = (one: FeedEvent, other: FeedEvent) =>
  one.signal === other.signal && one.user === other.user && one.computer === other.computer;

let key = 0;

/** The lines with one more event on top. */
function withLine(lines: readonly FeedLine[], event: FeedEvent): FeedLine[] {
  const [first, ...rest] = lines;
  if (first !== undefined && isSame(first.event, event)) {
    return [{ key: first.key, event, times: first.times + 1 }, ...rest];
  }
  return [{ key: ++key, event, times: 1 }, ...lines].slice(0, LINES_MAX);
}

/** The feed of events asked for, newest first. */
export function feedOf(events: readonly FeedEvent[]): Feed {
  const told = events.filter(isTold);
  return { ...NO_FEED, lines: told.reduceRight<FeedLine[]>(withLine, []) };
}

/** An event has come. While paused it waits; else it is shown at once. */
export function arrived(feed: Feed, event: FeedEvent, isPaused: boolean): Feed {
  if (!isTold(event)) return feed;
  if (!isPaused) return { ...feed, lines: withLine(feed.lines, event) };
  const waiting = [event, ...feed.waiting];
  return {
    ...feed,
    waiting: waiting.slice(0, WAITING_MAX),
    wasCut: feed.wasCut || waiting.length > WAITING_MAX,
  };
}

/** Shows what waited. */
export function caughtUp({ lines, waiting }: Feed): Feed {
  return { ...NO_FEED, lines: waiting.reduceRight<readonly FeedLine[]>(withLine, lines) };
}
