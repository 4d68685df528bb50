/** A session as it lies in the store: figures as columns, the whole of it as JSON. */
import { accountKey, type LogonSession } from '@logonscope/core';
import type { Row, RowColumns } from '../dialects/index.ts';
import { clipped } from './text.ts';

/** When nothing can change the session any more: the time of the event that ended it. */
function evidenceTo({ endBy, end, endLatest }: LogonSession): number | null {
  if (endBy === 'open') return null;
  return Math.max(end ?? 0, endLatest ?? 0);
}

export const SESSION_COLUMNS = {
  company_id: 'big',
  computer_id: 'big',
  start_at: 'big',
  id: 'text',
  site_id: 'big',
  account: 'text',
  user_name: 'text',
  kind: 'text',
  start_by: 'text',
  end_at: 'big',
  end_by: 'text',
  evidence_to: 'big',
  duration_ms: 'big',
  use_ms: 'big',
  use_min_ms: 'big',
  use_max_ms: 'big',
  away_ms: 'big',
  locked_ms: 'big',
  disconnected_ms: 'big',
  screensaver_ms: 'big',
  asleep_ms: 'big',
  logging_off_ms: 'big',
  paused_ms: 'big',
  elevated: 'int',
  lock_data: 'int',
  logon_type: 'int',
  terminal_session_id: 'int',
  source_address: 'text',
  client_name: 'text',
  event_count: 'int',
  findings: 'text',
  updated_at: 'big',
  body: 'text',
} as const satisfies RowColumns;

export interface SessionOwner {
  readonly companyId: number;
  readonly computerId: number;
  readonly siteId: number | null;
}

/** The session's row, in the order of `SESSION_COLUMNS`. */
export function sessionRow(owner: SessionOwner, session: LogonSession, body: string, updatedAt: number): Row {
  const { awayMs } = session;
  return [
    owner.companyId,
    owner.computerId,
    session.start,
    session.id,
    owner.siteId,
    clipped(accountKey(session), 255),
    clipped(session.user.toLowerCase(), 255),
    session.kind,
    session.startBy,
    session.end,
    session.endBy,
    evidenceTo(session),
    session.durationMs,
    session.useMs,
    session.useMinMs,
    session.useMaxMs,
    awayMs.total,
    awayMs.locked,
    awayMs.disconnected,
    awayMs.screensaver,
    awayMs.asleep,
    awayMs.loggingOff,
    awayMs.paused,
    session.elevated ? 1 : 0,
    session.lockData ? 1 : 0,
    session.logonType,
    session.terminalSessionId,
    session.sourceAddress === null ? null : clipped(session.sourceAddress, 64),
    session.clientName === null ? null : clipped(session.clientName, 255),
    session.events,
    session.findings.length === 0 ? null : session.findings.join(' '),
    updatedAt,
    body,
  ];
}
