/** The noun of the agent: one thing that happened on this computer, as it will travel. */
import type { NamedUpload, WindowsUpload } from '@logonscope/protocol';

/** The four words that `event_log.csv` has, and all that a winauthmon-server understands. */
export const PLAIN_WORDS = ['Logon', 'Logoff', 'Lock', 'Unlock'] as const;
export type PlainWord = (typeof PLAIN_WORDS)[number];

/** What people read in `event_log.csv`, and what servers are told that know nothing else. */
export interface PlainEvent {
  readonly word: PlainWord;
  /** Without domain. */
  readonly user: string;
}

/** What travels; the key is added by the outbox, which counts. */
export type Upload = Omit<WindowsUpload, 'key'> | Omit<NamedUpload, 'key'>;

export interface AgentEvent {
  /** Milliseconds since 1970, UTC. */
  readonly time: number;
  readonly upload: Upload;
  /** Null where the event is none of the four words, or another source tells the same event in plain words. */
  readonly plain: PlainEvent | null;
}

/** An event in the outbox. */
export interface KeptEvent extends AgentEvent {
  /** Counts the events of an outbox from 1 without gaps. */
  readonly n: number;
}
