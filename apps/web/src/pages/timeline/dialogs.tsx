/** What opens above the timeline: the list of keys, a date to go to, a name for a mark. */
import { type FormEvent, useEffect, useState } from 'react';
import { instantOfLocal } from '../../app/local-time.ts';
import {
  CONTRACT,
  formatInstant,
  inputWords,
  localOf,
  spanToMark,
  type Timeline,
} from '../../timeline/index.ts';
import { Button, Dialog, Field, Row, Stack } from '../../ui/index.ts';
import styles from './timeline.module.css';

export type AskedDialog = 'help' | 'go-to-date' | 'keep-mark' | 'close-details';

interface DialogsProps {
  readonly timeline: Timeline | null;
  readonly dialog: AskedDialog | null;
  readonly onClose: () => void;
}

export default function Dialogs({ timeline, dialog, onClose }: DialogsProps) {
  if (timeline === null) return null;
  return (
    <>
      <Dialog open={dialog === 'help'} onClose={onClose} title="Keys and gestures of the timeline" wide>
        <KeyHelp />
      </Dialog>
      <Dialog open={dialog === 'go-to-date'} onClose={onClose} title="Go to a date">
        <GoToDate timeline={timeline} onClose={onClose} />
      </Dialog>
      <Dialog open={dialog === 'keep-mark'} onClose={onClose} title="Keep a mark">
        <NameMark timeline={timeline} onClose={onClose} />
      </Dialog>
    </>
  );
}

function KeyHelp() {
  return (
    <table className={styles.keys}>
      <thead>
        <tr>
          <th scope="col">Input</th>
          <th scope="col">What it does</th>
          <th scope="col">The same by</th>
        </tr>
      </thead>
      <tbody>
        {CONTRACT.map((row) => (
          <tr key={row.action} data-action={row.action}>
            <td>
              {inputWords(row).map((words) => (
                <kbd key={words}>{words}</kbd>
              ))}
            </td>
            <td>{row.words}</td>
            <td className="muted">{row.twin}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface PartProps {
  readonly timeline: Timeline;
  readonly onClose: () => void;
}

/** Shows the day of the date, or the hour of the time, at the width that is shown now. */
function GoToDate({ timeline, onClose }: PartProps) {
  const { clock } = timeline.options;
  const middle = (timeline.range.from + timeline.range.to) / 2;
  const [text, setText] = useState(new Date(localOf(clock, middle)).toISOString().slice(0, 16));
  const at = instantOfLocal(clock.zone, text);
  const { extent, range } = timeline;
  const outside = Number.isFinite(at) && (at < extent.from || at > extent.to);
  const go = (event: FormEvent) => {
    event.preventDefault();
    if (!Number.isFinite(at)) return;
    const half = (range.to - range.from) / 2;
    timeline.show({ from: at - half, to: at + half });
    onClose();
  };
  return (
    <form onSubmit={go}>
      <Stack>
        <Field
          label={`Local time (${clock.zone})`}
          type="datetime-local"
          value={text}
          onChange={setText}
          autoFocus
          error={Number.isFinite(at) ? null : 'A date and a time of day.'}
          hint={
            outside
              ? `The page’s range is ${formatInstant(clock, extent.from)} to ${formatInstant(clock, extent.to)}.`
              : undefined
          }
        />
        <Row end>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit">
            Go
          </Button>
        </Row>
      </Stack>
    </form>
  );
}

function NameMark({ timeline, onClose }: PartProps) {
  const [span, setSpan] = useState(() => spanToMark(timeline));
  const [name, setName] = useState('');
  useEffect(() => setSpan(spanToMark(timeline)), [timeline]);
  const { clock } = timeline.options;
  const keep = (event: FormEvent) => {
    event.preventDefault();
    timeline.setMarks([...timeline.marks, { ...span, name: name.trim() || 'mark', kept: true }]);
    onClose();
  };
  return (
    <form onSubmit={keep}>
      <Stack>
        <p>
          {formatInstant(clock, span.from)}
          {span.to > span.from ? ` – ${formatInstant(clock, span.to)}` : ''}
        </p>
        <Field
          label="Name"
          value={name}
          onChange={setName}
          autoFocus
          maxLength={60}
          hint="Kept in this browser until you forget it."
        />
        <Row end>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit">
            Keep
          </Button>
        </Row>
      </Stack>
    </form>
  );
}
