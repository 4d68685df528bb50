/** Agents' health: last seen, version, backlog, clock and audit policy of each computer. */
import { computerNames } from '@logonscope/core';
import { type AgentHealth, reply, reportHealth } from '@logonscope/protocol';
import type { HealthNote } from '../../db/index.ts';
import { type Route, route } from '../../http/mount.ts';

export interface HealthPorts {
  note(health: HealthNote): Promise<number | null>;
  /** Milliseconds since 1970. */
  now(): number;
}

/** What is kept of a report beside what has a column of its own. */
function kept({ backlog, oldestWaiting, auditPolicy }: AgentHealth, clockAheadMs: number): string {
  return JSON.stringify({
    clockAheadMs,
    backlog: backlog ?? null,
    oldestWaiting: oldestWaiting ?? null,
    auditPolicy: auditPolicy ?? null,
  });
}

export function agentHealthRoute({ note, now }: HealthPorts): Route {
  return route(reportHealth, {
    action: 'health.check',
    async handle({ scope, body }) {
      const { companyId, siteId } = scope.site();
      const receivedAt = now();
      const clockAheadMs = Date.parse(body.sentAt) - receivedAt;
      const storedThrough = await note({
        ...{ companyId, siteId, now: receivedAt, health: kept(body, clockAheadMs) },
        computer: computerNames(body.computer).computer,
        version: body.version ?? null,
        spoolEpoch: body.epoch ?? null,
      });
      return reply(200, { receivedAt: new Date(receivedAt).toISOString(), clockAheadMs, storedThrough });
    },
  });
}
