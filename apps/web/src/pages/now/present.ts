/** Who is on now: the state of open sessions, and which of them nobody has heard of for long. */
import type { SessionRow } from '../../parts/session/marks.tsx';

export type NowState = 'active' | 'idle' | 'locked' | 'disconnected' | 'asleep' | 'paused' | 'loggingOff';

/** A computer that was silent for so long may be anything by now. */
export const SILENT_MS = 24 * 3_600_000;

const STATE_OF: Readonly<Record<string, NowState>> = {
  screensaver: 'idle',
  locked: 'locked',
  disconnected: 'disconnected',
  asleep: 'asleep',
  paused: 'paused',
  loggingOff: 'loggingOff',
};
/** The reason closest to presence wins, as on the timeline. */
const ORDER = ['screensaver', 'locked', 'disconnected', 'asleep', 'paused', 'loggingOff'];

/**
 * The state at the last sign of the computer: away where an away stretch without a closing record reaches up to it,
 * else in use. `sinceMs` is where that state began.
 */
export function nowState({ away, asOf, start }: SessionRow): {
  readonly state: NowState;
  readonly sinceMs: number;
} {
  const open = away.filter(({ to, evidence }) => to === asOf && (evidence[1] ?? null) === null);
  const reason = ORDER.find((one) => open.some((stretch) => stretch.reason === one));
  if (reason !== undefined) {
    const { from } = open.find((stretch) => stretch.reason === reason)!;
    return { state: STATE_OF[reason]!, sinceMs: Date.parse(from) };
  }
  const ends = away.map(({ to }) => Date.parse(to));
  return { state: 'active', sinceMs: Math.max(Date.parse(start), ...ends) };
}

/** A sign that somebody left, which may be the very last thing a computer told: the session has no stretch of it yet. */
export interface LeavingSign {
  readonly signal: string;
  readonly time: string;
  readonly computer: string;
  readonly user: string | null;
}

/** What each sign of leaving begins. Asked of events by these names. */
export const LEAVING: Readonly<Record<string, NowState>> = {
  screensaverOn: 'idle',
  lock: 'locked',
  disconnect: 'disconnected',
  sleep: 'asleep',
};

/** The state that a sign at the computer's last moment began; a sleep concerns everybody on it. */
function leftAtLast(row: SessionRow, signs: readonly LeavingSign[]): NowState | null {
  const own = signs.find(
    ({ signal, time, computer, user }) =>
      time === row.asOf &&
      computer === row.computer &&
      (signal === 'sleep' || user?.toLowerCase() === row.user.toLowerCase()),
  );
  return own === undefined ? null : (LEAVING[own.signal] ?? null);
}

export interface Present {
  readonly row: SessionRow;
  readonly state: NowState;
  readonly sinceMs: number;
}

/** Open sessions parted into those that are on now and those whose computers fell silent; in use first. */
export function presentOf(
  rows: readonly SessionRow[],
  nowMs: number,
  signs: readonly LeavingSign[] = [],
): { here: Present[]; silent: SessionRow[] } {
  const here: Present[] = [];
  const silent: SessionRow[] = [];
  for (const row of rows) {
    if (nowMs - Date.parse(row.asOf) > SILENT_MS) silent.push(row);
    else {
      const known = nowState(row);
      const left = known.state === 'active' ? leftAtLast(row, signs) : null;
      here.push(left === null ? { row, ...known } : { row, state: left, sinceMs: Date.parse(row.asOf) });
    }
  }
  const rank = ({ state }: Present) =>
    state === 'active' ? 0 : state === 'idle' ? 1 : state === 'locked' ? 2 : 3;
  here.sort((a, b) => rank(a) - rank(b) || b.sinceMs - a.sinceMs);
  return { here, silent };
}
