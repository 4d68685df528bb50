/** The ledger on screen: from the whole length, line by line, to the use time, with the record behind each edge. */
import type { ReactNode } from 'react';
import { useClock } from '../session/marks.tsx';
import { exactLength, lengthText } from '../words/lengths.ts';
import { ENDS, recordWord, STARTS, wordOf } from '../words/names.ts';
import styles from './ledger.module.css';
import { type EdgeEvidence, type ExplainedSession, type LedgerLine, ledgerOf } from './ledger.ts';

export interface LedgerProps {
  readonly session: ExplainedSession;
  /** Shows a record among the events; left out where there are none. */
  readonly onEvidence?: (record: string) => void;
}

/** `Security:1201` as a press that leads to the event, or as words where no record is behind it. */
function Evidence({ edge, onEvidence }: { edge: EdgeEvidence; onEvidence?: LedgerProps['onEvidence'] }) {
  const { record, words } = edge;
  if (record === null) return <span className="muted">{words}</span>;
  if (onEvidence === undefined) return <code>{words}</code>;
  return (
    <button type="button" className={styles.evidence} title={record} onClick={() => onEvidence(record)}>
      <code>{words}</code>
    </button>
  );
}

export function LedgerTable({ session, onEvidence }: LedgerProps) {
  const ledger = ledgerOf(session);
  const start: EdgeEvidence = {
    record: session.startEvidence,
    words: recordWord(session.startEvidence ?? 'no record'),
  };
  const end: EdgeEvidence = {
    record: session.endEvidence,
    words: recordWord(session.endEvidence ?? wordOf(ENDS, session.endBy).word),
  };
  const tell = onEvidence === undefined ? {} : { onEvidence };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways has to be reachable by keyboard.
    <section className={styles.scroll} aria-label="Ledger" tabIndex={0}>
      <table className={styles.ledger}>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">From</th>
            <th scope="col">To</th>
            <th scope="col" data-numeric>
              Lasted
            </th>
            <th scope="col" data-numeric>
              Counted
            </th>
          </tr>
        </thead>
        <tbody>
          <Line
            what={
              <>
                <strong>{wordOf(STARTS, session.startBy).word}</strong> to{' '}
                <strong>{wordOf(ENDS, session.endBy).word}</strong>
              </>
            }
            from={[ledger.startMs, <Evidence key="s" edge={start} {...tell} />]}
            to={[ledger.endMs, <Evidence key="e" edge={end} {...tell} />]}
            lasted={exactLength(ledger.grossMs)}
            counted={exactLength(ledger.grossMs)}
          />
          {ledger.lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of one ledger do not move.
            <AwayLine key={index} line={line} tell={tell} />
          ))}
        </tbody>
        <Sum ledger={ledger} />
      </table>
      {ledger.addsUp ? null : (
        <p role="alert">The lines do not add up to the use time. Please report this session.</p>
      )}
      <Doubts doubts={ledger.doubts} />
    </section>
  );
}

function Doubts({ doubts }: { doubts: readonly string[] }) {
  if (doubts.length === 0) return null;
  return (
    <ul className={styles.doubts} aria-label="What the log leaves open">
      {doubts.map((doubt) => (
        <li key={doubt}>{doubt}</li>
      ))}
    </ul>
  );
}

function Line({
  what,
  from: [fromMs, fromEvidence],
  to: [toMs, toEvidence],
  lasted,
  counted,
}: {
  what: ReactNode;
  from: readonly [number, ReactNode];
  to: readonly [number, ReactNode];
  lasted: string;
  counted: string;
}) {
  const clock = useClock();
  const edge = (atMs: number, evidence: ReactNode) => (
    <td>
      <time dateTime={new Date(atMs).toISOString()} title={clock.exact(atMs)}>
        {clock.day(atMs)}, {clock.second(atMs)}
      </time>
      <div>{evidence}</div>
    </td>
  );
  return (
    <tr>
      <td>{what}</td>
      {edge(fromMs, fromEvidence)}
      {edge(toMs, toEvidence)}
      <td data-numeric>{lasted}</td>
      <td data-numeric>{counted}</td>
    </tr>
  );
}

function AwayLine({ line, tell }: { line: LedgerLine; tell: Pick<LedgerProps, 'onEvidence'> }) {
  const [from, to] = line.evidence;
  return (
    <Line
      what={
        <>
          <span title={line.meaning}>{line.word}</span>
          {line.note === null ? null : <div className="muted">{line.note}</div>}
        </>
      }
      from={[line.fromMs, <Evidence key="f" edge={from} {...tell} />]}
      to={[line.toMs, <Evidence key="t" edge={to} {...tell} />]}
      lasted={exactLength(line.lengthMs)}
      counted={line.countedMs === 0 ? '0' : `−${exactLength(line.countedMs)}`}
    />
  );
}

function Sum({ ledger }: { ledger: ReturnType<typeof ledgerOf> }) {
  const isCertain = ledger.leastMs === ledger.useMs && ledger.mostMs === ledger.useMs;
  return (
    <tfoot>
      <tr>
        <th scope="row" colSpan={4}>
          Use time
        </th>
        <td data-numeric>
          <strong>{exactLength(ledger.useMs)}</strong>
        </td>
      </tr>
      <tr>
        <th scope="row" colSpan={4}>
          {isCertain ? 'How sure' : 'As far as the log leaves it open'}
        </th>
        <td data-numeric>
          {isCertain ? 'certain' : `${lengthText(ledger.leastMs)} to ${lengthText(ledger.mostMs)}`}
        </td>
      </tr>
    </tfoot>
  );
}
