/** What the timeline says of the things on it, in words. */
import { lengthText } from '../../parts/words/lengths.ts';
import {
  type Clock,
  endCertainty,
  formatDay,
  formatInstant,
  formatTime,
  type Hit,
  type LaneContent,
  MARKER_KINDS,
  type Markers,
  STATE_WORDS,
  STATES,
} from '../../timeline/index.ts';

/** What a tooltip says; empty lines are left out. */
export interface HitWords {
  readonly title: string;
  readonly state: string;
  readonly stateNumber: number;
  readonly session: string;
  readonly certainty: string;
  readonly marker: string;
  readonly others: string;
}

export function wordsOfHit(
  clock: Clock,
  lane: { readonly name: string; readonly otherWord: string },
  { content, markers }: { readonly content: LaneContent; readonly markers: Markers },
  hit: Hit,
): HitWords {
  const { sessions, names } = content;
  const i = hit.session;
  const other = i < 0 ? '' : (names[sessions.other[i]!] ?? '');
  const stateWord = STATE_WORDS[STATES[hit.state] ?? 'none'];
  return {
    title: i < 0 ? lane.name : `${lane.name} ${lane.otherWord} ${other}`,
    state: hit.state === 0 ? '' : `${stateWord} · ${lengthText(hit.stateTo - hit.stateFrom)}`,
    stateNumber: hit.state,
    session: i < 0 ? '' : spanWords(clock, sessions.start[i]!, sessions.end[i]!),
    certainty: i < 0 ? '' : certaintyWords(content, i),
    marker: hit.marker < 0 ? '' : markerWords(clock, markers, hit.marker),
    others: hit.sessions > 1 ? `${hit.sessions} sessions at once` : '',
  };
}

export function spanWords(clock: Clock, start: number, end: number): string {
  const sameDay = formatDay(clock, start) === formatDay(clock, end);
  const until = sameDay ? formatTime(clock, end) : formatInstant(clock, end);
  return `${formatInstant(clock, start)} – ${until} · ${lengthText(end - start)}`;
}

const SIGNS = { exact: '=', inferred: '~', bounded: '≈', open: '→' } as const;

export function certaintyWords({ sessions }: LaneContent, index: number): string {
  const { kind, why } = endCertainty(sessions, index);
  const doubt =
    kind === 'bounded' ? `, up to ${lengthText(sessions.latest[index]! - sessions.end[index]!)} longer` : '';
  return `${SIGNS[kind]} end ${kind}: ${why}${doubt}`;
}

function markerWords(clock: Clock, markers: Markers, index: number): string {
  return `${MARKER_KINDS[markers.kind[index]!]!.word} ${formatTime(clock, markers.at[index]!, 'second')}`;
}
