/** An import in the shape of the contract. */
import { isoMs, isoMsOrNull } from '@logonscope/core';
import type { ImportStatus } from '@logonscope/protocol';
import type { Imports } from '../../../db/index.ts';

export function statusOf(row: Imports): ImportStatus {
  return {
    id: row.id,
    companyId: row.company_id,
    fileName: row.file_name,
    bytes: row.bytes,
    state: row.state as ImportStatus['state'],
    eventsRead: row.events_read,
    eventsStored: row.events_stored,
    eventsKnown: row.events_known,
    problemCount: row.problem_count,
    problems: row.problems === null ? [] : (JSON.parse(row.problems) as ImportStatus['problems']),
    createdAt: isoMs(row.created_at),
    finishedAt: isoMsOrNull(row.finished_at),
  };
}
