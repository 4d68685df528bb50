/** The nouns of the simulator: what a simulated computer wrote, and what really happened there. */
import type { AwayReason, DurationMs, EndEvidence, Instant, SessionKind } from '@logonscope/core';
import type { Value } from './evtx/values.ts';
import type { EventLayout } from './layouts/layout.ts';

/** One record of one channel, with its values in the order of the layout's fields. */
export interface SimRecord {
  /** What the computer's clock said; the truth may differ. */
  readonly time: Instant;
  readonly layout: EventLayout;
  /** EventRecordID: counts up within the channel without gaps, until a loss model makes some. */
  readonly recordId: number;
  /** Fully qualified, as the System element has it. */
  readonly computer: string;
  readonly values: readonly Value[];
  /** Account of the System element's Security attribute, where the provider sets it. */
  readonly userSid: string | null;
}

export interface TruthAway {
  readonly reason: AwayReason;
  readonly from: Instant;
  readonly to: Instant;
}

/** What a perfect analyst with complete evidence would find. All instants are true time, not the computer's clock. */
export interface TruthSession {
  /** Name without domain, upper case. */
  readonly computer: string;
  readonly user: string;
  readonly domain: string;
  readonly sid: string;
  /** Both halves of a split token, the filtered one first; `0x…`. */
  readonly logonIds: readonly string[];
  readonly kind: SessionKind;
  readonly logonType: number;
  readonly terminalSessionId: number;
  readonly start: Instant;
  /** Null while the session is open at the end of the log. */
  readonly end: Instant | null;
  readonly endReason: EndEvidence;
  /** What the session is counted to: its end, or the computer's last record while it is open. */
  readonly countedTo: Instant;
  readonly away: readonly TruthAway[];
  /** Length of [start, countedTo] less the union of the away intervals. */
  readonly useMs: DurationMs;
}
