/** The nouns of the filter language: what a person asks of sessions and events, one chip per condition. */
import type { AwayReason, DurationMs, EndEvidence, FindingCode, SessionKind, Signal } from '../model.ts';

export const FILTER_OPERATORS = ['=', '>', '>=', '<', '<='] as const;
export type FilterOperator = (typeof FILTER_OPERATORS)[number];

/** Asked of the part before the colon; `text` is a free word, which has none. */
export type FilterKey =
  | 'text'
  | 'user'
  | 'host'
  | 'site'
  | 'ip'
  | 'type'
  | 'event'
  | 'state'
  | 'dur'
  | 'use'
  | 'away'
  | 'cert'
  | 'start'
  | 'end'
  | 'finding'
  | 'elevated'
  | 'hours';

/**
 * One condition as it is drawn, edited and stored. Chips of one key are alternatives, keys and free words must all
 * hold, and each negated chip must not.
 */
export interface FilterChip {
  readonly key: FilterKey;
  readonly op: FilterOperator;
  /** As typed, without quotes: `PC-0*`, `12h`, `locked>30m`. */
  readonly value: string;
  readonly negated: boolean;
  /** Kept and shown, but not asked. */
  readonly paused: boolean;
}

export interface Filter {
  readonly chips: readonly FilterChip[];
}

/** What of a filter's text could not be understood; offsets are in UTF-16 units, `to` is the first one after it. */
export interface FilterProblem {
  readonly from: number;
  readonly to: number;
  /** What stood there and what was expected, in a sentence without markup. */
  readonly message: string;
}

/** What can be filtered. */
export type FilterSubject = 'session' | 'event';

/** How sure the beginning and end of a session are, least certain first. */
export const CERTAINTIES = ['open', 'bounded', 'inferred', 'exact'] as const;
export type Certainty = (typeof CERTAINTIES)[number];

/** A length of a session that can be compared. */
export type Measure = 'duration' | 'use' | 'away' | AwayReason;

/** A condition understood: plain data, evaluated by `holds` and translated to SQL by whoever has a database. */
export type Predicate =
  /** Part of the user name or of the computer's; `*` stands for anything. */
  | { readonly is: 'word'; readonly pattern: string }
  | { readonly is: 'account'; readonly pattern: string }
  | { readonly is: 'computer'; readonly pattern: string }
  | { readonly is: 'site'; readonly pattern: string }
  | { readonly is: 'address'; readonly pattern: string }
  /** By the kind of a session, where there is a word for it, else by the number Windows writes. */
  | { readonly is: 'type'; readonly kinds: readonly SessionKind[]; readonly logonTypes: readonly number[] }
  | { readonly is: 'eventId'; readonly id: number }
  | { readonly is: 'signal'; readonly signal: Signal }
  | {
      readonly is: 'length';
      readonly of: Measure;
      readonly op: FilterOperator;
      readonly ms: DurationMs;
      /** The longest that fits too, for `8h..12h`; null without one. */
      readonly upToMs: DurationMs | null;
    }
  | { readonly is: 'certainty'; readonly among: readonly Certainty[] }
  | { readonly is: 'firstSeen'; readonly yes: boolean }
  | { readonly is: 'end'; readonly by: EndEvidence }
  | { readonly is: 'finding'; readonly code: FindingCode }
  | { readonly is: 'elevated'; readonly yes: boolean }
  | { readonly is: 'outOfHours'; readonly yes: boolean };
