/** Events drawn as marks on a lane: what kinds there are, and their own levels of detail. */
import { lower } from './steps.ts';

/** Milliseconds since 1970, in order, with the number of each one's kind. */
export interface Markers {
  readonly at: Float64Array;
  readonly kind: Uint8Array;
}

export const NO_MARKERS: Markers = { at: new Float64Array(0), kind: new Uint8Array(0) };

/** Shapes a mark is drawn as; an open one is the return from what its filled twin began. */
export type MarkerShape = 'diamond' | 'triangle' | 'square' | 'right' | 'left' | 'bar' | 'disc' | 'cross';

export interface MarkerKind {
  /** The event's signal in the core. */
  readonly signal: string;
  readonly word: string;
  readonly shape: MarkerShape;
  readonly filled: boolean;
  /** Which colour of the palette: one of its own, or that of the state it leads into. */
  readonly hue: 'failed' | 'elevated' | 'explicit' | 'active' | 'idle' | 'locked' | 'disconnected' | 'text';
  readonly edge: 'top' | 'bottom';
  /** Shown unless switched off; the others tell what the states show anyway. */
  readonly shownAtFirst: boolean;
}

const kind = (
  signal: string,
  word: string,
  shape: MarkerShape,
  hue: MarkerKind['hue'],
  more: Partial<MarkerKind> = {},
): MarkerKind => ({ signal, word, shape, hue, filled: true, edge: 'bottom', shownAtFirst: false, ...more });

/** By number, which is also the order of rank where several fall on one pixel: the first is seen. */
export const MARKER_KINDS: readonly MarkerKind[] = [
  kind('logonFailed', 'Failed logon', 'diamond', 'failed', { edge: 'top', shownAtFirst: true }),
  kind('elevated', 'Elevation', 'triangle', 'elevated', { shownAtFirst: true }),
  kind('explicitCredentials', 'Explicit credentials', 'square', 'explicit', { shownAtFirst: true }),
  kind('logon', 'Logon', 'right', 'active', { edge: 'top' }),
  kind('logoff', 'Logoff', 'left', 'active', { edge: 'top', filled: false }),
  kind('logoffBegin', 'Logoff asked for', 'left', 'active', { edge: 'top' }),
  kind('lock', 'Lock', 'bar', 'locked'),
  kind('unlock', 'Unlock', 'bar', 'locked', { filled: false }),
  kind('disconnect', 'Disconnect', 'disc', 'disconnected'),
  kind('reconnect', 'Reconnect', 'disc', 'disconnected', { filled: false }),
  kind('screensaverOn', 'Screen saver on', 'square', 'idle', { edge: 'top' }),
  kind('screensaverOff', 'Screen saver off', 'square', 'idle', { edge: 'top', filled: false }),
  kind('boot', 'Start-up', 'triangle', 'text', { filled: false }),
  kind('shutdown', 'Shutdown', 'bar', 'text'),
  kind('crash', 'Crash', 'cross', 'failed'),
  kind('sleep', 'Sleep', 'disc', 'text'),
  kind('wake', 'Wake', 'disc', 'text', { filled: false }),
  kind('remoteConnection', 'RDP connection', 'right', 'text', { filled: false }),
  kind('clockChange', 'Clock change', 'cross', 'text'),
  kind('logCleared', 'Log cleared', 'cross', 'explicit'),
];

export const FAILED = 0;
export const ELEVATION = 1;

/** Kinds shown until somebody chooses: a bit each. */
export const MARKERS_AT_FIRST = maskOf(({ shownAtFirst }) => shownAtFirst);
export const ALL_MARKERS = maskOf(() => true);

function maskOf(chosen: (kind: MarkerKind) => boolean): number {
  return MARKER_KINDS.reduce((mask, one, number) => (chosen(one) ? mask | (1 << number) : mask), 0);
}

/** How many marks of the mask lie in [from, to). */
export function countMarkers({ at, kind: kinds }: Markers, from: number, to: number, mask: number): number {
  let count = 0;
  for (let i = lower(at, from); i < at.length && at[i]! < to; i++) count += (mask >>> kinds[i]!) & 1;
  return count;
}

const DAY_MASKS = new WeakMap<Markers, { readonly boundaries: Float64Array; readonly masks: Uint32Array }>();

/** For each day a bit for each kind that occurs on it; kept until the days are others. */
export function dayMasks(markers: Markers, boundaries: Float64Array): Uint32Array {
  const known = DAY_MASKS.get(markers);
  if (known?.boundaries === boundaries) return known.masks;
  const masks = new Uint32Array(Math.max(0, boundaries.length - 1));
  for (let day = 0, i = lower(markers.at, boundaries[0] ?? 0); day < masks.length; day++) {
    for (; i < markers.at.length && markers.at[i]! < boundaries[day + 1]!; i++)
      masks[day]! |= 1 << markers.kind[i]!;
  }
  DAY_MASKS.set(markers, { boundaries, masks });
  return masks;
}
