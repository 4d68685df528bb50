/** The way here: ranges that were zoomed into by choice, each a way back. */
import { X } from 'lucide-react';
import { formatInstant, type Mark, type Span, type Timeline } from '../../timeline/index.ts';
import { IconButton } from '../../ui/index.ts';
import styles from './timeline.module.css';
import { useNews } from './use-engine.ts';

const NO_SPANS: readonly Span[] = [];
const NO_MARKS: readonly Mark[] = [];

export function Trail({ timeline }: { timeline: Timeline | null }) {
  const trail = useNews(
    timeline,
    (engine, hear: (trail: readonly Span[]) => void) => engine.news.on('trail', hear),
    NO_SPANS,
  );
  const marks = useNews(
    timeline,
    (engine, hear: (marks: readonly Mark[]) => void) => engine.news.on('marks', hear),
    NO_MARKS,
  );
  if (timeline === null || (trail.length === 0 && marks.length === 0)) return null;
  const words = ({ from, to }: Span) =>
    to === from
      ? formatInstant(timeline.options.clock, from)
      : `${formatInstant(timeline.options.clock, from)} – ${formatInstant(timeline.options.clock, to)}`;
  return (
    <nav className={styles.trail} aria-label="Ranges and marks">
      {trail.length === 0 ? null : (
        <ol>
          {trail.map((span, i) => (
            <li key={`${span.from} ${span.to}`}>
              <button type="button" className={styles.crumb} onClick={() => timeline.goBackTo(i)}>
                {words(span)}
              </button>
            </li>
          ))}
          <li aria-current="location">this range</li>
        </ol>
      )}
      {marks.map((mark, i) => (
        <span key={`${mark.from} ${mark.to} ${mark.name}`} className={styles.mark}>
          <button type="button" className={styles.crumb} onClick={() => showMark(timeline, mark)}>
            {mark.name === '' ? words(mark) : mark.name}
          </button>
          <IconButton
            label={`Forget the mark ${mark.name}`}
            onClick={() => timeline.setMarks(marks.filter((_, k) => k !== i))}
          >
            <X size={12} aria-hidden />
          </IconButton>
        </span>
      ))}
    </nav>
  );
}

/** A moment is put into the middle, a range is fitted. */
function showMark(timeline: Timeline, { from, to }: Mark): void {
  const { range } = timeline;
  const half = from === to ? (range.to - range.from) / 2 : ((to - from) * 1.2) / 2;
  const middle = (from + to) / 2;
  timeline.show({ from: middle - half, to: middle + half });
}
