/** What was found in the files, where to look at it, and what could not be read. */

import type { Problem } from '@logonscope/core';
import { Link } from '@tanstack/react-router';
import { rangeText } from '../../app/range.ts';
import type { Opened, ReadFile } from '../../local/messages.ts';
import { type Column, EmptyState, Panel, Stack, Table } from '../../ui/index.ts';
import styles from './local.module.css';
import { bytesText, count } from './words.ts';

const PLACES = ['timeline', 'sessions', 'events', 'people', 'computers', 'reports'] as const;

/** A margin, so that the first and the last event are not on the edge. */
const MARGIN_MS = 3_600_000;

export function Result({ opened }: { opened: Opened }) {
  const { files, sessions, events, computers, people, fromMs, toMs } = opened;
  const range = fromMs === null || toMs === null ? 'all' : rangeText(fromMs - MARGIN_MS, toMs + MARGIN_MS);
  const troubled = files.filter(({ problemCount }) => problemCount > 0);
  return (
    <Stack>
      <Panel title={`${count(sessions, 'session')} found`}>
        <p data-testid="found">
          {count(events, 'event')} of {count(computers, 'computer')},{' '}
          {people === 1 ? '1 person' : `${people} people`}, in {count(files.length, 'file')}.
        </p>
        {events === 0 ? (
          <EmptyState title="No event of a logon, lock or start-up is in these files">
            The Security and System logs hold them, and the two logs of TerminalServices.
          </EmptyState>
        ) : (
          <nav aria-label="What was found" className={styles.places}>
            {PLACES.map((place) => (
              <Link key={place} to={`/c/1/${place}`} search={{ range } as never}>
                {place[0]!.toUpperCase() + place.slice(1)}
              </Link>
            ))}
          </nav>
        )}
      </Panel>
      <Panel title="Files">
        <Table
          label="Files read"
          rows={files}
          columns={FILE_COLUMNS}
          rowKey={(file) => files.indexOf(file)}
        />
      </Panel>
      {troubled.map((file) => (
        <Panel key={files.indexOf(file)} title={`${file.name}: ${count(file.problemCount, 'problem')}`}>
          <Table
            label={`Problems of ${file.name}`}
            rows={file.problems}
            columns={PROBLEM_COLUMNS}
            rowKey={(problem) => file.problems.indexOf(problem)}
          />
        </Panel>
      ))}
    </Stack>
  );
}

const FILE_COLUMNS: readonly Column<ReadFile>[] = [
  { id: 'name', head: 'File', cell: ({ name }) => name, sort: ({ name }) => name, main: true },
  {
    id: 'size',
    head: 'Size',
    cell: ({ sizeBytes }) => bytesText(sizeBytes),
    sort: ({ sizeBytes }) => sizeBytes,
    numeric: true,
  },
  {
    id: 'events',
    head: 'Events',
    cell: ({ events }) => events,
    sort: ({ events }) => events,
    numeric: true,
  },
  {
    id: 'problems',
    head: 'Problems',
    cell: ({ problemCount }) => problemCount,
    sort: ({ problemCount }) => problemCount,
    numeric: true,
  },
];

function placeOf({ at }: Problem): string {
  if (at.record !== undefined) return `record ${at.record}`;
  return at.line === undefined ? 'the file' : `line ${at.line}`;
}

const PROBLEM_COLUMNS: readonly Column<Problem>[] = [
  { id: 'place', head: 'Where', cell: placeOf, main: true },
  { id: 'field', head: 'Field', cell: ({ field }) => field ?? '—' },
  { id: 'message', head: 'What was expected', cell: ({ message }) => message },
];
