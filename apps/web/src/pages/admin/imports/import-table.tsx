/** The files with what was read of each. */
import type { ImportStatus } from '@logonscope/protocol';
import { Time } from '../../../app/time.tsx';
import { Badge, Button, Table, type Tone } from '../../../ui/index.ts';
import { TEXT } from './text.ts';

const TONES: Readonly<Record<ImportStatus['state'], Tone>> = {
  waiting: 'plain',
  running: 'accent',
  done: 'success',
  failed: 'danger',
};
const BYTES_PER_KB = 1_000;
const UNITS = ['B', 'kB', 'MB', 'GB'];

function sizeText(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= BYTES_PER_KB && unit < UNITS.length - 1) {
    size /= BYTES_PER_KB;
    unit++;
  }
  return `${size < 10 && unit > 0 ? size.toFixed(1) : Math.round(size)} ${UNITS[unit]}`;
}

export function ImportTable({
  rows,
  onOpen,
}: {
  rows: readonly ImportStatus[];
  onOpen: (id: number) => void;
}) {
  const count = new Intl.NumberFormat();
  return (
    <Table
      label={TEXT.list}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        { id: 'name', head: 'File', main: true, cell: ({ fileName }) => fileName },
        { id: 'size', head: 'Size', numeric: true, cell: ({ bytes }) => sizeText(bytes) },
        {
          id: 'state',
          head: 'State',
          cell: ({ state }) => <Badge tone={TONES[state]}>{TEXT.states[state]}</Badge>,
        },
        { id: 'given', head: 'Given', cell: ({ createdAt }) => <Time at={createdAt} /> },
        { id: 'finished', head: 'Finished', cell: ({ finishedAt }) => <Time at={finishedAt} /> },
        {
          id: 'read',
          head: 'Events read',
          numeric: true,
          cell: ({ eventsRead }) => count.format(eventsRead),
        },
        { id: 'stored', head: 'New', numeric: true, cell: ({ eventsStored }) => count.format(eventsStored) },
        { id: 'known', head: 'Known', numeric: true, cell: ({ eventsKnown }) => count.format(eventsKnown) },
        {
          id: 'problems',
          head: TEXT.problems,
          numeric: true,
          cell: ({ id, problemCount, state, fileName }) =>
            problemCount === 0 && state !== 'failed' ? (
              '0'
            ) : (
              <Button
                small
                onClick={() => onOpen(id)}
                aria-label={`${count.format(problemCount)} problems of ${fileName}`}
              >
                {count.format(problemCount)}
              </Button>
            ),
        },
      ]}
    />
  );
}
