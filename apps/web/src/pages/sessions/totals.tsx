/** The line over the table: what all sessions found add up to, and how much of it is not certain. */
import { totalSessions } from '@logonscope/protocol';
import { useView } from '../../app/view.ts';
import { useAsk } from '../../data/ask.ts';
import type { SessionRow } from '../../parts/session/marks.tsx';
import { counted, doubtText, lengthText } from '../../parts/words/lengths.ts';
import styles from './sessions.module.css';

export function useTotals() {
  const { params, query } = useView();
  return useAsk(totalSessions, { params, query });
}

export function TotalsLine({ asked }: { asked: ReturnType<typeof useTotals> }) {
  const totals = asked.data;
  if (totals === undefined) return <p className={styles.totals}> </p>;
  const ms = (seconds: number) => seconds * 1_000;
  const doubt = doubtText({
    ms: ms(totals.useSeconds),
    leastMs: ms(totals.useSecondsMin),
    mostMs: ms(totals.useSecondsMax),
  });
  const parts = [
    ['locked', totals.lockedSeconds],
    ['idle', totals.screensaverSeconds],
    ['disconnected', totals.disconnectedSeconds],
    ['asleep', totals.asleepSeconds],
  ] as const;
  return (
    <p className={styles.totals} role="status">
      <strong>
        {totals.complete ? '' : 'at least '}
        {counted(totals.sessions, 'session')}
      </strong>
      <span>
        use time <strong>{lengthText(ms(totals.useSeconds))}</strong>
        {doubt === '' ? '' : ` (${doubt} not certain)`}
      </span>
      {parts.map(([word, seconds]) =>
        seconds === 0 ? null : (
          <span key={word}>
            {word} {lengthText(ms(seconds))}
          </span>
        ),
      )}
      {totals.open === 0 ? null : <span>{totals.open} still open</span>}
      {totals.inferredEnds === 0 ? null : <span>{totals.inferredEnds} with an inferred end</span>}
      {totals.complete ? null : <span>Too many to add up: narrow the range or the filter.</span>}
    </p>
  );
}

/** What the selected rows add up to. */
export function SelectionLine({ rows, onClear }: { rows: readonly SessionRow[]; onClear: () => void }) {
  const sum = (of: (row: SessionRow) => number) => rows.reduce((total, row) => total + of(row), 0) * 1_000;
  if (rows.length === 0) return null;
  return (
    <p className={styles.selection} role="status">
      <strong>{counted(rows.length, 'session')} selected</strong>
      <span>use time {lengthText(sum((row) => row.useSeconds))}</span>
      <span>length {lengthText(sum((row) => row.durationSeconds))}</span>
      <span>{counted(new Set(rows.map(({ user }) => user.toLowerCase())).size, 'user')}</span>
      <span>{counted(new Set(rows.map(({ computer }) => computer)).size, 'computer')}</span>
      <button type="button" className={styles.clear} onClick={onClear}>
        Clear selection
      </button>
    </p>
  );
}
