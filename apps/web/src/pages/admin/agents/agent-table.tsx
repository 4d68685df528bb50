/** Agents with their state, clock, backlog and audit policy. */
import { Time } from '../../../app/time.tsx';
import { Badge, type Column, Table, type Tone, Tooltip } from '../../../ui/index.ts';
import { type Agent, type AgentState, clockText, missingAudit, stateOf } from './health.ts';
import { TEXT } from './text.ts';

const TONES: Readonly<Record<AgentState, Tone>> = { well: 'success', behind: 'warning', silent: 'danger' };
const ORDER: Readonly<Record<AgentState, number>> = { silent: 0, behind: 1, well: 2 };

function AuditCell({ agent }: { agent: Agent }) {
  const missing = missingAudit(agent);
  if (missing === null) return TEXT.auditUnknown;
  if (missing.length === 0) return <Badge tone="success">{TEXT.auditAll}</Badge>;
  return (
    <Tooltip text={`${TEXT.auditOff} ${missing.join(', ')}`}>
      <button type="button" className="plain">
        <Badge tone="warning">{TEXT.auditMissing(missing.length)}</Badge>
      </button>
    </Tooltip>
  );
}

const count = new Intl.NumberFormat();

const columnsAt = (nowMs: number): readonly Column<Agent>[] => [
  {
    id: 'computer',
    head: 'Computer',
    main: true,
    cell: ({ computer }) => computer,
    sort: ({ computer }) => computer,
  },
  {
    id: 'state',
    head: 'State',
    sort: (agent) => ORDER[stateOf(agent, nowMs)],
    cell: (agent) => {
      const state = stateOf(agent, nowMs);
      return <Badge tone={TONES[state]}>{TEXT.states[state]}</Badge>;
    },
  },
  { id: 'site', head: 'Site', cell: ({ site }) => site ?? '–', sort: ({ site }) => site ?? '' },
  {
    id: 'seen',
    head: 'Heard of',
    cell: ({ lastSeen }) => <Time at={lastSeen} />,
    sort: ({ lastSeen }) => lastSeen,
  },
  {
    id: 'version',
    head: 'Version',
    cell: ({ version }) => version ?? '–',
    sort: ({ version }) => version ?? '',
  },
  {
    id: 'backlog',
    head: 'Waiting',
    numeric: true,
    sort: ({ backlog }) => backlog ?? -1,
    cell: ({ backlog }) => (backlog === null ? '–' : count.format(backlog)),
  },
  { id: 'oldest', head: 'Oldest of them', cell: ({ oldestWaiting }) => <Time at={oldestWaiting} /> },
  {
    id: 'clock',
    head: 'Clock',
    sort: ({ clockAheadMs }) => Math.abs(clockAheadMs ?? 0),
    cell: ({ clockAheadMs }) => {
      const text = clockText(clockAheadMs);
      if (text !== null) return <Badge tone="warning">{text}</Badge>;
      return clockAheadMs === null ? '–' : 'right';
    },
  },
  { id: 'audit', head: 'Audit policy', cell: (agent) => <AuditCell agent={agent} /> },
];

export function AgentTable({ agents }: { agents: readonly Agent[] }) {
  return (
    <Table
      label={TEXT.title}
      rows={agents}
      rowKey={({ computer }) => computer}
      columns={columnsAt(Date.now())}
    />
  );
}
