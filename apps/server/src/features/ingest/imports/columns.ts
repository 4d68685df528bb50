/** What an import came to, as the columns of its row. */
import type { Problem } from '@logonscope/core';
import type { ImportStatus } from '@logonscope/protocol';
import type { ImportCounts, ImportResult } from './import-file.ts';
import { PROBLEMS_KEPT } from './limits.ts';

function problemOnWire({ code, at, field, message }: Problem): ImportStatus['problems'][number] {
  return { code, file: at.file, record: at.record ?? null, line: at.line ?? null, field, message };
}

export const countsAsColumns = ({ eventsRead, eventsStored, eventsKnown }: ImportCounts) => ({
  events_read: eventsRead,
  events_stored: eventsStored,
  events_known: eventsKnown,
});

export const resultAsColumns = (result: ImportResult) => ({
  ...countsAsColumns(result),
  problem_count: result.problemCount,
  problems: JSON.stringify(result.problems.slice(0, PROBLEMS_KEPT).map(problemOnWire)),
});

/** What is said of an import that was given up; the reason is told to whoever watches the server or the command. */
export const GIVEN_UP = {
  problem_count: 1,
  problems: JSON.stringify([
    {
      ...{ code: 'import/given-up', file: '', record: null, line: null, field: null },
      message: 'Reading was given up; what was stored until then is kept. Give the file again.',
    },
  ]),
};
