/** What is shown of whom, and the buttons that do what keys and drags do. */
import {
  CalendarSearch,
  ChevronsUpDown,
  Keyboard,
  Layers,
  Minus,
  Plus,
  Search,
  SquareDashedMousePointer,
  Table2,
} from 'lucide-react';
import type { RefObject } from 'react';
import type { ActionId, LaneChoice, Timeline } from '../../timeline/index.ts';
import { ALL_LANES, perform } from '../../timeline/index.ts';
import { Button, IconButton, Menu, Segments } from '../../ui/index.ts';
import type { AskedDialog } from './dialogs.tsx';
import styles from './timeline.module.css';
import { useNews } from './use-engine.ts';
import type { SharedChoice } from './use-shared.ts';

interface ToolbarProps {
  readonly timeline: Timeline | null;
  readonly shared: SharedChoice;
  readonly search: RefObject<HTMLInputElement | null>;
  readonly table: boolean;
  readonly setTable: (table: boolean) => void;
  readonly onAsk: (dialog: AskedDialog) => void;
}

const SPANS: readonly (readonly [ActionId, string])[] = [
  ['show-hour', 'One hour'],
  ['show-half-day', '12 hours'],
  ['show-day', 'One day'],
  ['show-week', 'One week'],
  ['show-month', 'One month'],
  ['show-quarter', 'A quarter'],
  ['show-year', 'One year'],
];

export function Toolbar({ timeline, shared, search, table, setTable, onAsk }: ToolbarProps) {
  const choice = useNews<LaneChoice>(timeline, (engine, hear) => engine.news.on('choice', hear), ALL_LANES);
  return (
    <div className={styles.bar}>
      <h1 className={styles.title}>Timeline</h1>
      <Segments
        label="Lanes by"
        value={shared.by}
        onChange={shared.setBy}
        choices={[
          { value: 'user', label: 'Users' },
          { value: 'computer', label: 'Computers' },
          { value: 'site', label: 'Sites' },
        ]}
      />
      <Segments
        label="Mode"
        value={shared.mode}
        onChange={shared.setMode}
        choices={[
          { value: 'lanes', label: 'Lanes' },
          { value: 'actogram', label: 'Actogram' },
          { value: 'concurrency', label: 'Concurrency' },
        ]}
      />
      <LaneFilter timeline={timeline} value={choice.search} field={search} />
      <Moves timeline={timeline} onAsk={onAsk} />
      <Looks {...{ timeline, choice, table, setTable, onAsk }} />
    </div>
  );
}

function selectByKeys(timeline: Timeline | null): void {
  if (timeline === null) return;
  timeline.stage.root.focus();
  perform(timeline, 'brush-keys');
}

/** The field that `/` leads to. */
function LaneFilter({
  timeline,
  value,
  field,
}: {
  timeline: Timeline | null;
  value: string;
  field: RefObject<HTMLInputElement | null>;
}) {
  return (
    <label className={styles.search}>
      <Search size={14} aria-hidden />
      <span className="visually-hidden">Filter lanes</span>
      <input
        ref={field}
        type="search"
        placeholder="Filter lanes  /"
        value={value}
        onChange={({ currentTarget }) => timeline?.setChoice({ search: currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' && event.key !== 'Enter') return;
          event.stopPropagation();
          if (event.key === 'Escape') timeline?.setChoice({ search: '' });
          timeline?.stage.root.focus({ preventScroll: true });
        }}
      />
    </label>
  );
}

function laneItems(timeline: Timeline | null, choice: LaneChoice) {
  const rows = (rowPx: number) => () => timeline?.setRowPx(rowPx);
  return [
    { label: 'Lowest lanes (all at once)', onClick: rows(2) },
    { label: 'Low lanes', onClick: rows(12) },
    { label: 'Usual lanes', onClick: rows(24) },
    { label: 'High lanes', onClick: rows(40) },
    null,
    {
      label: choice.hidden.size === 0 ? 'No lane is hidden' : `Show the ${choice.hidden.size} hidden`,
      disabled: choice.hidden.size === 0,
      onClick: () => timeline?.setChoice({ hidden: new Set() }),
    },
    {
      label: choice.only === null ? 'All lanes are shown' : 'Show all lanes',
      disabled: choice.only === null,
      onClick: () => timeline?.setChoice({ only: null }),
    },
  ];
}

const acting = (timeline: Timeline | null) => (action: ActionId) => () =>
  timeline !== null && perform(timeline, action);

function Moves({ timeline, onAsk }: Pick<ToolbarProps, 'timeline' | 'onAsk'>) {
  const act = acting(timeline);
  return (
    <div className={styles.group}>
      <IconButton label="Zoom out (−)" onClick={act('zoom-out')}>
        <Minus size={16} aria-hidden />
      </IconButton>
      <IconButton label="Zoom in (+)" onClick={act('zoom-in')}>
        <Plus size={16} aria-hidden />
      </IconButton>
      <Button small onClick={act('show-all')}>
        All
      </Button>
      <Menu
        trigger={<Button small>Span</Button>}
        items={SPANS.map(([action, label]) => ({ label, onClick: act(action) }))}
      />
      <Button small onClick={act('show-now')}>
        Now
      </Button>
      <IconButton label="Go to a date (G)" onClick={() => onAsk('go-to-date')}>
        <CalendarSearch size={16} aria-hidden />
      </IconButton>
    </div>
  );
}

function Looks({
  timeline,
  choice,
  table,
  setTable,
  onAsk,
}: Omit<ToolbarProps, 'shared' | 'search'> & { readonly choice: LaneChoice }) {
  const act = acting(timeline);
  return (
    <div className={styles.group}>
      <IconButton label="Select a range with the arrow keys (B)" onClick={() => selectByKeys(timeline)}>
        <SquareDashedMousePointer size={16} aria-hidden />
      </IconButton>
      <IconButton
        label="Overlapping sessions on rows of their own (X)"
        aria-pressed={choice.expanded}
        onClick={act('expand')}
      >
        <Layers size={16} aria-hidden />
      </IconButton>
      <Menu
        trigger={
          <IconButton label="Lanes">
            <ChevronsUpDown size={16} aria-hidden />
          </IconButton>
        }
        items={laneItems(timeline, choice)}
      />
      <IconButton label="Table" aria-pressed={table} onClick={() => setTable(!table)}>
        <Table2 size={16} aria-hidden />
      </IconButton>
      <IconButton label="Keys (?)" onClick={() => onAsk('help')}>
        <Keyboard size={16} aria-hidden />
      </IconButton>
    </div>
  );
}
