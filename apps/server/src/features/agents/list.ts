/** What agents said last of themselves, by computer. */
import { encodeCursor, listAgents, reply } from '@logonscope/protocol';
import { type Route, route } from '../../http/mount.ts';
import { cursorKeys } from '../../questions/scan.ts';
import type { Source } from '../../questions/source.ts';

const ACTION = 'computer.read';

/** As the health of an agent is kept; see the route that takes it. */
interface Kept {
  readonly clockAheadMs?: number;
  readonly backlog?: number | null;
  readonly oldestWaiting?: string | null;
  readonly auditPolicy?: Readonly<Record<string, 'none' | 'success' | 'failure' | 'both'>> | null;
}

export function agentListRoute({ limit }: Pick<Source, 'limit'>): Route {
  return route(listAgents, {
    action: ACTION,
    async handle({ scope, params, query }) {
      const companyId = await scope.requireCompany(ACTION, params.companyId);
      const after = cursorKeys(query.cursor, ['string']);
      let agents = scope
        .computers(ACTION)
        .leftJoin('sites', (join) =>
          join
            .onRef('sites.company_id', '=', 'computers.company_id')
            .onRef('sites.id', '=', 'computers.site_id'),
        )
        .select(['computers.name', 'computers.agent_version', 'computers.agent_health'])
        .select(['computers.last_seen_at', 'sites.name as site'])
        .where('computers.company_id', '=', companyId)
        .where('computers.agent_health', 'is not', null);
      if (after !== null) agents = agents.where('computers.name', '>', String(after[0]));
      const rows = await agents
        .orderBy('computers.name')
        .modifyEnd(limit(query.limit + 1))
        .execute();
      const shown = rows.slice(0, query.limit);
      const next = rows.length > query.limit ? encodeCursor([shown.at(-1)!.name]) : null;
      return reply(200, { rows: shown.map(toWire), next });
    },
  });
}

function toWire(row: {
  readonly name: string;
  readonly site: string | null;
  readonly agent_version: string | null;
  readonly agent_health: string | null;
  readonly last_seen_at: number;
}) {
  const kept = JSON.parse(row.agent_health ?? '{}') as Kept;
  return {
    computer: row.name,
    site: row.site,
    version: row.agent_version,
    lastSeen: new Date(row.last_seen_at).toISOString(),
    clockAheadMs: kept.clockAheadMs ?? null,
    backlog: kept.backlog ?? null,
    oldestWaiting: kept.oldestWaiting ?? null,
    auditPolicy: kept.auditPolicy ?? null,
  };
}
