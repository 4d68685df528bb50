/** How a session began and ended, with how sure that is: always a sign and a word, never a colour alone. */
import type { listSessions } from '@logonscope/protocol';
import { useZone } from '../../app/view.ts';
import type { BodyOf } from '../../data/source.ts';
import { clockOf } from '../words/clock.ts';
import { doubtText, lengthText } from '../words/lengths.ts';
import { CERTAINTY, certaintyOfRow, ENDS, wordOf } from '../words/names.ts';
import styles from './marks.module.css';

export type SessionRow = BodyOf<typeof listSessions>['rows'][number];

/** The clock of the page's zone. */
export function useClock() {
  return clockOf(useZone());
}

/** `= logoff`, `≈ crash`, `→ open`. */
export function EndMark({ session }: { session: Pick<SessionRow, 'startBy' | 'endBy'> }) {
  const certainty = CERTAINTY[certaintyOfRow(session)];
  const end = wordOf(ENDS, session.endBy);
  return (
    <span className={styles.end} title={`${end.meaning} (${certainty.word}: ${certainty.meaning})`}>
      <span className={styles.sign} aria-hidden>
        {certainty.sign}
      </span>
      {end.word}
      <span className="visually-hidden">, {certainty.word}</span>
    </span>
  );
}

/** When a session began; a tilde stands before a time that only says "no later than". */
export function StartTime({ session }: { session: Pick<SessionRow, 'start' | 'startBy'> }) {
  const clock = useClock();
  const at = Date.parse(session.start);
  const isSeen = session.startBy !== 'logon';
  return (
    <time dateTime={session.start} title={`${isSeen ? 'First seen ' : ''}${clock.exact(at)}`}>
      {isSeen ? '~' : ''}
      {clock.dayMinute(at)}
    </time>
  );
}

/** When a session ended, or between which times; "now" while it is open. */
export function EndTime({ session }: { session: SessionRow }) {
  const clock = useClock();
  if (session.end === null) {
    const asOf = Date.parse(session.asOf);
    return (
      <span title={`No sign of an end. Last sign of the computer: ${clock.exact(asOf)}`}>
        <span aria-hidden>→ </span>
        <span className="visually-hidden">open, last sign </span>
        {clock.minute(asOf)}
      </span>
    );
  }
  const end = Date.parse(session.end);
  const latest = session.endLatest === null ? end : Date.parse(session.endLatest);
  const sameDay = clock.date(end) === clock.date(Date.parse(session.start));
  const shown = sameDay ? clock.minute(end) : clock.dayMinute(end);
  if (latest - end < 60_000) {
    return (
      <time dateTime={session.end} title={clock.exact(end)}>
        {shown}
      </time>
    );
  }
  const until = clock.date(latest) === clock.date(end) ? clock.minute(latest) : clock.dayMinute(latest);
  return (
    <span title={`Between ${clock.exact(end)} and ${clock.exact(latest)}`}>
      ~{shown}–{until}
    </span>
  );
}

/** Use time, and how far the evidence leaves it open. */
export function UseTime({ session, plain = false }: { session: SessionRow; plain?: boolean }) {
  const figures = {
    ms: session.useSeconds * 1_000,
    leastMs: session.useSecondsMin * 1_000,
    mostMs: session.useSecondsMax * 1_000,
  };
  const doubt = doubtText(figures);
  const title =
    doubt === ''
      ? 'Certain'
      : `At least ${lengthText(figures.leastMs)}, at most ${lengthText(figures.mostMs)}`;
  return (
    <span title={title}>
      {doubt === '' ? '' : <span aria-hidden>~</span>}
      {lengthText(figures.ms)}
      {doubt === '' || plain ? null : <span className={styles.doubt}> ({doubt} not certain)</span>}
    </span>
  );
}
