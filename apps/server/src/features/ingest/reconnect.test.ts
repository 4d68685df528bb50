/** After an outage all agents come back at once, each with a backlog: nothing is lost, nothing doubled, sessions are right. */
import { expect, test } from 'vitest';
import { openTestPortal } from '../../http/testdata/portal.ts';
import { createGroupCommit } from './group-commit.ts';
import { ingestRoutes } from './routes.ts';

const NOW = Date.parse('2026-03-20T00:00:00Z');
const AGENTS = 60;
const DAYS = 10;
const EVENTS_PER_POST = 10;
const DAY_MS = 86_400_000;

/** A working day of the agent's person, from the morning's logon to the evening's logoff. */
function backlog(agent: number) {
  const of = (type: string, ms: number) => ({
    ...{ type, computer: `PC-${agent}`, user: `user${agent}` },
    time: new Date(Date.parse('2026-03-01T08:00:00Z') + agent * 1000 + ms).toISOString(),
  });
  return Array.from({ length: DAYS }, (_, day) => [
    of('Logon', day * DAY_MS),
    of('Lock', day * DAY_MS + 4 * 3_600_000),
    of('Unlock', day * DAY_MS + 5 * 3_600_000),
    of('Logoff', day * DAY_MS + 9 * 3_600_000),
  ]).flat();
}

test('sixty agents with ten days each, a queue that is too small, and answers that get lost on the way', async () => {
  const portal = await openTestPortal({
    now: () => NOW,
    routes({ store }) {
      const commits = createGroupCommit({
        async append(companyId, batch) {
          // A disk that is slow, so that the queue fills.
          await new Promise((resolve) => setTimeout(resolve, 5));
          return store.events.append(companyId, batch);
        },
        now: () => NOW,
        queuedEventsMax: 100,
      });
      return ingestRoutes({ commits, now: () => NOW, ping: async () => {} });
    },
  });
  try {
    const { key, companyId } = await portal.addCompany('Acme');
    const address = await portal.listen();
    let refused = 0;
    async function run(agent: number): Promise<void> {
      const events = backlog(agent);
      for (let from = 0, tries = 0; from < events.length; tries++) {
        const posted = events.slice(from, from + EVENTS_PER_POST);
        const query = `computer=PC-${agent}&epoch=e&through=${from + posted.length}`;
        const answer = await fetch(`${address}/api/v1/events?${query}`, {
          method: 'POST',
          headers: { 'x-api-key': key, 'content-type': 'application/json' },
          body: JSON.stringify(posted),
        });
        await answer.arrayBuffer();
        if (answer.status === 503) {
          refused++;
          await new Promise((resolve) => setTimeout(resolve, 5 + ((agent * 7 + tries) % 40)));
        } else {
          expect(answer.status).toBe(200);
          // Every third answer does not reach its agent: he sends the same again.
          if (tries % 3 !== 1) from += posted.length;
        }
      }
    }
    await Promise.all(Array.from({ length: AGENTS }, (_, agent) => run(agent)));
    expect(refused).toBeGreaterThan(0);
    const { db, events } = portal.store;
    const stored = await db.selectFrom('events').select('hash').where('company_id', '=', companyId).execute();
    expect(stored).toHaveLength(AGENTS * DAYS * 4);
    const cursors = await db.selectFrom('agent_cursors').select('stored_through').execute();
    expect(cursors.map(({ stored_through }) => stored_through)).toEqual(Array(AGENTS).fill(DAYS * 4));
    const sessions = await db.selectFrom('sessions').select(['use_ms', 'locked_ms', 'end_by']).execute();
    expect(sessions).toEqual(
      Array(AGENTS * DAYS).fill({ use_ms: 8 * 3_600_000, locked_ms: 3_600_000, end_by: 'logoff' }),
    );
    expect(await events.rebuild(NOW, companyId)).toMatchObject({ corrected: 0 });
  } finally {
    await portal.close();
  }
});
