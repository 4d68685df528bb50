/** The events a session rests on, in order: what happened, when, and in which record it stands. */
import { useEffect, useRef } from 'react';
import type { ExplainedSession } from '../ledger/ledger.ts';
import { recordWord, signalWord } from '../words/names.ts';
import { useClock } from './marks.tsx';
import styles from './told-events.module.css';

type Told = ExplainedSession['told'][number];

/** As ledgers name a record: `Security:1201`. */
const recordOf = ({ channel, recordId }: Told) => (recordId === null ? null : `${channel}:${recordId}`);

/** `Security.evtx, record 1201` or the line of a text file. */
export function placeText({ source, recordId }: Pick<Told, 'source' | 'recordId'>): string {
  const { file, record, line } = source;
  if (record !== undefined || recordId !== null) return `${file}, record ${record ?? recordId}`;
  return line === undefined ? file : `${file}, line ${line}`;
}

/** What an event adds to its name: logon type, address, reason of a failure. */
function detailOf({ logonType, sourceAddress, clientName, failureReason, logonId }: Told): string {
  return [
    ...(logonId === null ? [] : [logonId]),
    ...(logonType === null ? [] : [`type ${logonType}`]),
    ...(sourceAddress === null ? [] : [`from ${sourceAddress}`]),
    ...(clientName === null ? [] : [clientName]),
    ...(failureReason === null ? [] : [failureReason]),
  ].join(' · ');
}

export function ToldEvents({ events, marked }: { events: readonly Told[]; marked: string | null }) {
  const clock = useClock();
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    if (marked !== null) list.current?.querySelector('[data-marked]')?.scrollIntoView({ block: 'nearest' });
  }, [marked]);
  if (events.length === 0) return <p className="muted">The events of this session are not kept any more.</p>;
  return (
    <ol ref={list} className={styles.events} aria-label="Events of this session">
      {events.map((event) => {
        const { word, tone } = signalWord(event.signal);
        const at = Date.parse(event.time);
        const record = recordOf(event);
        return (
          <li key={event.id} data-marked={(record !== null && record === marked) || undefined}>
            <time dateTime={event.time} title={clock.exact(at)}>
              {clock.day(at)}, {clock.second(at)}
            </time>
            <span className={styles.signal} data-tone={tone}>
              {word}
            </span>
            <span className={styles.detail}>
              {detailOf(event)}
              {event.elevated ? ' · elevated' : ''}
            </span>
            <span className={styles.place} title={placeText(event)}>
              {record === null ? placeText(event) : recordWord(record)}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
