/** What an event says, as a word with the mark that the timeline has for it. */

import styles from '../../parts/session/told-events.module.css';
import { signalWord } from '../../parts/words/names.ts';

export function SignalMark({ signal }: { signal: string }) {
  const { word, tone } = signalWord(signal);
  return (
    <span className={styles.signal} data-tone={tone}>
      {word}
    </span>
  );
}
